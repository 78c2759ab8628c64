// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.algebra;

import org.lacquer.inference.tone.Cholesky;

import java.util.List;

/** Linear least squares with a penalty, in closed form: (XᵀX + αI) W = XᵀY, offset unpenalised. */
public final class Ridge {
    private Ridge() {}

    /** Normal equations, summed once for any number of penalties. */
    public static final class Sums {
        private final double[][] xx;
        private final double[][] xy;
        private final double[] xMean;
        private final double[] yMean;
        private final int rows;

        public Sums(List<double[]> x, List<double[]> y) {
            int width = x.getFirst().length;
            int outputs = y.getFirst().length;
            rows = x.size();
            xMean = mean(x, width);
            yMean = mean(y, outputs);
            xx = new double[width][width];
            xy = new double[width][outputs];
            double[] centred = new double[width];
            for (int r = 0; r < rows; r++) {
                double[] row = x.get(r);
                double[] answer = y.get(r);
                for (int i = 0; i < width; i++) {
                    centred[i] = row[i] - xMean[i];
                }
                for (int i = 0; i < width; i++) {
                    double value = centred[i];
                    if (value == 0.0) {
                        continue;
                    }
                    double[] line = xx[i];
                    for (int j = 0; j <= i; j++) {
                        line[j] += value * centred[j];
                    }
                    for (int k = 0; k < outputs; k++) {
                        xy[i][k] += value * (answer[k] - yMean[k]);
                    }
                }
            }
        }

        /** The solution for one penalty. */
        public Dense solve(double alpha) {
            int width = xx.length;
            double[][] penalised = new double[width][];
            for (int i = 0; i < width; i++) {
                penalised[i] = xx[i].clone();
                penalised[i][i] += alpha;
            }
            double[][] solution = Cholesky.solve(penalised, xy);
            float[][] weight = new float[yMean.length][width];
            float[] bias = new float[yMean.length];
            for (int k = 0; k < yMean.length; k++) {
                double offset = yMean[k];
                for (int i = 0; i < width; i++) {
                    weight[k][i] = (float) solution[i][k];
                    offset -= weight[k][i] * xMean[i];
                }
                bias[k] = (float) offset;
            }
            return new Dense(weight, bias);
        }

        public int rows() {
            return rows;
        }

        private static double[] mean(List<double[]> rows, int width) {
            double[] mean = new double[width];
            for (double[] row : rows) {
                for (int i = 0; i < width; i++) {
                    mean[i] += row[i] / rows.size();
                }
            }
            return mean;
        }
    }
}
