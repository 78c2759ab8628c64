// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;

/**
 * What saturation takes from the power of music whose loudness is known.
 *
 * <p>The power of a curve's output over that of its input, for samples distributed after Laplace,
 * whose standard deviation follows from loudness and from the share of the band in the power of
 * average music.
 */
final class SaturationLoss {
    /** ITU-R BS.1770-4, eq. (2). */
    private static final double OFFSET_LKFS = -0.691;

    /**
     * How much more the power of music is than its weighted power: median of the twenty songs of
     * docs/engine.md, which lie between -1.4 and 2.8 dB.
     */
    private static final double MUSIC_DB = 0.5;

    private static final int STEPS = 2_000;
    private static final double WIDEST = 16.0;

    private SaturationLoss() {}

    /** Power of a band of average music, sum over channels. */
    static double power(double levelLufs, double lowHz, double highHz) {
        return Decibels.toPower(levelLufs - OFFSET_LKFS + MUSIC_DB) * bandShare(lowHz, highHz);
    }

    /**
     * @param power of one channel
     */
    static double makeupDb(SaturationBand band, double power) {
        double deviation = StrictMath.sqrt(power);
        double before = 0.0;
        double after = 0.0;
        double mean = 0.0;
        double sum = 0.0;
        for (int k = 0; k < STEPS; k++) {
            // Laplace: p(x) = exp(-√2 |x| / σ) / (√2 σ); quantiles need no tail.
            double x = (k + 0.5) / STEPS * WIDEST;
            double weight = StrictMath.exp(-StrictMath.sqrt(2.0) * x);
            for (int sign = -1; sign <= 1; sign += 2) {
                double in = sign * x * deviation;
                double out = band.outputFor(in);
                before += weight * in * in;
                after += weight * out * out;
                mean += weight * out;
                sum += weight;
            }
        }
        double variance = after - mean * mean / sum;
        return Decibels.fromPower(before / variance);
    }

    /**
     * Share of a band in the power of average music: the spectrum of 12,345 pop songs, A. Elowsson,
     * A. Friberg, "Long-term average spectrum in popular music and its relation to the level of the
     * percussion" (AES 142, 2017), y = -0.000183 x² + 0.0213 x - 16.735 dB per Hz with x = 1 + 60
     * log2(f / 30 Hz), from 30 Hz to 16 kHz.
     */
    static double bandShare(double lowHz, double highHz) {
        double inside = 0.0;
        double all = 0.0;
        for (int k = 0; k < 544; k++) {
            double x = k + 1.0;
            double hz = 30.0 * StrictMath.pow(2.0, k / 60.0);
            double power = hz * Decibels.toPower(-0.000183 * x * x + 0.0213 * x - 16.735);
            all += power;
            if (hz >= lowHz && hz < highHz) {
                inside += power;
            }
        }
        return Math.max(inside / all, 1e-6);
    }
}
