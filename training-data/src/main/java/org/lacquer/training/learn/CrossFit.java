// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import org.lacquer.training.data.Folds;
import org.lacquer.training.data.TrainingRows.Example;

import java.util.List;

/**
 * The parts of a model by fold: {@code models.get(f)} learned from all packages outside fold f.
 * What the whole model's calibration and every choice rest on.
 */
public record CrossFit(Folds folds, List<LearnedModel> models) {
    /** The part that never heard the question's package. */
    public LearnedModel deafTo(Example example) {
        return models.get(folds.of(example.packageName()));
    }

    /** Its answer. */
    public LearnedModel.Answer answer(Example example) {
        return deafTo(example).apply(example.question());
    }

    /** The same with calibrated sigmas. */
    CrossFit withSigmas(double[] factor) {
        return new CrossFit(
                folds, models.stream().map(m -> m.withSigmas(factor, m.sigmaFloor())).toList());
    }
}
