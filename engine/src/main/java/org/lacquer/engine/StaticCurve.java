// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

/**
 * Gain in dB over level in dB: nothing, a quadratic knee, a slope, and a second knee of the same
 * shape where the range ends. First knee as in D. Giannoulis, M. Massberg, J. Reiss, "Digital
 * dynamic range compressor design" (JAES 60, 2012), eq. (4).
 */
final class StaticCurve {
    private StaticCurve() {}

    /**
     * @param beyondDb how far the level lies beyond the threshold
     * @param slope gain in dB for each dB beyond; negative turns down
     * @param rangeDb largest magnitude of the gain
     */
    static double gainDb(double beyondDb, double slope, double kneeDb, double rangeDb) {
        if (slope == 0.0) {
            return 0.0;
        }
        double end = rangeDb / Math.abs(slope);
        return slope * (ramp(beyondDb, kneeDb) - ramp(beyondDb - end, kneeDb));
    }

    /** 0 below zero, x above, a parabola within the knee. */
    private static double ramp(double x, double kneeDb) {
        if (2.0 * x <= -kneeDb) {
            return 0.0;
        }
        if (2.0 * x >= kneeDb) {
            return x;
        }
        double into = x + kneeDb / 2.0;
        return into * into / (2.0 * kneeDb);
    }
}
