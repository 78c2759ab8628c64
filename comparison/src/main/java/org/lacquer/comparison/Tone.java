// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Features;
import org.lacquer.inference.Target;

/** Third-octave spectra at equal loudness (-20 LUFS) and how far they lie apart. */
final class Tone {
    /**
     * Bands from 40 Hz to 16 kHz; outside of them finished records differ most and matter least.
     */
    private static final int FIRST = 2;

    private static final int END = 29;

    private Tone() {}

    /** Levels of all bands in dB; empty when the recording is silent or shorter than 3 s. */
    static double[] levels(Analysis figures) {
        Features features = figures.features();
        if (features == null || !features.vector().defined()) {
            return new double[0];
        }
        double[] levels = new double[FeatureSet.BANDS];
        System.arraycopy(features.vector().values(), FeatureSet.LTAS, levels, 0, levels.length);
        return levels;
    }

    /** Root mean square of the difference in dB; NaN when one is not defined. */
    static double distanceDb(double[] levels, double[] other) {
        if (levels.length == 0 || other.length == 0) {
            return Double.NaN;
        }
        double squares = 0.0;
        for (int b = FIRST; b < END; b++) {
            squares += (levels[b] - other[b]) * (levels[b] - other[b]);
        }
        return Math.sqrt(squares / (END - FIRST));
    }

    static double[] levels(Target target) {
        double[] levels = new double[FeatureSet.BANDS];
        System.arraycopy(target.mean(), FeatureSet.LTAS, levels, 0, levels.length);
        return levels;
    }

    /** Percent of the bands that lie within one standard deviation of the target. */
    static double insidePercent(double[] levels, Target target) {
        if (levels.length == 0) {
            return Double.NaN;
        }
        double[] mean = target.mean();
        double[] sd = target.sd();
        int inside = 0;
        for (int b = FIRST; b < END; b++) {
            double off = levels[b] - mean[FeatureSet.LTAS + b];
            inside += Math.abs(off) <= sd[FeatureSet.LTAS + b] ? 1 : 0;
        }
        return 100.0 * inside / (END - FIRST);
    }
}
