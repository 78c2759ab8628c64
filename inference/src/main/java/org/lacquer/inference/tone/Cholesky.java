// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.tone;

/** Solves A·X = B for a symmetric positive definite A by A = L·Lᵀ. */
public final class Cholesky {
    private Cholesky() {}

    /**
     * @param a square; only the lower triangle is read
     * @param b one column per right side
     * @throws IllegalArgumentException when {@code a} is not positive definite
     */
    public static double[][] solve(double[][] a, double[][] b) {
        double[][] lower = factor(a);
        int size = a.length;
        int columns = b[0].length;
        double[][] x = new double[size][];
        for (int i = 0; i < size; i++) {
            x[i] = b[i].clone();
            for (int j = 0; j < i; j++) {
                subtract(x[i], lower[i][j], x[j], columns);
            }
            divide(x[i], lower[i][i]);
        }
        for (int i = size - 1; i >= 0; i--) {
            for (int j = i + 1; j < size; j++) {
                subtract(x[i], lower[j][i], x[j], columns);
            }
            divide(x[i], lower[i][i]);
        }
        return x;
    }

    private static double[][] factor(double[][] a) {
        double[][] lower = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (i != j) {
                    lower[i][j] = sum / lower[j][j];
                } else if (sum > 0.0) {
                    lower[i][i] = StrictMath.sqrt(sum);
                } else {
                    throw new IllegalArgumentException("matrix is not positive definite");
                }
            }
        }
        return lower;
    }

    private static void subtract(double[] row, double factor, double[] other, int columns) {
        for (int c = 0; c < columns; c++) {
            row[c] -= factor * other[c];
        }
    }

    private static void divide(double[] row, double divisor) {
        for (int c = 0; c < row.length; c++) {
            row[c] /= divisor;
        }
    }
}
