// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.algebra;

import java.util.List;

/** Z-scores with a limit, so that a stray feature cannot shout. */
public record Scaler(double[] mean, double[] inverseSd) {
    /** Largest magnitude of a z-score. */
    public static final double LIMIT = 5.0;

    /** A feature that hardly varies is not blown up: float arithmetic would lose it. */
    private static final double SMALLEST_SD = 0.02;

    public static Scaler of(List<double[]> rows) {
        int width = rows.getFirst().length;
        double[] mean = new double[width];
        double[] variance = new double[width];
        for (double[] row : rows) {
            for (int j = 0; j < width; j++) {
                mean[j] += row[j] / rows.size();
            }
        }
        for (double[] row : rows) {
            for (int j = 0; j < width; j++) {
                variance[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / rows.size();
            }
        }
        double[] inverse = new double[width];
        for (int j = 0; j < width; j++) {
            inverse[j] = 1.0 / Math.max(SMALLEST_SD, StrictMath.sqrt(variance[j]));
        }
        return new Scaler(mean, inverse);
    }

    public double[] apply(double[] row) {
        double[] z = new double[row.length];
        for (int j = 0; j < z.length; j++) {
            z[j] = Math.min(LIMIT, Math.max(-LIMIT, (row[j] - mean[j]) * inverseSd[j]));
        }
        return z;
    }
}
