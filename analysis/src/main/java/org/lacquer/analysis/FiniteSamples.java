// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioBlock;

/** Keeps NaN and infinities out of the meters: such samples count as silence. */
final class FiniteSamples {
    private static final int MAGNITUDE_BITS = 0x7fff_ffff;
    private static final int INFINITY_BITS = 0x7f80_0000;

    private FiniteSamples() {}

    /** The block itself when all its samples are finite, else a copy with the others zeroed. */
    static AudioBlock of(AudioBlock block) {
        for (int c = 0; c < block.channels(); c++) {
            if (!allFinite(block.channel(c), block.frames())) {
                return cleaned(block);
            }
        }
        return block;
    }

    /** Whether the first {@code count} samples are finite; one pass without branches. */
    static boolean allFinite(float[] samples, int count) {
        int largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Float.floatToRawIntBits(samples[i]) & MAGNITUDE_BITS);
        }
        return largest < INFINITY_BITS;
    }

    private static AudioBlock cleaned(AudioBlock block) {
        AudioBlock copy = new AudioBlock(block.channels(), block.frames());
        copy.copyFrom(block, 0, block.frames());
        for (int c = 0; c < copy.channels(); c++) {
            float[] samples = copy.channel(c);
            for (int i = 0; i < copy.frames(); i++) {
                if (!Float.isFinite(samples[i])) {
                    samples[i] = 0f;
                }
            }
        }
        return copy;
    }
}
