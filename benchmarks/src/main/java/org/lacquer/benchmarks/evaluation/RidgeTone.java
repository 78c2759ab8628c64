// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.training.data.BaseRow;
import org.lacquer.training.data.FeatureMeasurer;
import org.lacquer.training.data.Layout;
import org.lacquer.training.data.TargetBank;
import org.lacquer.training.data.TrainingRows;
import org.lacquer.training.learn.LinearModel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The ridge of the training program on its own, without a target, held to the model's cap. */
final class RidgeTone {
    private static final double CAP_DB = 6.0;

    private final LinearModel ridge;
    private final TargetBank bank;

    RidgeTone(List<BaseRow> rows) {
        this.bank = new TargetBank(rows);
        this.ridge = LinearModel.train(rows, bank);
    }

    double[] gainsDb(Path mix) throws IOException {
        double[] features =
                FeatureMeasurer.features(Contest.read(mix))
                        .orElseThrow(() -> new IOException(mix + " has no features"))
                        .vector()
                        .values();
        double[] question = new double[TrainingRows.QUESTION_WIDTH];
        System.arraycopy(features, 0, question, 0, Layout.WIDTH);
        TargetBank.Target none = bank.none();
        System.arraycopy(none.mean(), 0, question, Layout.WIDTH, Layout.TARGET_WIDTH);
        System.arraycopy(none.code(), 0, question, Layout.WIDTH + Layout.TARGET_WIDTH, 2);
        double[] gains = ridge.gainsDb(question);
        for (int k = 0; k < gains.length; k++) {
            gains[k] = Math.max(-CAP_DB, Math.min(CAP_DB, gains[k]));
        }
        return gains;
    }
}
