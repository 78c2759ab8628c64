// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioReader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Decodes with the same reader as everything else. Mono becomes two equal channels. */
public final class FileDecoder implements TrackDecoder {
    @Override
    public AudioClip decode(Path file, double maxSeconds) throws IOException {
        try (AudioReader reader = AudioReader.open(file)) {
            int rate = reader.format().sampleRateHz();
            int channels = reader.format().channels();
            int limit = (int) Math.min(maxSeconds * rate, Integer.MAX_VALUE / 8.0);
            float[][] samples = new float[2][rate * 60];
            int frames = 0;
            AudioBlock block = new AudioBlock(channels, 8_192);
            while (frames < limit && reader.read(block) > 0) {
                int count = Math.min(block.frames(), limit - frames);
                if (frames + count > samples[0].length) {
                    samples[0] = Arrays.copyOf(samples[0], 2 * samples[0].length);
                    samples[1] = Arrays.copyOf(samples[1], 2 * samples[1].length);
                }
                for (int c = 0; c < 2; c++) {
                    System.arraycopy(
                            block.channel(Math.min(c, channels - 1)), 0, samples[c], frames, count);
                }
                frames += count;
            }
            return new AudioClip(
                    rate, Arrays.copyOf(samples[0], frames), Arrays.copyOf(samples[1], frames));
        }
    }
}
