// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.models.GenreTarget;
import org.lacquer.models.GenreTargets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Shapley values of made-up games, and of the shipped model. */
final class CausesTest {
    /** Group g alone adds g + 1; groups 0 and 1 together add 6 more, which they share. */
    @Test
    void gamesWithKnownValues() {
        List<Prediction> answers = new ArrayList<>();
        for (int members = 0; members < 256; members++) {
            double sum = (members & 3) == 3 ? 6.0 : 0.0;
            for (int g = 0; g < 8; g++) {
                sum += (members >> g & 1) * (g + 1.0);
            }
            double[] mean = {sum};
            answers.add(new Prediction(List.of("gain"), mean, mean, mean));
        }
        Causes causes = Causes.of(answers);
        assertThat(causes.of(0))
                .containsExactly(new double[] {4, 5, 3, 4, 5, 6, 7, 8}, within(1e-9));
        assertThat(causes.strongest(0, 3)).containsExactly(7, 6, 5);
    }

    /** All causes together are the answer less the one for average music. */
    @Test
    void causesOfTheShippedModelAddUp() throws Exception {
        try (SettingsModel model = SettingsModel.shipped("1")) {
            double[] features = AverageMusic.features(model.manifest());
            for (int b = 24; b < FeatureSet.BANDS; b++) {
                features[b] -= 6.0;
            }
            GenreTarget metal = GenreTargets.named("metal").orElseThrow();
            Question question = Question.toward(features, metal);
            Causes causes = Causes.of(question, model);
            double[] answer = model.predict(question).mean();
            double[] average =
                    model.predict(
                                    Question.withoutTarget(
                                            AverageMusic.features(model.manifest()),
                                            model.manifest()))
                            .mean();
            for (int s = 0; s < answer.length; s++) {
                assertThat(Arrays.stream(causes.of(s)).sum())
                        .isCloseTo(answer[s] - average[s], within(1e-4));
            }
            int treble = 6;
            assertThat(Causes.GROUPS.get(causes.strongest(treble, 2).getFirst()))
                    .isIn("air", "target");
            assertThat(causes.of(treble)[Causes.GROUPS.indexOf("bass")]).isZero();
            assertThat(causes.of(treble)[Causes.GROUPS.indexOf("air")]).isPositive();
        }
    }

    /**
     * The mean content on file belongs to the model: average music is where its scores are zero.
     */
    @Test
    void averageContentIsTheModels() throws Exception {
        try (SettingsModel model = SettingsModel.shipped("1")) {
            double[] average = AverageMusic.features(model.manifest());
            Prediction answer = model.predict(Question.withoutTarget(average, model.manifest()));
            assertThat(answer.contentDistance()).isLessThan(0.5);
        }
    }
}
