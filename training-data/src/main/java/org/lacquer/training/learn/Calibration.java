// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import org.lacquer.inference.model.ToneGate;
import org.lacquer.inference.tone.EqSolver;
import org.lacquer.training.algebra.Eigen;
import org.lacquer.training.data.Labels;
import org.lacquer.training.data.TrainingRows.Example;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far answers may be believed, from what networks say of packages that they never heard. */
final class Calibration {
    private static final int MODES = 6;
    private static final double[] TAUS = {
        0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9,
        1.0, 1.1, 1.2, 1.4, 1.6, 2.0
    };

    /** Share of an average package that the gate may harm: the goal of 12 % less a margin. */
    private static final double ALLOWED_HARM = 0.105;

    private Calibration() {}

    /**
     * Factor that makes mean ± 1.645 sigma hold nine of ten answers by networks that never heard
     * the album: the mean of the albums' own 90 % quantiles and of the pooled one, so that one big
     * album does not decide.
     */
    static double[] sigmaFactors(CrossFit raw, List<Example> questions) {
        double[] factors = new double[Labels.COUNT];
        Map<String, List<double[]>> albums = new LinkedHashMap<>();
        for (Example e : questions) {
            LearnedModel.Answer answer = raw.answer(e);
            double[] ratios = new double[Labels.COUNT];
            for (int k = 0; k < ratios.length; k++) {
                ratios[k] = Math.abs(e.labels()[k] - answer.mean()[k]) / answer.sigma()[k];
            }
            albums.computeIfAbsent(e.packageName(), key -> new ArrayList<>()).add(ratios);
        }
        for (int k = 0; k < factors.length; k++) {
            int label = k;
            double mean =
                    albums.values().stream()
                            .mapToDouble(
                                    rows ->
                                            quantile(
                                                    rows.stream()
                                                            .mapToDouble(row -> row[label])
                                                            .sorted()
                                                            .toArray(),
                                                    0.9))
                            .average()
                            .orElse(1.645);
            double pooled =
                    quantile(
                            albums.values().stream()
                                    .flatMap(List::stream)
                                    .mapToDouble(row -> row[label])
                                    .sorted()
                                    .toArray(),
                            0.9);
            factors[k] = Math.max(0.3, (mean + pooled) / 2.0 / 1.645);
        }
        return factors;
    }

    static double[][] toneModes(List<Example> training) {
        double[][] covariance = new double[EqSolver.BANDS][EqSolver.BANDS];
        for (Example e : training) {
            for (int i = 0; i < EqSolver.BANDS; i++) {
                for (int j = 0; j < EqSolver.BANDS; j++) {
                    covariance[i][j] += e.labels()[i] * e.labels()[j] / training.size();
                }
            }
        }
        return Eigen.strongest(covariance, MODES).vectors();
    }

    static double[] modeFactors(CrossFit model, List<Example> questions, double[][] modes) {
        double[] actual = new double[modes.length];
        double[] said = new double[modes.length];
        for (Example e : questions) {
            LearnedModel.Answer answer = model.answer(e);
            for (int k = 0; k < modes.length; k++) {
                double z = 0.0;
                double variance = 0.0;
                for (int i = 0; i < EqSolver.BANDS; i++) {
                    z += modes[k][i] * (e.labels()[i] - answer.mean()[i]);
                    variance += square(modes[k][i] * answer.sigma()[i]);
                }
                actual[k] += z * z;
                said[k] += variance;
            }
        }
        double[] factors = new double[modes.length];
        Arrays.setAll(factors, k -> actual[k] / Math.max(said[k], 1e-9));
        return factors;
    }

    /**
     * The gentlest gate that keeps harm low. Packages weigh alike: the next mix comes from one that
     * was never heard, and the big packages are the easier ones.
     */
    static double tau(CrossFit model, List<Example> questions, double[][] modes, double[] factors) {
        List<LearnedModel.Answer> answers = questions.stream().map(model::answer).toList();
        for (double tau : TAUS) {
            Map<String, double[]> albums = new LinkedHashMap<>();
            for (int r = 0; r < answers.size(); r++) {
                Example e = questions.get(r);
                double[] weights = EqSolver.audibility(e.after());
                double[] gains = gate(answers.get(r), modes, factors, tau);
                double error =
                        Labels.ltasError(EqSolver.apply(e.before(), gains), e.after(), weights);
                double untouched = Labels.ltasError(e.before(), e.after(), weights);
                double[] album = albums.computeIfAbsent(e.packageName(), key -> new double[2]);
                album[0] += error > untouched + Labels.HARM_DB ? 1.0 : 0.0;
                album[1]++;
            }
            double harm =
                    albums.values().stream().mapToDouble(a -> a[0] / a[1]).average().orElse(1.0);
            if (harm <= ALLOWED_HARM) {
                return tau;
            }
        }
        return TAUS[TAUS.length - 1];
    }

    /** The rule of {@code org.lacquer.inference.model.ToneGate}, before there is a manifest. */
    static double[] gate(
            LearnedModel.Answer answer, double[][] modes, double[] factors, double tau) {
        double squares = 0.0;
        double variance = 0.0;
        for (int k = 0; k < modes.length; k++) {
            double z = 0.0;
            double own = 0.0;
            for (int i = 0; i < EqSolver.BANDS; i++) {
                z += modes[k][i] * answer.mean()[i];
                own += square(modes[k][i] * answer.sigma()[i]);
            }
            squares += z * z;
            variance += own * factors[k];
        }
        double keep = ToneGate.factor(StrictMath.sqrt(squares), variance, tau);
        double[] out = new double[EqSolver.BANDS];
        Arrays.setAll(out, i -> keep * answer.mean()[i]);
        return out;
    }

    static double norm(double[] values) {
        double sum = 0.0;
        for (double value : values) {
            sum += value * value;
        }
        return StrictMath.sqrt(sum);
    }

    private static double square(double x) {
        return x * x;
    }

    static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }
}
