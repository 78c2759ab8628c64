// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Processor;
import org.lacquer.engine.StageSettings;

import java.util.List;

/** Plays stages of the engine on a clip in memory, with their latency taken out. */
final class Chain {
    private static final int BLOCK = 8_192;

    private Chain() {}

    static AudioClip play(List<? extends StageSettings> stages, AudioClip clip) {
        AudioClip played = clip;
        for (StageSettings stage : stages) {
            if (!stage.neutral()) {
                played = play(stage.prepare(clip.format()), played);
            }
        }
        return played;
    }

    private static AudioClip play(Processor processor, AudioClip clip) {
        int channels = clip.format().channels();
        int frames = clip.frames();
        int latency = processor.latencyFrames();
        float[][] out = new float[channels][frames];
        AudioBlock block = new AudioBlock(channels, BLOCK);
        for (int start = 0; start < frames + latency; start += BLOCK) {
            int count = Math.min(BLOCK, frames + latency - start);
            block.setFrames(count);
            block.clear();
            int there = Math.max(0, Math.min(count, frames - start));
            for (int c = 0; c < channels; c++) {
                if (there > 0) {
                    System.arraycopy(clip.channel(c), start, block.channel(c), 0, there);
                }
            }
            processor.process(block);
            int skipped = Math.max(0, Math.min(count, latency - start));
            for (int c = 0; c < channels; c++) {
                System.arraycopy(
                        block.channel(c),
                        skipped,
                        out[c],
                        start + skipped - latency,
                        count - skipped);
            }
        }
        return new AudioClip(clip.format().sampleRateHz(), out);
    }
}
