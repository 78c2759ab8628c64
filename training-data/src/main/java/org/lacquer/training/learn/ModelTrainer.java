// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import org.lacquer.inference.model.ToneGate;
import org.lacquer.inference.tone.EqSolver;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.data.BaseRow;
import org.lacquer.training.data.Labels;
import org.lacquer.training.data.Layout;
import org.lacquer.training.data.TargetBank;
import org.lacquer.training.data.TrainingRows;
import org.lacquer.training.data.TrainingRows.Example;
import org.lacquer.training.data.TrainingRows.Targets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Base rows in, a calibrated model out. Seeds are fixed: the same rows give the same model. */
public final class ModelTrainer {
    /** How much work training is. */
    public record Effort(int questionsPerExcerpt, int epochs, int networks) {
        /** What the shipped model is trained with. */
        public static final Effort FULL = new Effort(40, 25, 3);
    }

    /**
     * The result.
     *
     * @param toneModes orthonormal EQ shapes, strongest first
     * @param toneModeFactors error variance of each over what independent sigmas say
     * @param gateTau default of the gate, chosen on the calibration split
     * @param contentDistance95 95 % of calibration music stays below
     * @param contentDistance995 estimate of the same at 99.5 %
     * @param probe questions of the training set
     * @param trainerMeans what PyTorch and the ridge make of them, averaged in float
     */
    public record Result(
            LearnedModel model,
            TargetBank bank,
            double[][] toneModes,
            double[] toneModeFactors,
            double gateTau,
            double contentDistance95,
            double contentDistance995,
            double ridgeAlpha,
            List<double[]> probe,
            double[][] trainerMeans) {}

    private static final int PROBES = 64;
    private static final int MODES = 6;
    private static final double[] ALPHAS = {1_000, 3_000, 10_000, 30_000, 100_000};
    private static final double[] TAUS = {
        0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6,
        0.8
    };

    /** Share of calibration cases that the default gate may make worse by 0.3 dB. */
    private static final double ALLOWED_HARM = 0.105;

    private final Consumer<String> notes;

    public ModelTrainer(Consumer<String> notes) {
        this.notes = notes;
    }

    public Result train(List<BaseRow> rows, Effort effort) {
        return train(rows, List.of(), effort);
    }

    /**
     * @param premasters more rows to learn from; targets and calibration do not know them
     */
    public Result train(List<BaseRow> rows, List<BaseRow> premasters, Effort effort) {
        TargetBank bank = new TargetBank(rows);
        List<Example> training =
                new ArrayList<>(
                        TrainingRows.draw(
                                of(rows, Split.TRAIN),
                                bank,
                                effort.questionsPerExcerpt(),
                                Targets.MIXED,
                                "train/"));
        training.addAll(
                TrainingRows.draw(
                        premasters,
                        bank,
                        effort.questionsPerExcerpt(),
                        Targets.MIXED,
                        "premasters/"));
        List<Example> calibration =
                TrainingRows.draw(
                        of(rows, Split.CALIBRATION), bank, 8, Targets.MIXED, "calibrate/");
        List<Example> unstyled =
                TrainingRows.draw(
                        of(rows, Split.CALIBRATION), bank, 12, Targets.NONE, "calibrate/");
        notes.accept(training.size() + " training and " + calibration.size() + " questions");

        Scaler scaler = Scaler.of(training.stream().map(Example::question).toList());
        List<double[]> z = training.stream().map(e -> scaler.apply(e.question())).toList();
        double[] labelMean = new double[Labels.COUNT];
        double[] labelScale = scales();
        labelMean[Labels.PLR] = mean(training, Labels.PLR);
        for (int band = 0; band < 3; band++) {
            labelMean[Labels.SLOPES + band] = 1.0;
        }
        List<double[]> y =
                training.stream().map(e -> standardise(e.labels(), labelMean, labelScale)).toList();
        Dense content = content(z);
        List<double[]> answers = new ArrayList<>();
        for (int r = 0; r < y.size(); r++) {
            answers.add(LinearHeads.answers(y.get(r), training.get(r)));
        }
        Ridge.Sums sums = new Ridge.Sums(z, answers);
        double alpha = bestAlpha(sums, scaler, calibration, labelMean, labelScale);
        Dense all = sums.solve(alpha);
        Dense ridge = all.rows(0, Labels.COUNT);
        LinearHeads heads = LinearHeads.calibrated(all, scaler, calibration);
        notes.accept("ridge penalty " + alpha);

        float[][] responses = eqResponses(labelScale);
        MlpTrainer trainer = new MlpTrainer(Labels.COUNT, responses);
        MlpTrainer.Examples examples = examples(training, z, y, content);
        List<MlpTrainer.Trained> networks = new ArrayList<>();
        for (int i = 0; i < effort.networks(); i++) {
            networks.add(trainer.train(examples, effort.epochs(), 100 + i, PROBES));
            notes.accept("networks " + (i + 1) + " of " + effort.networks());
        }
        double[] ones = new double[Labels.COUNT];
        Arrays.fill(ones, 1.0);
        double[] floors = new double[Labels.COUNT];
        for (int k = 0; k < floors.length; k++) {
            floors[k] = 0.1 * labelScale[k];
        }
        LearnedModel raw =
                new LearnedModel(
                        scaler,
                        content,
                        ridge,
                        networks.stream().map(MlpTrainer.Trained::mlp).toList(),
                        heads,
                        labelMean,
                        labelScale,
                        ones,
                        floors);
        return calibrate(
                raw, bank, training, calibration, unstyled, alpha, trainerMeans(raw, networks, z));
    }

