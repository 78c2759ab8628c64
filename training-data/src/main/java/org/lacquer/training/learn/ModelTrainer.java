// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import org.lacquer.inference.tone.EqSolver;
import org.lacquer.training.algebra.Dense;
import org.lacquer.training.algebra.Eigen;
import org.lacquer.training.algebra.Ridge;
import org.lacquer.training.algebra.Scaler;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.data.BaseRow;
import org.lacquer.training.data.CleanStretches;
import org.lacquer.training.data.Folds;
import org.lacquer.training.data.Labels;
import org.lacquer.training.data.Layout;
import org.lacquer.training.data.TargetBank;
import org.lacquer.training.data.TrainingRows;
import org.lacquer.training.data.TrainingRows.Example;
import org.lacquer.training.data.TrainingRows.Targets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Base rows in, a calibrated model out. Seeds are fixed: the same rows give the same model. */
public final class ModelTrainer {
    /** How much work training is. */
    public record Effort(
            int questionsPerExcerpt, int questionsPerStretch, int epochs, int networksPerFold) {
        /** What the shipped model is trained with. */
        public static final Effort FULL = new Effort(24, 6, 14, 2);
    }

    /**
     * The result.
     *
     * @param crossFit the parts of the model that never heard a package, for choices
     * @param toneModes orthonormal EQ shapes, strongest first
     * @param toneModeFactors error variance of each over what independent sigmas say
     * @param gateTau default of the gate, chosen on packages that the networks never heard
     * @param contentDistance95 95 % of the music stays below
     * @param contentDistance995 estimate of the same at 99.5 %
     * @param probe questions of the training set
     * @param trainerMeans what PyTorch and the ridge make of them, averaged in float
     */
    public record Result(
            LearnedModel model,
            CrossFit crossFit,
            TargetBank bank,
            double[][] toneModes,
            double[] toneModeFactors,
            double gateTau,
            double contentDistance95,
            double contentDistance995,
            double ridgeAlpha,
            List<double[]> probe,
            double[][] trainerMeans) {
        /** EQ gains of an answer after the default gate. */
        public double[] gated(LearnedModel.Answer answer) {
            return Calibration.gate(answer, toneModes, toneModeFactors, gateTau);
        }
    }

    private static final int PROBES = 64;
    private static final double[] ALPHAS = {1_000, 3_000, 10_000, 30_000, 100_000};

    private final Consumer<String> notes;

    public ModelTrainer(Consumer<String> notes) {
        this.notes = notes;
    }

    /**
     * Trains on every row outside the test split. Packages are dealt out to folds; each network and
     * each ridge learns from all folds but one and answers for that one, which gives the sigmas,
     * the heads and the gate. The model that ships is all networks together.
     */
    public Result train(List<BaseRow> rows, Effort effort) {
        return train(rows, List.of(), effort);
    }

    /**
     * @param premasters more rows to learn from; targets and calibration do not know them
     */
    public Result train(List<BaseRow> rows, List<BaseRow> premasters, Effort effort) {
        TargetBank bank = new TargetBank(rows);
        List<BaseRow> heard = rows.stream().filter(row -> row.split() != Split.TEST).toList();
        List<Example> training =
                new ArrayList<>(
                        TrainingRows.drawAll(
                                heard,
                                bank,
                                effort.questionsPerExcerpt(),
                                effort.questionsPerStretch(),
                                Targets.MIXED,
                                "train/"));
        training.addAll(
                TrainingRows.draw(
                        premasters,
                        bank,
                        effort.questionsPerExcerpt(),
                        Targets.MIXED,
                        "premasters/"));
        List<BaseRow> excerpts = CleanStretches.without(heard);
        List<Example> calibration =
                TrainingRows.draw(excerpts, bank, 4, Targets.MIXED, "calibrate/");
        Folds folds = bank.styles().folds();
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
        List<int[]> outside = new ArrayList<>();
        List<Ridge.Sums> sums = new ArrayList<>();
        List<Ridge.Sums> telling = new ArrayList<>();
        for (int fold = 0; fold < Folds.COUNT; fold++) {
            int[] learnt = outside(folds, fold, training);
            outside.add(learnt);
            sums.add(new Ridge.Sums(picked(z, learnt), picked(answers, learnt)));
            telling.add(telling(z, answers, learnt, training));
        }
        double share = bestShare(sums, folds, scaler, calibration, labelMean, labelScale);
        Ridge.Sums all = new Ridge.Sums(z, answers);
        double alpha = share * all.rows();
        int[] everything = IntStream.range(0, z.size()).toArray();
        Dense linear = joined(all, telling(z, answers, everything, training), share);
        notes.accept("ridge penalty " + alpha);

        MlpTrainer trainer = new MlpTrainer(Labels.COUNT, eqResponses(labelScale));
        MlpTrainer.Examples examples = examples(training, z, y, content);
        double[] ones = new double[Labels.COUNT];
        Arrays.fill(ones, 1.0);
        double[] floors = new double[Labels.COUNT];
        for (int k = 0; k < floors.length; k++) {
            floors[k] = 0.1 * labelScale[k];
        }
        List<MlpTrainer.Trained> networks = new ArrayList<>();
        List<LearnedModel> parts = new ArrayList<>();
        for (int fold = 0; fold < Folds.COUNT; fold++) {
            List<Mlp> own = new ArrayList<>();
            for (int i = 0; i < effort.networksPerFold(); i++) {
                int seed = 100 + networks.size();
                networks.add(
                        trainer.train(examples, outside.get(fold), effort.epochs(), seed, PROBES));
                own.add(networks.getLast().mlp());
                notes.accept("network " + networks.size());
            }
            Dense foldLinear = joined(sums.get(fold), telling.get(fold), share);
            parts.add(
                    new LearnedModel(
                            scaler,
                            content,
                            foldLinear.rows(0, Labels.COUNT),
                            own,
                            LinearHeads.plain(foldLinear),
                            labelMean,
                            labelScale,
                            ones,
                            floors));
        }
        LearnedModel whole =
                new LearnedModel(
                        scaler,
                        content,
                        linear.rows(0, Labels.COUNT),
                        networks.stream().map(MlpTrainer.Trained::mlp).toList(),
                        LinearHeads.calibrated(linear, new CrossFit(folds, parts), calibration),
                        labelMean,
                        labelScale,
                        ones,
                        floors);
        List<Example> unstyled = TrainingRows.draw(excerpts, bank, 4, Targets.NONE, "calibrate/");
        return calibrate(
                whole,
                new CrossFit(folds, parts),
                bank,
                training,
                calibration,
                unstyled,
                alpha,
                trainerMeans(whole, networks, z));
    }

