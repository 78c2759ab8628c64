// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

/**
 * A compressor that would move the gain as it was seen to move.
 *
 * @param slope gain in dB for each dB above the threshold, -1 to 0
 * @param automatic whether the release adapts to the programme
 * @param offsetDb gain that stays
 * @param error weighted mean square of what it does not follow, dB²
 * @param meanReductionDb where there is sound
 * @param gains linear, by millisecond, without the offset
 */
record CompressorGuess(
        double thresholdDb,
        double slope,
        double kneeDb,
        double attackMs,
        double releaseMs,
        boolean automatic,
        double offsetDb,
        double error,
        double meanReductionDb,
        double[] gains) {
    /** Of the engine, and of many others about. */
    static final double USUAL_KNEE_DB = 6.0;

    /** More reduction must explain more: between guesses that fit alike the gentler is taken. */
    double score() {
        double usual = kneeDb == USUAL_KNEE_DB ? 1.0 : 1.06;
        return error * usual * (1.0 + 0.005 * meanReductionDb) + 1e-4 * meanReductionDb;
    }

    double ratio() {
        return 1.0 / (1.0 + slope);
    }

    /** 0 below zero, x above, a parabola within the knee: {@code StaticCurve} of the engine. */
    static double ramp(double x, double kneeDb) {
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
