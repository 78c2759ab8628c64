// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import org.lacquer.inference.tone.EqSolver;
import org.lacquer.training.data.TrainingRows.Example;

import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.regression.RandomForest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Smile's random forest, one for each EQ gain, as the baseline to beat. */
public final class ForestBaseline {
    private static final int TREES = 60;
    private static final int MAX_ROWS = 4_000;

    private final LearnedModel inputs;
    private final List<RandomForest> forests = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    /**
     * @param inputs gives the forest the same scores of content that the networks hear
     */
    public ForestBaseline(LearnedModel inputs, List<Example> training) {
        this.inputs = inputs;
        int stride = Math.max(1, training.size() / MAX_ROWS);
        List<double[]> rows = new ArrayList<>();
        List<double[]> labels = new ArrayList<>();
        for (int i = 0; i < training.size(); i += stride) {
            rows.add(input(training.get(i)));
            labels.add(training.get(i).labels());
        }
        int width = rows.getFirst().length;
        for (int j = 0; j < width; j++) {
            names.add("x" + j);
        }
        for (int k = 0; k < EqSolver.BANDS; k++) {
            double[][] table = new double[rows.size()][width + 1];
            for (int r = 0; r < table.length; r++) {
                System.arraycopy(rows.get(r), 0, table[r], 0, width);
                table[r][width] = labels.get(r)[k];
            }
            List<String> columns = new ArrayList<>(names);
            columns.add("y");
            DataFrame frame = DataFrame.of(table, columns.toArray(String[]::new));
            long[] seeds = LongStream.range(1, TREES + 1).toArray();
            forests.add(
                    RandomForest.fit(
                            Formula.lhs("y"),
                            frame,
                            new RandomForest.Options(
                                    TREES, width / 3, 18, 0, 8, 0.5, seeds, null)));
        }
    }

    public double[] gainsDb(Example example) {
        DataFrame frame =
                DataFrame.of(new double[][] {input(example)}, names.toArray(String[]::new));
        double[] gains = new double[EqSolver.BANDS];
        for (int k = 0; k < gains.length; k++) {
            gains[k] = forests.get(k).predict(frame.get(0));
        }
        return gains;
    }

    private double[] input(Example example) {
        double[] z = inputs.scaler().apply(example.question());
        return LearnedModel.networkInput(z, inputs.content().apply(z));
    }
}
