// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;

import java.util.List;

/**
 * A gain by frequency through points: held within a limit, joined by monotone cubics over the
 * logarithm of frequency (F. Fritsch, J. Butland, "A method for constructing local monotone
 * piecewise cubic interpolants", SIAM J. Sci. Stat. Comput. 5, 1984), and smoothed by a Gaussian.
 * All three keep the curve between its smallest and largest point.
 */
final class MatchingCurve {
    private static final int STEPS_PER_OCTAVE = 48;
    private static final double LOWEST_HZ = 4.0;
    private static final int STEPS = 16 * STEPS_PER_OCTAVE;
    private static final double LOG_2 = StrictMath.log(2.0);

    /** Width at half height of a Gaussian with deviation 1: 2 √(2 ln 2). */
    private static final double FULL_WIDTH = 2.0 * StrictMath.sqrt(2.0 * LOG_2);

    /** In dB, every 1/48 octave from 4 Hz to 262 kHz. */
    private final double[] table;

    MatchingCurve(
            List<Double> frequenciesHz,
            List<Double> gainsDb,
            double limitDb,
            double smoothingOctaves) {
        int n = frequenciesHz.size();
        double[] octaves = new double[n];
        double[] gains = new double[n];
        for (int k = 0; k < n; k++) {
            octaves[k] = octave(frequenciesHz.get(k));
            gains[k] = Math.max(-limitDb, Math.min(limitDb, gainsDb.get(k)));
        }
        double[] slopes = slopes(octaves, gains);
        double[] joined = new double[STEPS + 1];
        for (int k = 0; k <= STEPS; k++) {
            joined[k] = join(octaves, gains, slopes, (double) k / STEPS_PER_OCTAVE);
        }
        this.table = smooth(joined, smoothingOctaves * STEPS_PER_OCTAVE / FULL_WIDTH);
    }

    private static double octave(double frequencyHz) {
        return StrictMath.log(frequencyHz / LOWEST_HZ) / LOG_2;
    }

    double gainDb(double frequencyHz) {
        if (!(frequencyHz > LOWEST_HZ)) {
            return table[0];
        }
        double place = Math.min(octave(frequencyHz) * STEPS_PER_OCTAVE, STEPS - 1.0);
        int below = (int) place;
        double fraction = place - below;
        return table[below] * (1.0 - fraction) + table[below + 1] * fraction;
    }

    double gain(double frequencyHz) {
        return Decibels.toGain(gainDb(frequencyHz));
    }

    /** Fritsch and Butland's harmonic mean of neighbouring slopes; 0 at the ends. */
    private static double[] slopes(double[] x, double[] y) {
        double[] slopes = new double[x.length];
        for (int k = 1; k < x.length - 1; k++) {
            double before = x[k] - x[k - 1];
            double after = x[k + 1] - x[k];
            double rise = (y[k] - y[k - 1]) / before;
            double next = (y[k + 1] - y[k]) / after;
            if (rise * next > 0.0) {
                double share = (before + 2.0 * after) / (3.0 * (before + after));
                slopes[k] = rise * next / (share * next + (1.0 - share) * rise);
            }
        }
        return slopes;
    }

    private static double join(double[] x, double[] y, double[] slopes, double at) {
        int last = x.length - 1;
        if (at <= x[0]) {
            return y[0];
        }
        if (at >= x[last]) {
            return y[last];
        }
        int k = 0;
        while (at > x[k + 1]) {
            k++;
        }
        double width = x[k + 1] - x[k];
        double t = (at - x[k]) / width;
        double u = 1.0 - t;
        return y[k] * u * u * (1.0 + 2.0 * t)
                + y[k + 1] * t * t * (3.0 - 2.0 * t)
                + slopes[k] * width * t * u * u
                - slopes[k + 1] * width * t * t * u;
    }

    /** Weighted mean with a Gaussian to four deviations; the ends continue. */
    private static double[] smooth(double[] values, double deviation) {
        int reach = (int) Math.ceil(4.0 * deviation);
        double[] weights = new double[reach + 1];
        double sum = 0.0;
        for (int j = 0; j <= reach; j++) {
            double place = deviation == 0.0 ? 0.0 : j / deviation;
            weights[j] = StrictMath.exp(-0.5 * place * place);
            sum += j == 0 ? weights[j] : 2.0 * weights[j];
        }
        double[] smooth = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            double total = weights[0] * values[k];
            for (int j = 1; j <= reach; j++) {
                double below = values[Math.max(0, k - j)];
                double above = values[Math.min(values.length - 1, k + j)];
                total += weights[j] * (below + above);
            }
            smooth[k] = total / sum;
        }
        return smooth;
    }
}
