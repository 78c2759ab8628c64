// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import org.lacquer.training.algebra.Dense;
import org.lacquer.training.algebra.Scaler;
import org.lacquer.training.data.Labels;
import org.lacquer.training.data.Layout;
import org.lacquer.training.data.TrainingRows;
import org.lacquer.training.onnx.OnnxGraph;

import java.util.Arrays;
import java.util.List;

/**
 * Everything that was learned, with two ways to run it: {@link #apply} in double precision, and
 * {@link #toOnnx} as the graph that ships.
 *
 * <p>Signal path: question → z-score → ridge (all columns) ‖ networks on spectrum, dynamics, target
 * and principal content → EQ gains times the share that each network would make → weighted mean of
 * ridge and networks, setting by setting → units. Sigma is the networks' own, times the calibration
 * factor, not below the floor.
 *
 * @param scaler of the question
 * @param content whitened principal components of the content part of the z-scores
 * @param ridge on the z-scores, standardised settings out
 * @param networks on {@link #networkInput}
 * @param heads what is told beside settings
 * @param labelMean what standardised settings are relative to
 * @param labelScale what one standardised unit is
 * @param sigmaFactor calibration of each sigma
 * @param sigmaFloor smallest sigma of each setting
 */
public record LearnedModel(
        Scaler scaler,
        Dense content,
        Dense ridge,
        List<Mlp> networks,
        LinearHeads heads,
        double[] labelMean,
        double[] labelScale,
        double[] sigmaFactor,
        double[] sigmaFloor) {
    /** Principal components of the content. */
    public static final int CONTENT_SCORES = 32;

    private static final double LOG_SIGMA_LIMIT = 5.0;

    /** Settings, sigmas and content scores of one question. */
    public record Answer(double[] mean, double[] sigma, double[] content) {}

    /** The same model with other calibration. */
    public LearnedModel withSigmas(double[] factor, double[] floor) {
        return new LearnedModel(
                scaler, content, ridge, networks, heads, labelMean, labelScale, factor, floor);
    }

    /** The same model with the ridge alone; sigmas keep coming from the networks. */
    public double[] ridgeMean(double[] question) {
        return units(ridge.apply(scaler.apply(question)));
    }

    /**
     * Part of the ridge in a setting: none in the EQ gains, where it harms more often than the
     * networks do.
     */
    public static double ridgeShare(int setting) {
        return setting < Labels.SLOPES ? 0.0 : 1.0 / 3.0;
    }

    /** Content scores alone. */
    double[] scores(double[] question) {
        return content.apply(scaler.apply(question));
    }

    public Answer apply(double[] question) {
        double[] z = scaler.apply(question);
        double[] scores = content.apply(z);
        double[] linear = ridge.apply(z);
        double[] input = networkInput(z, scores);
        double[] mean = new double[Labels.COUNT];
        double[] logSigma = new double[Labels.COUNT];
        for (Mlp mlp : networks) {
            double[] out = mlp.apply(input);
            for (int k = 0; k < Labels.COUNT; k++) {
                mean[k] += out[k] / networks.size();
                logSigma[k] += out[Labels.COUNT + k] / networks.size();
            }
        }
        double[] sigma = new double[Labels.COUNT];
        for (int k = 0; k < Labels.COUNT; k++) {
            double share = ridgeShare(k);
            mean[k] = share * linear[k] + (1.0 - share) * mean[k];
            double log = Math.min(LOG_SIGMA_LIMIT, Math.max(-LOG_SIGMA_LIMIT, logSigma[k]));
            sigma[k] =
                    Math.max(sigmaFloor[k], StrictMath.exp(log) * labelScale[k] * sigmaFactor[k]);
        }
        return new Answer(units(mean), sigma, scores);
    }

    private double[] units(double[] standardised) {
        double[] out = new double[Labels.COUNT];
        for (int k = 0; k < out.length; k++) {
            out[k] = labelMean[k] + labelScale[k] * standardised[k];
        }
        return out;
    }

    /** Columns of z that the networks hear beside the content scores. */
    public static int[] networkColumns() {
        int[] columns = new int[TrainingRows.QUESTION_WIDTH - Layout.WIDTH + Layout.TARGET_WIDTH];
        for (int i = 0; i < Layout.TARGET_WIDTH; i++) {
            columns[i] = i;
        }
        for (int i = Layout.TARGET_WIDTH; i < columns.length; i++) {
            columns[i] = Layout.WIDTH + i - Layout.TARGET_WIDTH;
        }
        return columns;
    }

    /** Input of the networks. */
    public static double[] networkInput(double[] z, double[] scores) {
        double[] picked = pick(z, networkColumns());
        double[] input = new double[picked.length + scores.length];
        System.arraycopy(picked, 0, input, 0, picked.length);
        System.arraycopy(scores, 0, input, picked.length, scores.length);
        return input;
    }

    private static double[] pick(double[] z, int[] columns) {
        double[] out = new double[columns.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = z[columns[i]];
        }
        return out;
    }

    /**
     * The ONNX file: inputs features, target, code, style; outputs mean, log_sigma, content,
     * mastered, mastered_log_sigma, flags.
     */
    public byte[] toOnnx() {
        OnnxGraph graph = new OnnxGraph();
        String question =
                graph.concat(
                        graph.input("features", Layout.WIDTH),
                        graph.input("target", Layout.TARGET_WIDTH),
                        graph.input("code", Layout.CODE_WIDTH),
                        graph.input("style", Layout.BANDS));
        String z =
                graph.clip(
                        graph.multiply(
                                graph.subtract(question, vector(graph, scaler.mean())),
                                vector(graph, scaler.inverseSd())),
                        (float) -Scaler.LIMIT,
                        (float) Scaler.LIMIT);
        String scores = graph.dense(z, content.weight(), content.bias());
        String both =
                family(graph, networks, graph.concat(graph.columns(z, networkColumns()), scores));
        int[] means = new int[Labels.COUNT];
        int[] sigmas = new int[Labels.COUNT];
        double[] linearScale = new double[Labels.COUNT];
        double[] networkScale = new double[Labels.COUNT];
        double[] logScale = new double[Labels.COUNT];
        double[] logFloor = new double[Labels.COUNT];
        for (int k = 0; k < Labels.COUNT; k++) {
            means[k] = k;
            sigmas[k] = Labels.COUNT + k;
            linearScale[k] = ridgeShare(k) * labelScale[k];
            networkScale[k] = (1.0 - ridgeShare(k)) * labelScale[k];
            logScale[k] = StrictMath.log(labelScale[k] * sigmaFactor[k]);
            logFloor[k] = StrictMath.log(sigmaFloor[k]);
        }
        String sum =
                graph.add(
                        graph.multiply(
                                graph.dense(z, ridge.weight(), ridge.bias()),
                                vector(graph, linearScale)),
                        graph.multiply(graph.columns(both, means), vector(graph, networkScale)));
        graph.output("mean", graph.add(sum, vector(graph, labelMean)), Labels.COUNT);
        String log =
                graph.clip(
                        graph.columns(both, sigmas),
                        (float) -LOG_SIGMA_LIMIT,
                        (float) LOG_SIGMA_LIMIT);
        graph.output(
                "log_sigma",
                graph.max(graph.add(log, vector(graph, logScale)), vector(graph, logFloor)),
                Labels.COUNT);
        String zero = graph.constant(new float[] {0f});
        String mix = graph.columns(question, targetColumns());
        String change = graph.dense(z, heads.change().weight(), heads.change().bias());
        double[] logs = Arrays.stream(heads.sigma()).map(StrictMath::log).toArray();
        String flags = graph.dense(z, heads.flags().weight(), heads.flags().bias());
        graph.output("content", scores, CONTENT_SCORES);
        graph.output("mastered", graph.add(mix, change), Layout.TARGET_WIDTH);
        graph.output(
                "mastered_log_sigma",
                graph.add(graph.multiply(change, zero), vector(graph, logs)),
                Layout.TARGET_WIDTH);
        graph.output("flags", graph.sigmoid(flags), LinearHeads.FLAGS.size());
        return graph.toBytes("mastering");
    }

    private static String family(OnnxGraph graph, List<Mlp> family, String input) {
        String sum = "";
        for (Mlp mlp : family) {
            String y = input;
            for (int i = 0; i < mlp.layers().size(); i++) {
                Dense layer = mlp.layers().get(i);
                y = graph.dense(y, layer.weight(), layer.bias());
                y = i < mlp.layers().size() - 1 ? graph.silu(y) : y;
            }
            String share = graph.sigmoid(graph.columns(y, 2 * Labels.COUNT));
            int[] gains = new int[mlp.gains()];
            Arrays.setAll(gains, k -> k);
            int[] others = new int[2 * Labels.COUNT - mlp.gains()];
            Arrays.setAll(others, k -> mlp.gains() + k);
            y =
                    graph.concat(
                            graph.multiply(graph.columns(y, gains), share),
                            graph.columns(y, others));
            sum = sum.isEmpty() ? y : graph.add(sum, y);
        }
        return graph.multiply(sum, graph.constant(new float[] {1f / family.size()}));
    }

    private static int[] targetColumns() {
        int[] columns = new int[Layout.TARGET_WIDTH];
        Arrays.setAll(columns, i -> i);
        return columns;
    }

    private static String vector(OnnxGraph graph, double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return graph.constant(floats, floats.length);
    }
}
