// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

/** y = W·x + b, one row of W for each output. */
public record Dense(float[][] weight, float[] bias) {
    /** Some of the outputs on their own. */
    public Dense rows(int from, int to) {
        return new Dense(
                java.util.Arrays.copyOfRange(weight, from, to),
                java.util.Arrays.copyOfRange(bias, from, to));
    }

    public double[] apply(double[] x) {
        double[] y = new double[bias.length];
        for (int i = 0; i < y.length; i++) {
            double sum = bias[i];
            for (int j = 0; j < x.length; j++) {
                sum += weight[i][j] * x[j];
            }
            y[i] = sum;
        }
        return y;
    }
}