    private Result calibrate(
            LearnedModel raw,
            TargetBank bank,
            List<Example> training,
            List<Example> calibration,
            List<Example> unstyled,
            double alpha,
            double[][] trainerMeans) {
        LearnedModel model = raw.withSigmas(sigmaFactors(raw, calibration), raw.sigmaFloor());
        double[][] modes = toneModes(training);
        double[] factors = modeFactors(model, calibration, modes);
        double tau = chooseTau(model, unstyled, modes, factors);
        double[] distances =
                calibration.stream()
                        .mapToDouble(e -> norm(model.apply(e.question()).content()))
                        .sorted()
                        .toArray();
        notes.accept("gate tau " + tau);
        return new Result(
                model,
                bank,
                modes,
                factors,
                tau,
                quantile(distances, 0.95),
                quantile(distances, 0.995),
                alpha,
                training.stream().limit(PROBES).map(Example::question).toList(),
                trainerMeans);
    }

    private static List<BaseRow> of(List<BaseRow> rows, Split split) {
        return rows.stream().filter(row -> row.split() == split).toList();
    }

    /** One standardised unit: 3 dB of EQ, 0.2 of slope, 2.5 dB of side or of PLR. */
    private static double[] scales() {
        double[] scales = new double[Labels.COUNT];
        Arrays.fill(scales, 0, Labels.SLOPES, 3.0);
        Arrays.fill(scales, Labels.SLOPES, Labels.SIDES, 0.2);
        Arrays.fill(scales, Labels.SIDES, Labels.COUNT, 2.5);
        return scales;
    }

    private static double mean(List<Example> examples, int label) {
        return examples.stream().mapToDouble(e -> e.labels()[label]).average().orElse(0.0);
    }

    private static double[] standardise(double[] labels, double[] mean, double[] scale) {
        double[] y = new double[labels.length];
        for (int k = 0; k < y.length; k++) {
            y[k] = (labels[k] - mean[k]) / scale[k];
        }
        return y;
    }

    /** Whitened principal components of the content columns, as a layer over all of z. */
    private static Dense content(List<double[]> z) {
        int width = Layout.CONTENT_WIDTH;
        double[][] covariance = new double[width][width];
        for (int r = 0; r < z.size(); r += 7) {
            double[] row = z.get(r);
            for (int i = 0; i < width; i++) {
                double value = row[Layout.TARGET_WIDTH + i];
                for (int j = 0; j < width; j++) {
                    covariance[i][j] += value * row[Layout.TARGET_WIDTH + j];
                }
            }
        }
        double scale = 1.0 / ((z.size() + 6) / 7);
        for (double[] row : covariance) {
            for (int j = 0; j < width; j++) {
                row[j] *= scale;
            }
        }
        Eigen.Pairs pairs = Eigen.strongest(covariance, LearnedModel.CONTENT_SCORES);
        float[][] weight = new float[LearnedModel.CONTENT_SCORES][TrainingRows.QUESTION_WIDTH];
        for (int k = 0; k < weight.length; k++) {
            double whiten = 1.0 / StrictMath.sqrt(Math.max(pairs.values()[k], 1e-6));
            for (int i = 0; i < width; i++) {
                weight[k][Layout.TARGET_WIDTH + i] = (float) (whiten * pairs.vectors()[k][i]);
            }
        }
        return new Dense(weight, new float[weight.length]);
    }

    private static double bestAlpha(
            Ridge.Sums sums,
            Scaler scaler,
            List<Example> calibration,
            double[] labelMean,
            double[] labelScale) {
        double best = ALPHAS[0];
        double bestError = Double.POSITIVE_INFINITY;
        for (double candidate : ALPHAS) {
            double alpha = candidate * sums.rows() / 20_000.0;
            Dense ridge = sums.solve(alpha);
            double error = 0.0;
            for (Example e : calibration) {
                double[] guess = ridge.apply(scaler.apply(e.question()));
                double[] truth = standardise(e.labels(), labelMean, labelScale);
                for (int k = 0; k < Labels.SLOPES; k++) {
                    error += (guess[k] - truth[k]) * (guess[k] - truth[k]);
                }
            }
            if (error < bestError) {
                bestError = error;
                best = alpha;
            }
        }
        return best;
    }

