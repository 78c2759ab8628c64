// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import org.lacquer.inference.tone.EqSolver;
import org.lacquer.training.algebra.Dense;
import org.lacquer.training.algebra.Ridge;
import org.lacquer.training.algebra.Scaler;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.data.BaseRow;
import org.lacquer.training.data.TargetBank;
import org.lacquer.training.data.TrainingRows;
import org.lacquer.training.data.TrainingRows.Example;
import org.lacquer.training.data.TrainingRows.Targets;

import java.util.Arrays;
import java.util.List;

/** The ridge alone, from the training and calibration tracks, as a competitor of the model. */
public final class LinearModel {
    private static final int QUESTIONS = 20;
    private static final int STRETCH_QUESTIONS = 2;

    /** Penalty for 20,000 questions; the one that cross-validation prefers. */
    private static final double ALPHA = 10_000.0;

    private final Scaler scaler;
    private final Dense ridge;

    private LinearModel(Scaler scaler, Dense ridge) {
        this.scaler = scaler;
        this.ridge = ridge;
    }

    public static LinearModel train(List<BaseRow> rows, TargetBank bank) {
        List<BaseRow> heard = rows.stream().filter(row -> row.split() != Split.TEST).toList();
        List<Example> questions =
                TrainingRows.drawAll(
                        heard, bank, QUESTIONS, STRETCH_QUESTIONS, Targets.NONE, "linear/");
        Scaler scaler = Scaler.of(questions.stream().map(Example::question).toList());
        List<double[]> z = questions.stream().map(e -> scaler.apply(e.question())).toList();
        List<double[]> gains =
                questions.stream().map(e -> Arrays.copyOf(e.labels(), EqSolver.BANDS)).toList();
        double alpha = ALPHA * questions.size() / 20_000.0;
        return new LinearModel(scaler, new Ridge.Sums(z, gains).solve(alpha));
    }

    /** EQ gains for a question, neither gated nor bounded. */
    public double[] gainsDb(double[] question) {
        return ridge.apply(scaler.apply(question));
    }
}
