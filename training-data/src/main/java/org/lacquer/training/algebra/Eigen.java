// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.algebra;

/** Strongest eigenvectors of a symmetric matrix by orthogonal iteration from a fixed start. */
public final class Eigen {
    /** Rows are unit vectors, strongest first, the largest entry of each positive. */
    public record Pairs(double[][] vectors, double[] values) {}

    private static final int ROUNDS = 300;

    private Eigen() {}

    public static Pairs strongest(double[][] matrix, int count) {
        int size = matrix.length;
        double[][] vectors = new double[count][size];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < size; i++) {
                vectors[k][i] = StrictMath.cos((k + 1) * (i + 0.5) * 1.7);
            }
        }
        orthonormalise(vectors);
        double[] values = new double[count];
        for (int round = 0; round < ROUNDS; round++) {
            for (int k = 0; k < count; k++) {
                vectors[k] = times(matrix, vectors[k]);
            }
            values = orthonormalise(vectors);
        }
        for (double[] vector : vectors) {
            faceUp(vector);
        }
        return new Pairs(vectors, values);
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] out = new double[vector.length];
        for (int i = 0; i < out.length; i++) {
            for (int j = 0; j < out.length; j++) {
                out[i] += matrix[i][j] * vector[j];
            }
        }
        return out;
    }

    /** Gram and Schmidt, in place; returns the lengths before scaling. */
    private static double[] orthonormalise(double[][] vectors) {
        double[] lengths = new double[vectors.length];
        for (int k = 0; k < vectors.length; k++) {
            for (int j = 0; j < k; j++) {
                double share = dot(vectors[k], vectors[j]);
                for (int i = 0; i < vectors[k].length; i++) {
                    vectors[k][i] -= share * vectors[j][i];
                }
            }
            lengths[k] = StrictMath.sqrt(dot(vectors[k], vectors[k]));
            for (int i = 0; i < vectors[k].length; i++) {
                vectors[k][i] /= Math.max(lengths[k], 1e-300);
            }
        }
        return lengths;
    }

    private static void faceUp(double[] vector) {
        int largest = 0;
        for (int i = 0; i < vector.length; i++) {
            largest = Math.abs(vector[i]) > Math.abs(vector[largest]) ? i : largest;
        }
        if (vector[largest] < 0.0) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] = -vector[i];
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0.0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
