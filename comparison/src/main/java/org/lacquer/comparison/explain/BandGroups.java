// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import java.util.Arrays;

/**
 * Neighbouring parts of the spectrum whose gain moved together: the split into groups with the
 * least variance inside, by dynamic programming (R. Bellman, "On the approximation of curves by
 * line segments using dynamic programming", 1961).
 */
final class BandGroups {
    private final double[][] moves;
    private final double[][] weights;

    /** cost[first][last]: sum of squares around the common movement. */
    private final double[][] costs;

    /**
     * @param moves gain in dB by part and frame
     */
    BandGroups(double[][] moves, double[][] weights) {
        int parts = moves.length;
        this.moves = new double[parts][];
        this.weights = weights;
        for (int k = 0; k < parts; k++) {
            this.moves[k] = smoothed(moves[k], weights[k]);
        }
        this.costs = new double[parts][parts];
        for (int from = 0; from < parts; from++) {
            for (int to = from; to < parts; to++) {
                costs[from][to] = cost(from, to);
            }
        }
    }

    /** Mean removed, and averaged over seven frames. */
    private static double[] smoothed(double[] values, double[] weights) {
        double mean = LeastSquares.mean(values, weights);
        double[] out = new double[values.length];
        for (int t = 0; t < values.length; t++) {
            double sum = 0.0;
            double total = 1e-12;
            for (int j = Math.max(0, t - 3); j <= Math.min(values.length - 1, t + 3); j++) {
                sum += weights[j] * (values[j] - mean);
                total += weights[j];
            }
            out[t] = sum / total;
        }
        return out;
    }

    private double cost(int from, int to) {
        double cost = 0.0;
        for (int t = 0; t < moves[0].length; t++) {
            double sum = 0.0;
            double total = 1e-12;
            for (int k = from; k <= to; k++) {
                sum += weights[k][t] * moves[k][t];
                total += weights[k][t];
            }
            double mean = sum / total;
            for (int k = from; k <= to; k++) {
                cost += weights[k][t] * (moves[k][t] - mean) * (moves[k][t] - mean);
            }
        }
        return cost;
    }

    /** First part of each group, and the number of parts. */
    int[] split(int groups) {
        int parts = moves.length;
        double[][] best = new double[groups + 1][parts + 1];
        int[][] from = new int[groups + 1][parts + 1];
        for (double[] row : best) {
            Arrays.fill(row, Double.POSITIVE_INFINITY);
        }
        best[0][0] = 0.0;
        for (int g = 1; g <= groups; g++) {
            for (int end = g; end <= parts; end++) {
                for (int start = g - 1; start < end; start++) {
                    double cost = best[g - 1][start] + costs[start][end - 1];
                    if (cost < best[g][end]) {
                        best[g][end] = cost;
                        from[g][end] = start;
                    }
                }
            }
        }
        int[] starts = new int[groups + 1];
        starts[groups] = parts;
        for (int g = groups; g > 0; g--) {
            starts[g - 1] = from[g][starts[g]];
        }
        return starts;
    }
}
