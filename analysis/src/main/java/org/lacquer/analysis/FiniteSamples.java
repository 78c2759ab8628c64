// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioBlock;

/** Keeps NaN and infinities out of the meters, where such samples count as silence. */
final class FiniteSamples {
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

    /** Whether the first {@code count} samples are finite: then their largest magnitude is. */
    static boolean allFinite(float[] samples, int count) {
        return largest(samples, 0, count) < Float.POSITIVE_INFINITY;
    }

    /** Largest magnitude of {@code count} samples; NaN when one of them is. */
    static float largest(float[] samples, int from, int count) {
        float largest = 0f;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, Math.abs(samples[i]));
        }
        return largest;
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
