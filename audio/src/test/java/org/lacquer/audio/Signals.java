// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Test signals, and what tests do with sources and blocks. */
final class Signals {
    private Signals() {}

    static float[] sine(double frequencyHz, double amplitude, int rateHz, int frames) {
        float[] samples = new float[frames];
        for (int i = 0; i < frames; i++) {
            double turns = frequencyHz * i / rateHz;
            samples[i] =
                    (float)
                            (amplitude
                                    * StrictMath.sin(
                                            2 * StrictMath.PI * (turns - StrictMath.floor(turns))));
        }
        return samples;
    }

    static float[] noise(long seed, double amplitude, int frames) {
        var random = new SplittableRandom(seed);
        float[] samples = new float[frames];
        for (int i = 0; i < frames; i++) {
            samples[i] = (float) (amplitude * (2 * random.nextDouble() - 1));
        }
        return samples;
    }

    /** Noise on the grid of an integer depth, both extreme codes included. */
    static float[] codes(long seed, int bits, int frames) {
        var random = new SplittableRandom(seed);
        long codes = 1L << bits;
        float[] samples = new float[frames];
        for (int i = 0; i < frames; i++) {
            samples[i] = (float) ((random.nextLong(codes) - codes / 2) / (codes / 2.0));
        }
        samples[0] = -1f;
        samples[1] = (float) ((codes / 2 - 1) / (codes / 2.0));
        samples[2] = 0f;
        return samples;
    }

    /** Reads a source to its end with blocks of one size. */
    static float[][] readAll(AudioSource source, int blockFrames) throws IOException {
        int channels = source.format().channels();
        float[][] all = new float[channels][1 << 16];
        var block = new AudioBlock(channels, blockFrames);
        int length = 0;
        while (source.read(block) > 0) {
            for (int c = 0; c < channels; c++) {
                if (length + block.frames() > all[c].length) {
                    all[c] = Arrays.copyOf(all[c], 2 * (length + block.frames()));
                }
                System.arraycopy(block.channel(c), 0, all[c], length, block.frames());
            }
            length += block.frames();
        }
        for (int c = 0; c < channels; c++) {
            all[c] = Arrays.copyOf(all[c], length);
        }
        return all;
    }

    /** Writes whole channels in blocks of one size. */
    static void writeAll(AudioSink sink, int blockFrames, float[]... channels) throws IOException {
        var whole = AudioBlock.wrap(channels);
        var block = new AudioBlock(channels.length, blockFrames);
        for (int at = 0; at < channels[0].length; at += blockFrames) {
            block.copyFrom(whole, at, Math.min(blockFrames, channels[0].length - at));
            sink.write(block);
        }
    }
}
