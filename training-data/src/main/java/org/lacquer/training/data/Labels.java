// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.audio.Decibels;
import org.lacquer.inference.tone.EqSolver;

import java.util.List;

/**
 * The settings that would have turned one feature vector into another: closed form, with the true
 * master known. This is what the model learns to guess.
 */
public final class Labels {
    /** Names of the settings, in order; the last part of each is its unit or kind. */
    public static final List<String> NAMES =
            List.of(
                    "lowShelf70.gainDb",
                    "bell140.gainDb",
                    "bell300.gainDb",
                    "bell650.gainDb",
                    "bell1500.gainDb",
                    "bell3200.gainDb",
                    "bell7000.gainDb",
                    "highShelf12000.gainDb",
                    "low.slope",
                    "mid.slope",
                    "high.slope",
                    "low.sideGainDb",
                    "mid.sideGainDb",
                    "high.sideGainDb",
                    "plrDb");

    public static final int COUNT = NAMES.size();

    /** First compressor slope, side gain and PLR among the settings. */
    public static final int SLOPES = 8;

    public static final int SIDES = 11;
    public static final int PLR = 14;

    /** Worse than untouched by more than this is harm, dB. */
    public static final double HARM_DB = 0.3;

    private static final double EQ_RIDGE = 0.15;
    private static final double[] QUANTILE_WEIGHTS = {.3, .5, .8, 1, 1, 1, 1, .8};

    /** Share of time that each quantile (5, 10, 25, 50, 75, 90, 95, 99 %) stands for. */
    private static final double[] QUANTILE_SHARES = {.075, .10, .20, .25, .20, .10, .045, .03};

    private static final int MEDIAN = 3;

    private Labels() {}

    /** Settings that bring the features {@code from} closest to {@code to}. */
    public static double[] solve(double[] from, double[] to) {
        double[] labels = new double[COUNT];
        double[] target = FeatureAlgebra.ltasOf(to);
        double[] gains =
                EqSolver.solve(
                        FeatureAlgebra.ltasOf(from), target, EqSolver.audibility(target), EQ_RIDGE);
        System.arraycopy(gains, 0, labels, 0, EqSolver.BANDS);
        for (int band = 0; band < 3; band++) {
            labels[SLOPES + band] = slope(from, to, Layout.LEVELS + 8 * band);
            labels[SIDES + band] = sideGain(from, to, band);
        }
        labels[PLR] = to[Layout.PLR];
        return labels;
    }

    /** Weighted rms difference of two spectra, dB. */
    public static double ltasError(double[] a, double[] b, double[] weights) {
        double sum = 0.0;
        double total = 0.0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * (a[i] - b[i]) * (a[i] - b[i]);
            total += weights[i];
        }
        return StrictMath.sqrt(sum / total);
    }

    /** Grid search over 0.3 to 1.5 for the slope above the median that fits the quantiles best. */
    private static double slope(double[] from, double[] to, int offset) {
        double best = 1.0;
        double bestError = Double.POSITIVE_INFINITY;
        for (int step = 0; step <= 24; step++) {
            double slope = 0.3 + 0.05 * step;
            double error = 0.002 * (slope - 1.0) * (slope - 1.0);
            double shift = powerDb(from, offset, 1.0) - powerDb(from, offset, slope);
            for (int q = 0; q < 8; q++) {
                double difference = bent(from, offset, q, slope) + shift - to[offset + q];
                error += QUANTILE_WEIGHTS[q] * difference * difference;
            }
            if (error < bestError) {
                bestError = error;
                best = slope;
            }
        }
        return best;
    }

    private static double bent(double[] features, int offset, int quantile, double slope) {
        double over = features[offset + quantile] - features[offset + MEDIAN];
        return features[offset + MEDIAN] + (over > 0.0 ? slope * over : over);
    }

    private static double powerDb(double[] features, int offset, double slope) {
        double power = 0.0;
        for (int q = 0; q < 8; q++) {
            power += QUANTILE_SHARES[q] * Decibels.toPower(bent(features, offset, q, slope));
        }
        return Decibels.fromPower(power);
    }

    private static double sideGain(double[] from, double[] to, int band) {
        int first = band == 0 ? 0 : band == 1 ? 1 : 4;
        int end = band == 0 ? 1 : band == 1 ? 4 : 6;
        double sum = 0.0;
        int count = 0;
        for (int g = first; g < end; g++) {
            double x = from[Layout.SIDE_MID + g];
            double m = to[Layout.SIDE_MID + g];
            if (x > -38.0 && m > -38.0) {
                sum += m - x;
                count++;
            }
        }
        return count == 0 ? 0.0 : Math.min(8.0, Math.max(-8.0, sum / count));
    }
}
