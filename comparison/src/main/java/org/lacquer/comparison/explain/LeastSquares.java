// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

/** Small systems of linear equations. */
final class LeastSquares {
    private LeastSquares() {}

    /**
     * Solves {@code a x = b} by Gaussian elimination with pivots; both are overwritten. A singular
     * direction comes out as 0.
     */
    static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        double[] x = new double[n];
        boolean[] free = new boolean[n];
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int r = k + 1; r < n; r++) {
                pivot = Math.abs(a[r][k]) > Math.abs(a[pivot][k]) ? r : pivot;
            }
            double[] row = a[pivot];
            a[pivot] = a[k];
            a[k] = row;
            double value = b[pivot];
            b[pivot] = b[k];
            b[k] = value;
            if (Math.abs(a[k][k]) < 1e-300) {
                free[k] = true;
                continue;
            }
            for (int r = k + 1; r < n; r++) {
                double factor = a[r][k] / a[k][k];
                for (int c = k; c < n; c++) {
                    a[r][c] -= factor * a[k][c];
                }
                b[r] -= factor * b[k];
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            double sum = b[k];
            for (int c = k + 1; c < n; c++) {
                sum -= a[k][c] * x[c];
            }
            x[k] = free[k] ? 0.0 : sum / a[k][k];
        }
        return x;
    }

    static double mean(double[] values, double[] weights) {
        double sum = 0.0;
        double total = 0.0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
            total += weights[i];
        }
        return total == 0.0 ? 0.0 : sum / total;
    }

    /** Weighted mean square around the weighted mean. */
    static double variance(double[] values, double[] weights) {
        double mean = mean(values, weights);
        double sum = 0.0;
        double total = 0.0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * (values[i] - mean) * (values[i] - mean);
            total += weights[i];
        }
        return total == 0.0 ? 0.0 : sum / total;
    }
}
