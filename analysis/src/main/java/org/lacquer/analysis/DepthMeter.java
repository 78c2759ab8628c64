// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/** Finds the lowest bit that ever changes, and counts subnormal numbers. */
final class DepthMeter {
    private static final int MOST_BITS = 24;
    private static final int FLOATING = 32;
    private static final float STEPS = 1 << (MOST_BITS - 1);
    private static final int MAGNITUDE = 0x7fff_ffff;
    private static final int LARGEST_SUBNORMAL = 0x007f_ffff;

    private int toggled;
    private int between;
    private long subnormal;

    void write(Chunk chunk) {
        for (float[] samples : chunk.samples) {
            subnormal += subnormal(samples, chunk.frames);
            if (between == 0 && (toggled & 1) == 0) {
                look(samples, chunk.frames);
            }
        }
    }

    Integrity.Depth result() {
        int bits = toggled == 0 ? 0 : MOST_BITS - Integer.numberOfTrailingZeros(toggled);
        return new Integrity.Depth(between == 0 ? bits : FLOATING, subnormal);
    }

    private void look(float[] samples, int count) {
        int bits = 0;
        int rest = 0;
        for (int i = 0; i < count; i++) {
            float scaled = samples[i] * STEPS;
            int whole = (int) scaled;
            bits |= whole;
            rest |= Float.floatToRawIntBits(scaled - whole);
        }
        toggled |= bits;
        between |= rest & MAGNITUDE;
    }

    /** Counts magnitudes from 1 to the largest subnormal, without branches. */
    private static int subnormal(float[] samples, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int below = (Float.floatToRawIntBits(samples[i]) & MAGNITUDE) - 1;
            sum += ((below - LARGEST_SUBNORMAL) & ~below) >>> 31;
        }
        return sum;
    }
}
