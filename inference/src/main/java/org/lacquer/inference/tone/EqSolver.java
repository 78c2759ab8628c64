// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.tone;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.engine.ChannelPlacement;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.ParametricEqSettings;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The engine's eight tone bands over third octaves: what gains do to a spectrum, and which gains
 * bring one spectrum closest to another.
 *
 * <p>The solver is weighted ridge least squares on the band responses, four Gauss-Newton steps
 * because a bell's shape depends on its gain, with loudness held constant.
 */
public final class EqSolver {
    /** Bands of the shipped chain. */
    public static final int BANDS = 8;

    /** Gains that a label may take. */
    public static final double LIMIT_DB = 10.0;

    private static final int SAMPLE_RATE_HZ = 48_000;
    private static final double STEP_DB = 0.25;
    private static final int STEPS = 49;

    /** Response in dB: band, gain step, third octave. */
    private static final double[][][] TABLE = table();

    private EqSolver() {}

    /** Response of all bands together at the third-octave centres. */
    public static double[] responseDb(double[] gainsDb) {
        double[] response = new double[FeatureSet.BANDS];
        for (int k = 0; k < BANDS; k++) {
            double position =
                    Math.min(Math.max(gainsDb[k] / STEP_DB + STEPS - 1, 0.0), 2 * STEPS - 2.001);
            int below = (int) position;
            double fraction = position - below;
            for (int b = 0; b < FeatureSet.BANDS; b++) {
                response[b] +=
                        TABLE[k][below][b] * (1.0 - fraction) + TABLE[k][below + 1][b] * fraction;
            }
        }
        return response;
    }

    /** Response per dB of each band, near zero gain: band by third octave. */
    public static double[][] unitResponses() {
        double[][] unit = new double[BANDS][];
        for (int k = 0; k < BANDS; k++) {
            unit[k] = Arrays.stream(TABLE[k][STEPS - 1 + 4]).toArray();
        }
        return unit;
    }

    /** A spectrum after the bands, at the loudness it had. */
    public static double[] apply(double[] ltasDb, double[] gainsDb) {
        double[] response = responseDb(gainsDb);
        double[] out = new double[FeatureSet.BANDS];
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            out[b] = ltasDb[b] + response[b];
        }
        double shift = KWeights.loudnessDb(ltasDb) - KWeights.loudnessDb(out);
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            out[b] += shift;
        }
        return out;
    }

    /** Gains that bring {@code from} closest to {@code to}; {@code ridge} holds them small. */
    public static double[] solve(double[] from, double[] to, double[] weights, double ridge) {
        double[] gains = new double[BANDS];
        double[][] unit = unitResponses();
        for (int step = 0; step < 4; step++) {
            double[] now = apply(from, gains);
            double[] shares = KWeights.shares(now);
            double[][] slopes = new double[BANDS][FeatureSet.BANDS];
            for (int k = 0; k < BANDS; k++) {
                double mean = 0.0;
                for (int b = 0; b < FeatureSet.BANDS; b++) {
                    mean += shares[b] * unit[k][b];
                }
                for (int b = 0; b < FeatureSet.BANDS; b++) {
                    slopes[k][b] = unit[k][b] - mean;
                }
            }
            double[][] normal = new double[BANDS][BANDS];
            double[][] right = new double[BANDS][1];
            for (int k = 0; k < BANDS; k++) {
                for (int j = 0; j < BANDS; j++) {
                    for (int b = 0; b < FeatureSet.BANDS; b++) {
                        normal[k][j] += weights[b] * slopes[k][b] * slopes[j][b];
                    }
                }
                normal[k][k] += ridge;
                for (int b = 0; b < FeatureSet.BANDS; b++) {
                    right[k][0] += weights[b] * slopes[k][b] * (to[b] - now[b]);
                }
                right[k][0] -= ridge * gains[k];
            }
            double[][] move = Cholesky.solve(normal, right);
            for (int k = 0; k < BANDS; k++) {
                gains[k] = Math.min(Math.max(gains[k] + move[k][0], -LIMIT_DB), LIMIT_DB);
            }
        }
        return gains;
    }

    /** How much each third octave of a spectrum matters: 1 near the strongest, 0.02 far below. */
    public static double[] audibility(double[] ltasDb) {
        double max = Double.NEGATIVE_INFINITY;
        for (double level : ltasDb) {
            max = Math.max(max, level);
        }
        double[] weights = new double[ltasDb.length];
        for (int b = 0; b < weights.length; b++) {
            weights[b] = Math.min(1.0, Math.max(0.02, (ltasDb[b] - max + 60.0) / 30.0));
        }
        return weights;
    }

    private static double[][][] table() {
        double[][][] table = new double[BANDS][2 * STEPS - 1][FeatureSet.BANDS];
        for (int k = 0; k < BANDS; k++) {
            for (int step = 0; step < 2 * STEPS - 1; step++) {
                EqBand band = ToneBands.ALL.get(k).withGainDb((step - STEPS + 1) * STEP_DB);
                DoubleUnaryOperator response =
                        new ParametricEqSettings(List.of(band))
                                .response(SAMPLE_RATE_HZ, ChannelPlacement.STEREO);
                for (int b = 0; b < FeatureSet.BANDS; b++) {
                    double hz = StrictMath.pow(10.0, (14 + b) / 10.0);
                    table[k][step][b] = response.applyAsDouble(hz);
                }
            }
        }
        return table;
    }
}
