// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import org.lacquer.audio.FailureException;
import org.lacquer.inference.model.Prediction;
import org.lacquer.inference.model.Question;
import org.lacquer.inference.model.SettingsModel;
import org.lacquer.models.ModelManifest;
import org.lacquer.training.data.FeatureMeasurer;
import org.lacquer.training.data.Layout;

import java.util.Arrays;
import java.util.List;

/** Runs a written model where the app runs it and compares it with the trainer's own answers. */
public final class OnnxCheck {
    private OnnxCheck() {}

    /** Largest difference of a mean, in standardised units (3 dB of EQ and the like). */
    public static double largestDifference(ModelTrainer.Result result, String manifest, byte[] onnx)
            throws FailureException {
        List<Question> questions = result.probe().stream().map(OnnxCheck::question).toList();
        double largest = 0.0;
        try (SettingsModel model =
                SettingsModel.load(ModelManifest.parse(manifest), onnx, FeatureMeasurer.VERSION)) {
            List<Prediction> predictions = model.predict(questions);
            for (int r = 0; r < predictions.size(); r++) {
                double[] mean = predictions.get(r).mean();
                for (int k = 0; k < mean.length; k++) {
                    double difference =
                            (mean[k] - result.trainerMeans()[r][k])
                                    / result.model().labelScale()[k];
                    largest = Math.max(largest, Math.abs(difference));
                }
            }
        }
        return largest;
    }

    /** The parts of a training question as the app asks them. */
    public static Question question(double[] row) {
        int target = Layout.WIDTH + Layout.TARGET_WIDTH;
        return new Question(
                Arrays.copyOf(row, Layout.WIDTH),
                Arrays.copyOfRange(row, Layout.WIDTH, target),
                Arrays.copyOfRange(row, target, target + Layout.CODE_WIDTH),
                Arrays.copyOfRange(row, target + Layout.CODE_WIDTH, row.length));
    }
}
