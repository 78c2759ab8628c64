// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

/**
 * The gain that was applied to a part of the spectrum over time, as powers of short transforms tell
 * it, and what a gain in steps of a millisecond would look like through the same windows.
 */
final class GainTrace {
    /** Frames further below the loudest do not count. */
    private static final double QUIET = 1e-5;

    private static final double LOUDNESS_EXPONENT = 0.3;

    /** Quieter than -85 dBFS dither and codecs have their say. */
    private static final double SILENCE = 3e-9;

    private final double[] db;
    private final double[] weights;
    private final double[] powers;
    private final double[] window;
    private final double hopMs;

    /**
     * @param powers mean square in front of the gain by millisecond
     */
    GainTrace(BandPowers x, BandPowers y, int fromBand, int endBand, double[] powers) {
        int frames = Math.min(x.frames(), y.frames());
        int step = Milliseconds.step(x.rate());
        this.db = new double[frames];
        this.weights = new double[frames];
        this.powers = powers;
        this.hopMs = (double) x.hop() / step;
        int length = x.window() / step;
        double[] hann = BandPowers.hann(length);
        this.window = new double[length];
        for (int i = 0; i < length; i++) {
            window[i] = hann[i] * hann[i];
        }
        double[] before = new double[frames];
        double loudest = 0.0;
        for (int t = 0; t < frames; t++) {
            double after = 0.0;
            for (int b = fromBand; b < endBand; b++) {
                before[t] += x.power(b, t);
                after += y.power(b, t);
            }
            loudest = Math.max(loudest, before[t]);
            db[t] = before[t] > 0.0 && after > 0.0 ? Quick.db(after / before[t]) : 0.0;
        }
        // Power of a sine of full scale in the window's transform.
        double full = x.window() / 4.0 * (x.window() / 4.0);
        double floor = Math.max(QUIET * loudest, SILENCE * full);
        for (int t = 0; t < frames; t++) {
            boolean heard = before[t] > floor && db[t] > -40.0 && db[t] < 60.0;
            weights[t] = heard ? StrictMath.pow(before[t] / loudest, LOUDNESS_EXPONENT) : 0.0;
        }
    }

    double[] db() {
        return db;
    }

    double[] weights() {
        return weights;
    }

    double[] powers() {
        return powers;
    }

    /** What a linear gain by millisecond looks like, in dB by frame. */
    double[] seen(double[] gains) {
        double[] seen = new double[db.length];
        for (int t = 0; t < seen.length; t++) {
            int start = (int) Math.round(t * hopMs);
            double sum = 0.0;
            double all = 0.0;
            int count = Math.min(window.length, powers.length - start);
            for (int i = 0; i < count; i++) {
                double weight = window[i] * powers[start + i];
                double gain = gains[start + i];
                sum += weight * gain * gain;
                all += weight;
            }
            seen[t] = all > 0.0 && sum > 0.0 ? Quick.db(sum / all) : 0.0;
        }
        return seen;
    }

    /** Mean of a figure by millisecond where the sound is, by frame. */
    double[] averaged(double[] values) {
        double[] averaged = new double[db.length];
        for (int t = 0; t < averaged.length; t++) {
            int start = (int) Math.round(t * hopMs);
            double sum = 0.0;
            double all = 1e-300;
            int count = Math.min(window.length, powers.length - start);
            for (int i = 0; i < count; i++) {
                double weight = window[i] * powers[start + i];
                sum += weight * values[start + i];
                all += weight;
            }
            averaged[t] = sum / all;
        }
        return averaged;
    }
}
