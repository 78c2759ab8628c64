// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.model;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.audio.FailureException;
import org.lacquer.models.ModelManifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What each group of figures adds to the model's answer: exact Shapley values (L. Shapley, "A value
 * for n-person games", 1953) over eight groups, so 256 questions in one run. A group that is left
 * out has the figures of average music; the target left out is no target. The values of all groups
 * add up to the answer less the answer for average music without a target.
 */
public final class Causes {
    /** The groups, in the order of {@link #of}. */
    public static final List<String> GROUPS =
            List.of(
                    "bass",
                    "low mids",
                    "high mids",
                    "air",
                    "stereo",
                    "dynamics",
                    "kind of music",
                    "target");

    private static final int COUNT = 8;
    private static final int TARGET = 7;

    /** First feature of each group of the mix, and the end: 25, 200, 1,000, 6,300 Hz ... */
    private static final int[] STARTS = {
        FeatureSet.LTAS,
        FeatureSet.LTAS + 9,
        FeatureSet.LTAS + 16,
        FeatureSet.LTAS + 24,
        FeatureSet.WIDTH,
        FeatureSet.LEVEL_QUANTILES,
        FeatureSet.CONTENT,
        FeatureSet.SIZE
    };

    /** By setting, then by group. */
    private final double[][] values;

    private Causes(double[][] values) {
        this.values = values;
    }

    /** Asks the model about every coalition of groups. */
    public static Causes of(Question question, SettingsModel model) throws FailureException {
        ModelManifest manifest = model.manifest();
        double[] average = AverageMusic.features(manifest);
        double[] own = question.features();
        Question none = Question.withoutTarget(average, manifest);
        List<Question> coalitions = new ArrayList<>();
        for (int members = 0; members < 1 << COUNT; members++) {
            double[] features = average.clone();
            for (int g = 0; g < TARGET; g++) {
                if ((members >> g & 1) == 1) {
                    System.arraycopy(
                            own, STARTS[g], features, STARTS[g], STARTS[g + 1] - STARTS[g]);
                }
            }
            Question from = (members >> TARGET & 1) == 1 ? question : none;
            coalitions.add(from.of(features));
        }
        return of(model.predict(coalitions));
    }

    static Causes of(List<Prediction> answers) {
        double[][] means = answers.stream().map(Prediction::mean).toArray(double[][]::new);
        double[] weights = weights();
        double[][] values = new double[means[0].length][COUNT];
        for (int members = 0; members < means.length; members++) {
            for (int g = 0; g < COUNT; g++) {
                if ((members >> g & 1) == 0) {
                    double[] with = means[members | 1 << g];
                    double weight = weights[Integer.bitCount(members)];
                    for (int s = 0; s < values.length; s++) {
                        values[s][g] += weight * (with[s] - means[members][s]);
                    }
                }
            }
        }
        return new Causes(values);
    }

    /** size! (n - size - 1)! / n! by size of the coalition that a group joins. */
    private static double[] weights() {
        double[] weights = new double[COUNT];
        weights[0] = 1.0 / COUNT;
        for (int size = 1; size < COUNT; size++) {
            weights[size] = weights[size - 1] * size / (COUNT - size);
        }
        return weights;
    }

    /** What each group adds to a setting, in the order of {@link #GROUPS}. */
    public double[] of(int setting) {
        return values[setting].clone();
    }

    /** The groups that add or take most, the strongest first. */
    public List<Integer> strongest(int setting, int count) {
        return Arrays.stream(new Integer[] {0, 1, 2, 3, 4, 5, 6, 7})
                .sorted((a, b) -> Double.compare(size(setting, b), size(setting, a)))
                .limit(count)
                .toList();
    }

    private double size(int setting, int group) {
        return Math.abs(values[setting][group]);
    }
}
