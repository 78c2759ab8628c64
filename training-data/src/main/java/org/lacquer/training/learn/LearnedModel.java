// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import org.lacquer.training.data.Labels;
import org.lacquer.training.data.Layout;
import org.lacquer.training.data.TrainingRows;
import org.lacquer.training.onnx.OnnxGraph;

import java.util.List;

/**
 * Everything that was learned, with two ways to run it: {@link #apply} in double precision, and
 * {@link #toOnnx} as the graph that ships.
 *
 * <p>Signal path: question → z-score → ridge (all columns) ‖ networks on spectrum, dynamics, target
 * and principal content ‖ networks on spectrum and width of mix and target → mean of the three
 * families → units. Sigma is the networks' own, times the calibration factor, not below the floor.
 *
 * @param scaler of the question
 * @param content whitened principal components of the content part of the z-scores
 * @param ridge on the z-scores, standardised settings out
 * @param wide networks on {@link #wideInput}
 * @param narrow networks on {@link #narrowInput}
 * @param labelMean what standardised settings are relative to
 * @param labelScale what one standardised unit is
 * @param sigmaFactor calibration of each sigma
 * @param sigmaFloor smallest sigma of each setting
 */
public record LearnedModel(
        Scaler scaler,
        Dense content,
        Dense ridge,
        List<Mlp> wide,
        List<Mlp> narrow,
        double[] labelMean,
        double[] labelScale,
        double[] sigmaFactor,
        double[] sigmaFloor) {
    /** Principal components of the content. */
    public static final int CONTENT_SCORES = 16;

    private static final double LOG_SIGMA_LIMIT = 5.0;

    /** Settings, sigmas and content scores of one question. */
    public record Answer(double[] mean, double[] sigma, double[] content) {}

    /** The same model with other calibration. */
    public LearnedModel withSigmas(double[] factor, double[] floor) {
        return new LearnedModel(
                scaler, content, ridge, wide, narrow, labelMean, labelScale, factor, floor);
    }

    /** The same model with the ridge alone; sigmas keep coming from the networks. */
    public double[] ridgeMean(double[] question) {
        return units(ridge.apply(scaler.apply(question)));
    }

    public Answer apply(double[] question) {
        double[] z = scaler.apply(question);
        double[] scores = content.apply(z);
        double[] mean = ridge.apply(z);
        double[] logSigma = new double[Labels.COUNT];
        addFamily(wide, wideInput(z, scores), mean, logSigma);
        addFamily(narrow, narrowInput(z), mean, logSigma);
        double[] sigma = new double[Labels.COUNT];
        for (int k = 0; k < Labels.COUNT; k++) {
            mean[k] /= 3.0;
            double log = Math.min(LOG_SIGMA_LIMIT, Math.max(-LOG_SIGMA_LIMIT, logSigma[k] / 2.0));
            sigma[k] =
                    Math.max(sigmaFloor[k], StrictMath.exp(log) * labelScale[k] * sigmaFactor[k]);
        }
        return new Answer(units(mean), sigma, scores);
    }

    private static void addFamily(
            List<Mlp> family, double[] input, double[] mean, double[] logSigma) {
        for (Mlp mlp : family) {
            double[] out = mlp.apply(input);
            for (int k = 0; k < Labels.COUNT; k++) {
                mean[k] += out[k] / family.size();
                logSigma[k] += out[Labels.COUNT + k] / family.size();
            }
        }
    }

    private double[] units(double[] standardised) {
        double[] out = new double[Labels.COUNT];
        for (int k = 0; k < out.length; k++) {
            out[k] = labelMean[k] + labelScale[k] * standardised[k];
        }
        return out;
    }

    /** Columns of z that the wide networks hear beside the content scores. */
    public static int[] wideColumns() {
        int[] columns = new int[2 * Layout.TARGET_WIDTH + 2];
        for (int i = 0; i < Layout.TARGET_WIDTH; i++) {
            columns[i] = i;
        }
        for (int i = Layout.TARGET_WIDTH; i < columns.length; i++) {
            columns[i] = Layout.WIDTH + i - Layout.TARGET_WIDTH;
        }
        return columns;
    }

    /** Spectrum and width of mix and target, and the uncertainty code. */
    public static int[] narrowColumns() {
        int part = Layout.SIDE_MID + 6;
        int[] columns = new int[2 * part + 2];
        for (int i = 0; i < part; i++) {
            columns[i] = i;
            columns[part + i] = Layout.WIDTH + i;
        }
        columns[2 * part] = TrainingRows.QUESTION_WIDTH - 2;
        columns[2 * part + 1] = TrainingRows.QUESTION_WIDTH - 1;
        return columns;
    }

    /** Input of the wide networks. */
    public static double[] wideInput(double[] z, double[] scores) {
        double[] picked = pick(z, wideColumns());
        double[] input = new double[picked.length + scores.length];
        System.arraycopy(picked, 0, input, 0, picked.length);
        System.arraycopy(scores, 0, input, picked.length, scores.length);
        return input;
    }

    /** Input of the narrow networks. */
    public static double[] narrowInput(double[] z) {
        return pick(z, narrowColumns());
    }

    private static double[] pick(double[] z, int[] columns) {
        double[] out = new double[columns.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = z[columns[i]];
        }
        return out;
    }

    /** The ONNX file: inputs features, target, code; outputs mean, log_sigma, content. */
    public byte[] toOnnx() {
        OnnxGraph graph = new OnnxGraph();
        String question =
                graph.concat(
                        graph.input("features", Layout.WIDTH),
                        graph.input("target", Layout.TARGET_WIDTH),
                        graph.input("code", 2));
        String z =
                graph.clip(
                        graph.multiply(
                                graph.subtract(question, vector(graph, scaler.mean())),
                                vector(graph, scaler.inverseSd())),
                        (float) -Scaler.LIMIT,
                        (float) Scaler.LIMIT);
        String scores = graph.dense(z, content.weight(), content.bias());
        String wideIn = graph.concat(graph.columns(z, wideColumns()), scores);
        String narrowIn = graph.columns(z, narrowColumns());
        String a = family(graph, wide, wideIn);
        String b = family(graph, narrow, narrowIn);
        int[] means = new int[Labels.COUNT];
        int[] sigmas = new int[Labels.COUNT];
        for (int k = 0; k < Labels.COUNT; k++) {
            means[k] = k;
            sigmas[k] = Labels.COUNT + k;
        }
        String sum =
                graph.add(
                        graph.dense(z, ridge.weight(), ridge.bias()),
                        graph.add(graph.columns(a, means), graph.columns(b, means)));
        double[] third = new double[Labels.COUNT];
        double[] logScale = new double[Labels.COUNT];
        double[] logFloor = new double[Labels.COUNT];
        for (int k = 0; k < Labels.COUNT; k++) {
            third[k] = labelScale[k] / 3.0;
            logScale[k] = StrictMath.log(labelScale[k] * sigmaFactor[k]);
            logFloor[k] = StrictMath.log(sigmaFloor[k]);
        }
        graph.output(
                "mean",
                graph.add(graph.multiply(sum, vector(graph, third)), vector(graph, labelMean)),
                Labels.COUNT);
        String log =
                graph.clip(
                        graph.multiply(
                                graph.add(graph.columns(a, sigmas), graph.columns(b, sigmas)),
                                graph.constant(new float[] {0.5f})),
                        (float) -LOG_SIGMA_LIMIT,
                        (float) LOG_SIGMA_LIMIT);
        graph.output(
                "log_sigma",
                graph.max(graph.add(log, vector(graph, logScale)), vector(graph, logFloor)),
                Labels.COUNT);
        graph.output("content", scores, CONTENT_SCORES);
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
            sum = sum.isEmpty() ? y : graph.add(sum, y);
        }
        return graph.multiply(sum, graph.constant(new float[] {1f / family.size()}));
    }

    private static String vector(OnnxGraph graph, double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return graph.constant(floats, floats.length);
    }
}