    private static float[][] eqResponses(double[] labelScale) {
        double[][] unit = EqSolver.unitResponses();
        float[][] responses = new float[EqSolver.BANDS][Layout.BANDS];
        for (int k = 0; k < responses.length; k++) {
            for (int b = 0; b < Layout.BANDS; b++) {
                responses[k][b] = (float) (unit[k][b] * labelScale[k]);
            }
        }
        return responses;
    }

    private static MlpTrainer.Examples examples(
            List<Example> training, List<double[]> z, List<double[]> y, Dense content) {
        int rows = training.size();
        float[][] inputs = new float[rows][];
        float[][] labels = new float[rows][];
        float[][] change = new float[rows][Layout.BANDS];
        float[][] weights = new float[rows][Layout.BANDS];
        float[][] untouched = new float[rows][1];
        for (int r = 0; r < rows; r++) {
            double[] row = z.get(r);
            inputs[r] = floats(LearnedModel.networkInput(row, content.apply(row)));
            labels[r] = floats(y.get(r));
            Example e = training.get(r);
            double[] audibility = EqSolver.audibility(e.after());
            double total = Arrays.stream(audibility).sum();
            for (int b = 0; b < Layout.BANDS; b++) {
                double wanted = e.after()[b] - e.before()[b];
                change[r][b] = (float) Math.min(30.0, Math.max(-30.0, wanted));
                weights[r][b] = (float) (audibility[b] / total);
            }
            untouched[r][0] = (float) Labels.ltasError(e.before(), e.after(), audibility);
        }
        return new MlpTrainer.Examples(inputs, labels, change, weights, untouched);
    }

    private static float[] floats(double[] values) {
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) values[i];
        }
        return out;
    }

    /** The trainer's own answer to the first questions: PyTorch's outputs, put together here. */
    private static double[][] trainerMeans(
            LearnedModel model, List<MlpTrainer.Trained> networks, List<double[]> z) {
        int count = Math.min(PROBES, z.size());
        double[][] means = new double[count][Labels.COUNT];
        for (int r = 0; r < count; r++) {
            double[] ridge = model.ridge().apply(z.get(r));
            for (int k = 0; k < Labels.COUNT; k++) {
                double share = LearnedModel.ridgeShare(k);
                double sum = share * ridge[k];
                for (MlpTrainer.Trained network : networks) {
                    sum += (1.0 - share) * network.probe()[r][k] / networks.size();
                }
                means[r][k] = model.labelMean()[k] + model.labelScale()[k] * sum;
            }
        }
        return means;
    }

    /**
     * Factor that makes mean ± 1.645 sigma hold nine of ten calibration answers: the mean of the
     * albums' own 90 % quantiles and of the pooled one, so that one big album does not decide.
     */
    private static double[] sigmaFactors(LearnedModel raw, List<Example> calibration) {
        double[] factors = new double[Labels.COUNT];
        Map<String, List<double[]>> albums = new LinkedHashMap<>();
        for (Example e : calibration) {
            LearnedModel.Answer answer = raw.apply(e.question());
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

    private static double[][] toneModes(List<Example> training) {
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

    private static double[] modeFactors(
            LearnedModel model, List<Example> calibration, double[][] modes) {
        double[] actual = new double[modes.length];
        double[] said = new double[modes.length];
        for (Example e : calibration) {
            LearnedModel.Answer answer = model.apply(e.question());
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

    /** The gentlest gate that keeps harm on the calibration split low. */
    private static double chooseTau(
            LearnedModel model, List<Example> calibration, double[][] modes, double[] factors) {
        for (double tau : TAUS) {
            int harmed = 0;
            for (Example e : calibration) {
                LearnedModel.Answer answer = model.apply(e.question());
                double[] weights = EqSolver.audibility(e.after());
                double[] gains = gate(answer, modes, factors, tau);
                double error =
                        Labels.ltasError(EqSolver.apply(e.before(), gains), e.after(), weights);
                double untouched = Labels.ltasError(e.before(), e.after(), weights);
                harmed += error > untouched + 0.3 ? 1 : 0;
            }
            if (harmed <= ALLOWED_HARM * calibration.size()) {
                return tau;
            }
        }
        return TAUS[TAUS.length - 1];
    }

    /** The rule of {@code org.lacquer.inference.model.ToneGate}, before there is a manifest. */
    public static double[] gate(
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

    private static double norm(double[] values) {
        double sum = 0.0;
        for (double value : values) {
            sum += value * value;
        }
        return StrictMath.sqrt(sum);
    }

    private static double square(double x) {
        return x * x;
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    }
}
