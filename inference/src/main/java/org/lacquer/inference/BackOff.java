// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Finding;
import org.lacquer.analysis.Severity;
import org.lacquer.inference.tone.EqSolver;

import java.util.List;
import java.util.Locale;

/**
 * Whether a rendered master moved away from where the model wants its tone, and less should be
 * done.
 *
 * <p>Wanted is what all of the model's answer would do to the third octaves, doubt and bounds
 * aside. The mix is as far from it as that change is large; the master as far as the change that
 * was heard differs from it. A level means nothing, and bands count by their audibility.
 */
final class BackOff {
    /** Renderings after the first. */
    static final int PASSES = 2;

    /** Share of the moves that a further rendering keeps. */
    static final double SHARE = 0.5;

    /** Differences that nobody hears are no reason to render again. */
    private static final double TOLERANCE_DB = 0.25;

    private BackOff() {}

    /**
     * @param mixDb third octaves of a stretch of the mix
     * @param masterDb the same of the master
     * @param wantedDb change of each third octave that was wanted
     */
    static boolean worse(double[] mixDb, double[] masterDb, double[] wantedDb) {
        return excessDb(mixDb, masterDb, wantedDb) > TOLERANCE_DB;
    }

    /** How much further the master is than the mix, dB. */
    static double excessDb(double[] mixDb, double[] masterDb, double[] wantedDb) {
        double[] weights = EqSolver.audibility(mixDb);
        double[] left = new double[FeatureSet.BANDS];
        for (int b = 0; b < left.length; b++) {
            left[b] = wantedDb[b] - (masterDb[b] - mixDb[b]);
        }
        return sizeDb(left, weights) - sizeDb(wantedDb, weights);
    }

    /** What the musician is told. */
    static List<Finding> findings(double share) {
        if (share == 1.0) {
            return List.of();
        }
        return List.of(
                new Finding(
                        Severity.INFO,
                        "backed-off",
                        String.format(
                                Locale.ROOT,
                                "Rendered in full, the balance moved away from where it should go;"
                                        + " every move of tone, dynamics and width is %.0f %% of"
                                        + " what was inferred.",
                                100.0 * share),
                        100.0 * share,
                        "%",
                        Double.NaN));
    }

    /** Root mean square about the mean, weighted. */
    private static double sizeDb(double[] values, double[] weights) {
        double total = 0.0;
        double mean = 0.0;
        for (int b = 0; b < values.length; b++) {
            total += weights[b];
            mean += weights[b] * values[b];
        }
        mean /= total;
        double sum = 0.0;
        for (int b = 0; b < values.length; b++) {
            sum += weights[b] * (values[b] - mean) * (values[b] - mean);
        }
        return Math.sqrt(sum / total);
    }
}
