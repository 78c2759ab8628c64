// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import org.lacquer.training.algebra.Dense;
import org.lacquer.training.data.Labels;
import org.lacquer.training.data.Layout;
import org.lacquer.training.data.TrainingRows.Example;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the graph tells beside settings: the figures that the master would have, and what the mix
 * is. Both are linear in the z-scored question, solved together with the ridge.
 *
 * @param change of the 76 target features from mix to master, in their own units
 * @param sigma of each, so that ±1.645 holds nine of ten calibration answers
 * @param flags log-odds, see {@link #FLAGS}
 */
public record LinearHeads(Dense change, double[] sigma, Dense flags) {
    /** Is a finished master; dynamics were expanded; dynamics were compressed. */
    public static final List<String> FLAGS = List.of("finished", "lively", "overCompressed");

    private static final int FIRST_FLAG = Labels.COUNT + Layout.TARGET_WIDTH;
    private static final int FIRST_DYNAMICS_FLAG = FIRST_FLAG + 1;
    private static final int STEPS = 30;

    /** Columns for the ridge: standardised settings, change of the features, flags as 0 or 1. */
    static double[] answers(double[] settings, Example example) {
        double[] out = Arrays.copyOf(settings, FIRST_FLAG + FLAGS.size());
        for (int j = 0; j < Layout.TARGET_WIDTH; j++) {
            out[Labels.COUNT + j] = example.master()[j] - example.question()[j];
        }
        for (int k = 0; k < FLAGS.size(); k++) {
            out[FIRST_FLAG + k] = flag(example, k) ? 1.0 : 0.0;
        }
        return out;
    }

    /** Whether a flag is right for a question. */
    public static boolean flag(Example example, int flag) {
        return switch (flag) {
            case 0 -> example.finished();
            case 1 -> example.dynamics() > 0;
            case 2 -> example.dynamics() < 0;
            default -> throw new IllegalArgumentException("no flag " + flag);
        };
    }

    /** Probabilities of the flags for a z-scored question. */
    public double[] probabilities(double[] z) {
        return Arrays.stream(flags.apply(z)).map(x -> 1.0 / (1.0 + StrictMath.exp(-x))).toArray();
    }

    /**
     * Slopes and what dynamics are like from the questions that tell it, everything else from all.
     *
     * @param all from all questions
     * @param telling from those whose dynamics could have been at fault
     */
    static Dense joined(Dense all, Dense telling) {
        return all.with(Labels.SLOPES, Labels.SIDES, telling)
                .with(FIRST_DYNAMICS_FLAG, FIRST_FLAG + FLAGS.size(), telling);
    }

    /** Not calibrated yet: no spreads, flags as 0 or 1. */
    static LinearHeads plain(Dense all) {
        return new LinearHeads(
                all.rows(Labels.COUNT, FIRST_FLAG),
                new double[Layout.TARGET_WIDTH],
                all.rows(FIRST_FLAG, FIRST_FLAG + FLAGS.size()));
    }

    /** Spreads and log-odds that are right for packages which the parts never heard. */
    static LinearHeads calibrated(Dense all, CrossFit parts, List<Example> calibration) {
        Dense change = all.rows(Labels.COUNT, FIRST_FLAG);
        Dense flags = all.rows(FIRST_FLAG, FIRST_FLAG + FLAGS.size());
        List<double[]> changes = new ArrayList<>();
        List<double[]> scores = new ArrayList<>();
        for (Example e : calibration) {
            LearnedModel part = parts.deafTo(e);
            double[] z = part.scaler().apply(e.question());
            changes.add(part.heads().change().apply(z));
            scores.add(part.heads().flags().apply(z));
        }
        double[] sigma = new double[Layout.TARGET_WIDTH];
        for (int j = 0; j < sigma.length; j++) {
            double[] misses = new double[calibration.size()];
            for (int i = 0; i < misses.length; i++) {
                Example e = calibration.get(i);
                misses[i] = Math.abs(e.master()[j] - e.question()[j] - changes.get(i)[j]);
            }
            Arrays.sort(misses);
            sigma[j] = Math.max(1e-3, misses[(int) (0.9 * misses.length)] / 1.645);
        }
        float[][] weight = new float[FLAGS.size()][];
        float[] bias = new float[FLAGS.size()];
        for (int k = 0; k < weight.length; k++) {
            int flag = k;
            double[] x = scores.stream().mapToDouble(s -> s[flag]).toArray();
            boolean[] is = new boolean[x.length];
            for (int i = 0; i < is.length; i++) {
                is[i] = flag(calibration.get(i), k);
            }
            double[] line = logistic(x, is);
            weight[k] = new float[flags.weight()[k].length];
            for (int i = 0; i < weight[k].length; i++) {
                weight[k][i] = (float) (line[0] * flags.weight()[k][i]);
            }
            bias[k] = (float) (line[0] * flags.bias()[k] + line[1]);
        }
        return new LinearHeads(change, sigma, new Dense(weight, bias));
    }

    /**
     * Slope and offset of the log-odds by Newton's method. J. Platt, "Probabilistic outputs for
     * support vector machines" (1999), without its prior counts.
     */
    static double[] logistic(double[] x, boolean[] is) {
        double slope = 1.0;
        double offset = 0.0;
        for (int step = 0; step < STEPS; step++) {
            double gradientSlope = -1e-3 * slope;
            double gradientOffset = 0.0;
            double ss = 1e-3;
            double so = 0.0;
            double oo = 1e-6;
            for (int i = 0; i < x.length; i++) {
                double p = 1.0 / (1.0 + StrictMath.exp(-(slope * x[i] + offset)));
                double miss = (is[i] ? 1.0 : 0.0) - p;
                double weight = p * (1.0 - p);
                gradientSlope += miss * x[i];
                gradientOffset += miss;
                ss += weight * x[i] * x[i];
                so += weight * x[i];
                oo += weight;
            }
            double determinant = ss * oo - so * so;
            if (!(determinant > 1e-12)) {
                break;
            }
            slope += (oo * gradientSlope - so * gradientOffset) / determinant;
            offset += (ss * gradientOffset - so * gradientSlope) / determinant;
        }
        return new double[] {slope, offset};
    }
}
