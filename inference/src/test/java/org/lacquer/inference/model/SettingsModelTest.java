// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.models.GenreTarget;
import org.lacquer.models.GenreTargets;
import org.lacquer.models.ModelManifest;

import java.util.Arrays;
import java.util.List;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsModelTest {
    private static final String VERSION = Integer.toString(FeatureSet.VERSION);

    private SettingsModel model;

    @BeforeAll
    void load() throws FailureException {
        model = SettingsModel.shipped(VERSION);
    }

    @AfterAll
    void close() {
        model.close();
    }

    @Test
    void shippedModelFitsTheFeatureSetAndTheTargets() {
        ModelManifest manifest = model.manifest();

        assertThat(manifest.featureWidth()).isEqualTo(FeatureSet.SIZE);
        assertThat(manifest.targetWidth()).isEqualTo(FeatureSet.CONTENT);
        assertThat(manifest.neutralTarget()).hasSize(FeatureSet.CONTENT);
        assertThat(manifest.targetKappa()).hasSize(FeatureSet.CONTENT);
        assertThat(manifest.toneModes()).allSatisfy(mode -> assertThat(mode).hasSize(8));
        for (GenreTarget genre : GenreTargets.all()) {
            for (int i = 0; i < FeatureSet.CONTENT; i++) {
                assertThat(genre.featureNames().get(i))
                        .isEqualTo(FeatureSet.features().get(i).name());
            }
        }
    }

    @Test
    void manifestSaysThatTheModelBeatsLoudnessOnly() {
        var metrics = model.manifest().metrics();

        assertThat(metrics.get("modelDb")).isLessThan(metrics.get("loudnessOnlyDb") - 0.2);
        assertThat(metrics.get("harmShare")).isLessThan(0.15);
    }

    @Test
    void sameQuestionGetsTheSameAnswerAloneAndInABatch() throws FailureException {
        Question first = Question.withoutTarget(features(0.0), model.manifest());
        Question second = Question.withoutTarget(features(0.5), model.manifest());
        List<Prediction> batch = model.predict(List.of(first, second, first));

        double[] alone = model.predict(first).mean();
        for (int k = 0; k < alone.length; k++) {
            assertThat(batch.get(0).mean()[k]).isCloseTo(alone[k], within(1e-5));
            assertThat(batch.get(2).mean()[k]).isEqualTo(batch.get(0).mean()[k]);
        }
        assertThat(batch.get(1).mean()).isNotEqualTo(batch.get(0).mean());
    }

    @Test
    void brighterGenreAsksForMoreTreble() throws FailureException {
        GenreTarget metal = GenreTargets.named("metal").orElseThrow();
        GenreTarget ambient = GenreTargets.named("ambient").orElseThrow();
        Prediction towardMetal = model.predict(Question.toward(features(0.0), metal));
        Prediction towardAmbient = model.predict(Question.toward(features(0.0), ambient));

        assertThat(presence(towardMetal)).isGreaterThan(presence(towardAmbient) + 0.2);
    }

    @Test
    void dullMixIsBrightenedAndBrightMixIsDarkened() throws FailureException {
        Prediction dull = model.predict(Question.withoutTarget(tilted(-12.0), model.manifest()));
        Prediction bright = model.predict(Question.withoutTarget(tilted(12.0), model.manifest()));

        assertThat(presence(dull)).isGreaterThan(presence(bright) + 2.0);
    }

    @Test
    void sigmasArePositiveAndFinite() throws FailureException {
        Prediction prediction =
                model.predict(Question.withoutTarget(features(0.0), model.manifest()));

        assertThat(Arrays.stream(prediction.sigma()).allMatch(s -> s > 0.0 && s < 20.0)).isTrue();
        assertThat(prediction.contentDistance()).isFinite();
    }

    @Test
    void strangeContentIsFartherThanOrdinaryContent() throws FailureException {
        double[] strange = features(0.0);
        for (int i = FeatureSet.CONTENT; i < FeatureSet.SIZE; i++) {
            // Like a tone that never changes: no spread, no movement, everything correlated.
            strange[i] = i < FeatureSet.CONTENT_NEIGHBOUR ? 0.0 : 1.0;
        }
        double usual =
                model.predict(Question.withoutTarget(features(0.0), model.manifest()))
                        .contentDistance();
        double far =
                model.predict(Question.withoutTarget(strange, model.manifest())).contentDistance();

        assertThat(far).isGreaterThan(usual);
    }

    @Test
    void otherFeatureSetIsRefused() {
        assertThatThrownBy(() -> SettingsModel.shipped("0"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure()).isInstanceOf(Failure.UnusableModel.class));
    }

    @Test
    void questionOfTheWrongSizeIsACallersMistake() {
        Question wrong = new Question(new double[3], new double[76], new double[2], new double[30]);

        assertThatThrownBy(() -> model.predict(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("311 features");
    }

    @Test
    void gateKeepsClearMovesAndDropsDoubtfulOnes() {
        assertThat(ToneGate.factor(4.0, 1.0, 0.2)).isCloseTo(0.9875, within(1e-12));
        assertThat(ToneGate.factor(0.4, 1.0, 0.2)).isEqualTo(0.0);
        assertThat(ToneGate.factor(0.0, 1.0, 0.2)).isEqualTo(0.0);
        assertThat(ToneGate.factor(0.4, 1.0, 0.0)).isEqualTo(1.0);
    }

    /** From no target to any: continuous, never less for more, never beyond what is wanted. */
    @Test
    void towardATargetDoubtHoldsBackWhatIsLeftOfTheRepair() {
        assertThat(ToneGate.toward(4.0, 1.0, 4.0)).isEqualTo(1.0);
        assertThat(ToneGate.toward(4.0, 1.0, 2.0)).isEqualTo(0.5);
        assertThat(ToneGate.toward(4.0, 1.0, 6.0)).isEqualTo(3.0);
        assertThat(ToneGate.toward(4.0, 1.0, -2.0)).isEqualTo(-2.0);
        assertThat(ToneGate.toward(0.0, 0.0, 1.5)).isEqualTo(1.5);
        for (double repair : new double[] {-5.0, -1.0, 0.0, 2.0}) {
            for (double keep : new double[] {0.0, 0.3, 1.0}) {
                double before = Double.NEGATIVE_INFINITY;
                for (int k = -800; k <= 800; k++) {
                    double wanted = k / 100.0;
                    double move = ToneGate.toward(repair, keep * repair, wanted);
                    assertThat(move).isGreaterThanOrEqualTo(before - 1e-12);
                    assertThat(Math.abs(move)).isLessThanOrEqualTo(Math.abs(wanted) + 1e-12);
                    assertThat(move * wanted).isGreaterThanOrEqualTo(0.0);
                    assertThat(k == -800 ? 0.0 : move - before).isLessThan(0.011);
                    before = move;
                }
            }
        }
    }

    @Test
    void gateNeverEnlargesAMove() {
        ToneGate gate = new ToneGate(model.manifest());
        double[] gains = {2, -1, 0.5, 0, 1, -2, 3, 1};
        double[] sigmas = {1, 1, 1, 1, 1, 1, 1, 1};
        double open = norm(gate.apply(gains, sigmas, 0.0));
        double last = open;
        for (double tau : new double[] {0.1, 0.4, 1.0, 5.0, 100.0}) {
            double now = norm(gate.apply(gains, sigmas, tau));
            assertThat(now).isLessThanOrEqualTo(last + 1e-12);
            last = now;
        }
        assertThat(open).isLessThanOrEqualTo(norm(gains) + 1e-6);
        assertThat(last).isEqualTo(0.0);
    }

    /** Average music as the model knows it: the neutral target, ordinary content, a little off. */
    private double[] features(double offset) {
        double[] features = new double[FeatureSet.SIZE];
        for (int i = 0; i < FeatureSet.CONTENT; i++) {
            features[i] = model.manifest().neutralTarget().get(i) + offset * (i % 3);
        }
        for (int i = FeatureSet.CONTENT; i < FeatureSet.SIZE; i++) {
            String name = FeatureSet.features().get(i).name();
            features[i] = name.contains(".p10.") ? -10.0 : name.contains(".p90.") ? 4.0 : 0.5;
        }
        return features;
    }

    private double[] tilted(double db) {
        double[] features = features(0.0);
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            features[b] += db * (b - 15) / 15.0;
        }
        return features;
    }

    private static double presence(Prediction prediction) {
        return prediction.mean("bell3200.gainDb")
                + prediction.mean("bell7000.gainDb")
                + prediction.mean("highShelf12000.gainDb")
                - prediction.mean("bell140.gainDb")
                - prediction.mean("bell300.gainDb");
    }

    private static double norm(double[] values) {
        double sum = 0.0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
