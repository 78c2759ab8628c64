// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Features;
import org.lacquer.analysis.Series;
import org.lacquer.inference.Target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Curves for plots. */
final class OverTime {
    private static final double STEPS = 100.0;

    private OverTime() {}

    /** Loudness over time. */
    static Map<String, Object> of(Analysis figures) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("momentaryLufs", series(figures.loudness().momentaryLufs()));
        object.put("shortTermLufs", series(figures.loudness().shortTermLufs()));
        return object;
    }

    static Map<String, Object> series(Series series) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("startSeconds", series.startSeconds());
        object.put("stepSeconds", series.stepSeconds());
        object.put("values", rounded(series.values()));
        return object;
    }

    /**
     * Third octaves at the loudness of the targets.
     *
     * @param master empty until it is measured as a whole
     */
    static Map<String, Object> spectra(
            Analysis mix, Optional<Analysis> master, Optional<Target> target) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("centresHz", mix.spectrum().centresHz());
        object.put("mixDb", levels(mix));
        object.put("masterDb", master.map(OverTime::levels).orElse(List.of()));
        object.put("corridor", target.map(OverTime::corridor));
        return object;
    }

    private static Map<String, Object> corridor(Target target) {
        double[] mean = target.mean();
        double[] sd = target.sd();
        List<Double> low = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        for (int band = FeatureSet.LTAS; band < FeatureSet.LTAS + FeatureSet.BANDS; band++) {
            low.add(rounded(mean[band] - sd[band]));
            high.add(rounded(mean[band] + sd[band]));
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", target.name());
        object.put("lowDb", low);
        object.put("highDb", high);
        return object;
    }

    /** Undefined where the stream holds nothing. */
    static List<Double> levels(Analysis figures) {
        Features features = figures.features();
        if (features == null || !features.vector().defined()) {
            return List.of();
        }
        double[] levels =
                Arrays.copyOfRange(
                        features.vector().values(),
                        FeatureSet.LTAS,
                        FeatureSet.LTAS + FeatureSet.BANDS);
        List<Double> list = new ArrayList<>();
        for (int band = 0; band < levels.length; band++) {
            boolean heard = figures.spectrum().levelsDbfs().get(band) > -119.0;
            list.add(heard ? rounded(levels[band]) : Double.NaN);
        }
        return list;
    }

    private static List<Double> rounded(double[] values) {
        List<Double> list = new ArrayList<>(values.length);
        for (double value : values) {
            list.add(rounded(value));
        }
        return list;
    }

    private static double rounded(double value) {
        return Double.isFinite(value) ? Math.rint(value * STEPS) / STEPS : Double.NaN;
    }
}
