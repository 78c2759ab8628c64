// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;

/** Other forms of a source, so that meters can be compared on more than the files at hand. */
final class Derived {
    private static final float STEPS_16_BITS = 32_768f;

    private Derived() {}

    /** Mean of the channels. */
    static AudioSource mono(AudioSource source) {
        int channels = source.format().channels();
        StreamFormat format = new StreamFormat(source.format().sampleRateHz(), 1);
        return new AudioSource() {
            private AudioBlock input = new AudioBlock(channels, 0);

            @Override
            public StreamFormat format() {
                return format;
            }

            @Override
            public int read(AudioBlock block) throws IOException {
                if (input.capacity() != block.capacity()) {
                    input = new AudioBlock(channels, block.capacity());
                }
                int count = source.read(input);
                block.setFrames(count);
                block.clear();
                for (int c = 0; c < channels; c++) {
                    for (int i = 0; i < count; i++) {
                        block.channel(0)[i] += input.channel(c)[i] / channels;
                    }
                }
                return count;
            }

            @Override
            public void close() throws IOException {
                source.close();
            }
        };
    }

    /** As 16-bit samples hold it: rounded and clipped, without dither. */
    static AudioSource rounded(AudioSource source) {
        return new AudioSource() {
            @Override
            public StreamFormat format() {
                return source.format();
            }

            @Override
            public int read(AudioBlock block) throws IOException {
                int count = source.read(block);
                for (int c = 0; c < block.channels(); c++) {
                    float[] samples = block.channel(c);
                    for (int i = 0; i < count; i++) {
                        double code = Math.rint(samples[i] * STEPS_16_BITS);
                        double kept = Math.clamp(code, -STEPS_16_BITS, STEPS_16_BITS - 1f);
                        samples[i] = (float) (kept / STEPS_16_BITS);
                    }
                }
                return count;
            }

            @Override
            public void close() throws IOException {
                source.close();
            }
        };
    }
}
