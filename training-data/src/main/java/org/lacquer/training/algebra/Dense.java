// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.algebra;

/** y = W·x + b, one row of W for each output. */
public record Dense(float[][] weight, float[] bias) {
    /** Some of the outputs on their own. */
    public Dense rows(int from, int to) {
        return new Dense(
                java.util.Arrays.copyOfRange(weight, from, to),
                java.util.Arrays.copyOfRange(bias, from, to));
    }

    /** The same with some of the outputs as another layer has them. */
    public Dense with(int from, int to, Dense other) {
        float[][] rows = weight.clone();
        float[] offsets = bias.clone();
        for (int k = from; k < to; k++) {
            rows[k] = other.weight[k];
            offsets[k] = other.bias[k];
        }
        return new Dense(rows, offsets);
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