    private Result calibrate(
            LearnedModel whole,
            CrossFit raw,
            TargetBank bank,
            List<Example> training,
            List<Example> calibration,
            List<Example> unstyled,
            double alpha,
            double[][] trainerMeans) {
        double[] sigmaFactors = Calibration.sigmaFactors(raw, calibration);
        LearnedModel model = whole.withSigmas(sigmaFactors, whole.sigmaFloor());
        CrossFit crossFit = raw.withSigmas(sigmaFactors);
        double[][] modes = Calibration.toneModes(training);
        double[] factors = Calibration.modeFactors(crossFit, calibration, modes);
        double tau = Calibration.tau(crossFit, unstyled, modes, factors);
        double[] distances =
                calibration.stream()
                        .mapToDouble(e -> Calibration.norm(model.scores(e.question())))
                        .sorted()
                        .toArray();
        notes.accept("gate tau " + tau);
        return new Result(
                model,
                crossFit,
                bank,
                modes,
                factors,
                tau,
                Calibration.quantile(distances, 0.95),
                Calibration.quantile(distances, 0.995),
                alpha,
                training.stream().limit(PROBES).map(Example::question).toList(),
                trainerMeans);
    }

    private static Ridge.Sums telling(
            List<double[]> z, List<double[]> answers, int[] places, List<Example> examples) {
        int[] those = Arrays.stream(places).filter(r -> examples.get(r).tellsDynamics()).toArray();
        return new Ridge.Sums(picked(z, those), picked(answers, those));
    }

    private static Dense joined(Ridge.Sums all, Ridge.Sums telling, double share) {
        return LinearHeads.joined(
                all.solve(share * all.rows()), telling.solve(share * telling.rows()));
    }

    /** Places of the questions outside one fold; premasters belong to none. */
    private static int[] outside(Folds folds, int fold, List<Example> examples) {
        return IntStream.range(0, examples.size())
                .filter(
                        r -> {
                            String name = examples.get(r).packageName();
                            return !folds.holds(name) || folds.of(name) != fold;
                        })
                .toArray();
    }

    private static List<double[]> picked(List<double[]> rows, int[] places) {
        List<double[]> out = new ArrayList<>(places.length);
        for (int place : places) {
            out.add(rows.get(place));
        }
        return out;
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

    /** Penalty per row that is best on packages that the ridge has not seen. */
    private static double bestShare(
            List<Ridge.Sums> sums,
            Folds folds,
            Scaler scaler,
            List<Example> calibration,
            double[] labelMean,
            double[] labelScale) {
        double best = ALPHAS[0];
        double bestError = Double.POSITIVE_INFINITY;
        for (double candidate : ALPHAS) {
            List<Dense> ridges = new ArrayList<>();
            for (Ridge.Sums fold : sums) {
                ridges.add(fold.solve(candidate / 20_000.0 * fold.rows()).rows(0, Labels.SLOPES));
            }
            double error = 0.0;
            for (Example e : calibration) {
                double[] guess =
                        ridges.get(folds.of(e.packageName())).apply(scaler.apply(e.question()));
                double[] truth = standardise(e.labels(), labelMean, labelScale);
                for (int k = 0; k < Labels.SLOPES; k++) {
                    error += (guess[k] - truth[k]) * (guess[k] - truth[k]);
                }
            }
            if (error < bestError) {
                bestError = error;
                best = candidate / 20_000.0;
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
        float[][] told = new float[rows][Labels.COUNT];
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
            Arrays.fill(told[r], 1f);
            if (!e.tellsDynamics()) {
                Arrays.fill(told[r], Labels.SLOPES, Labels.SIDES, 0f);
            }
            untouched[r][0] = (float) Labels.ltasError(e.before(), e.after(), audibility);
        }
        return new MlpTrainer.Examples(inputs, labels, change, weights, untouched, told);
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
}
