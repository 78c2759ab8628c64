// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.inference.model.Prediction;
import org.lacquer.inference.model.SettingsModel;
import org.lacquer.inference.model.ToneGate;
import org.lacquer.inference.tone.EqSolver;
import org.lacquer.models.ModelManifest;
import org.lacquer.training.SyntheticMusic;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.data.BaseRow;
import org.lacquer.training.data.Labels;
import org.lacquer.training.data.TrainingRows;
import org.lacquer.training.data.TrainingRows.Example;
import org.lacquer.training.data.TrainingRows.Targets;
import org.lacquer.training.score.Evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A tiny model from audio made here: it learns, it exports, it runs where the shipped one runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LearningTest {
    private final List<BaseRow> rows = new ArrayList<>();
    private ModelTrainer.Result result;
    private byte[] onnx;
    private ModelManifest manifest;
    private List<Example> unseen;

    @BeforeAll
    void train() throws IOException {
        rows.addAll(SyntheticMusic.rows(Split.TRAIN, 6, 4, 5.0));
        rows.addAll(SyntheticMusic.rows(Split.CALIBRATION, 3, 2, 5.0));
        rows.addAll(SyntheticMusic.rows(Split.TEST, 3, 2, 5.0));
        result = new ModelTrainer(note -> {}).train(rows, new ModelTrainer.Effort(40, 0, 60, 1));
        onnx = result.model().toOnnx();
        manifest =
                ModelManifest.parse(
                        ManifestWriter.text(result, onnx, "none", Map.of("example", 1.5)));
        unseen =
                TrainingRows.draw(
                        rows.stream().filter(r -> r.split() == Split.TEST).toList(),
                        result.bank(),
                        20,
                        Targets.NONE,
                        "unseen/");
    }

    @Test
    void modelRepairsToneOfUnseenMusic() {
        Evaluation evaluation = new Evaluation(unseen);
        double untouched = evaluation.measure("none", e -> new double[EqSolver.BANDS]).meanDb();
        double repaired =
                evaluation
                        .measure(
                                "model",
                                e ->
                                        Arrays.copyOf(
                                                result.model().apply(e.question()).mean(),
                                                EqSolver.BANDS))
                        .meanDb();

        // All pieces share one spectrum, so most of a fault is visible: at least 40 % must go.
        assertThat(repaired).isLessThan(0.6 * untouched);
    }

    @Test
    void gatedModelMovesFinishedMastersLessThanUngated() {
        Evaluation evaluation = new Evaluation(unseen);
        double free =
                evaluation
                        .measure(
                                "free",
                                e ->
                                        Arrays.copyOf(
                                                result.model().apply(e.question()).mean(),
                                                EqSolver.BANDS))
                        .moved()
                        .value();
        double gated =
                evaluation
                        .measure(
                                "gated",
                                e ->
                                        Calibration.gate(
                                                result.model().apply(e.question()),
                                                result.toneModes(),
                                                result.toneModeFactors(),
                                                1.0))
                        .moved()
                        .value();

        assertThat(gated).isLessThan(free);
    }

    @Test
    void onnxRuntimeEqualsTheTrainer() throws FailureException {
        try (SettingsModel model = SettingsModel.load(manifest, onnx, "1")) {
            List<Prediction> predictions =
                    model.predict(result.probe().stream().map(OnnxCheck::question).toList());
            for (int r = 0; r < predictions.size(); r++) {
                double[] trainer = result.trainerMeans()[r];
                LearnedModel.Answer exact = result.model().apply(result.probe().get(r));
                for (int k = 0; k < Labels.COUNT; k++) {
                    // Float arithmetic on both sides. Few rows leave large ridge weights; the
                    // shipped model is held to 1e-5 when it is written.
                    double tolerance = 2e-5 * (3.0 + Math.abs(trainer[k]));
                    assertThat(Math.abs(predictions.get(r).mean()[k] - trainer[k]))
                            .as("row %d, %s", r, Labels.NAMES.get(k))
                            .isLessThan(tolerance);
                    assertThat(Math.abs(predictions.get(r).sigma()[k] / exact.sigma()[k] - 1.0))
                            .isLessThan(1e-4);
                }
                for (int i = 0; i < LearnedModel.CONTENT_SCORES; i++) {
                    assertThat(Math.abs(predictions.get(r).content()[i] - exact.content()[i]))
                            .isLessThan(1e-4);
                }
            }
        }
    }

    @Test
    void headsOfTheGraphEqualTheTrainer() throws FailureException {
        LinearHeads heads = result.model().heads();
        try (SettingsModel model = SettingsModel.load(manifest, onnx, "1")) {
            for (double[] row : result.probe().subList(0, 8)) {
                Prediction prediction = model.predict(OnnxCheck.question(row));
                double[] z = result.model().scaler().apply(row);
                double[] change = heads.change().apply(z);
                double[] probabilities = heads.probabilities(z);
                for (int j = 0; j < change.length; j++) {
                    // Levels down to -80 dB in float arithmetic.
                    assertThat(prediction.mastered()[j])
                            .isCloseTo(row[j] + change[j], within(1e-3));
                    assertThat(prediction.masteredSigma()[j] / heads.sigma()[j])
                            .isCloseTo(1.0, within(1e-4));
                }
                for (int k = 0; k < probabilities.length; k++) {
                    assertThat(prediction.probability(LinearHeads.FLAGS.get(k)))
                            .isCloseTo(probabilities[k], within(1e-4));
                }
            }
        }
    }

    @Test
    void masteredFeaturesOfUnseenMusicAreCloserThanTheMixIs() {
        double untouched = 0.0;
        double guessed = 0.0;
        for (Example e : unseen) {
            double[] z = result.model().scaler().apply(e.question());
            double[] change = result.model().heads().change().apply(z);
            for (int b = 0; b < 30; b++) {
                double missing = e.master()[b] - e.question()[b];
                untouched += Math.abs(missing);
                guessed += Math.abs(missing - change[b]);
            }
        }

        // All pieces share one spectrum: most of a fault can be told.
        assertThat(guessed).isLessThan(0.7 * untouched);
    }

    @Test
    void logOddsFollowTheShareOfCases() {
        double[] x = new double[400];
        boolean[] is = new boolean[400];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 2;
            // One in five at 0, four in five at 1.
            is[i] = i % 2 == 0 ? i % 10 == 0 : i % 10 != 1;
        }
        double[] line = LinearHeads.logistic(x, is);

        assertThat(line[1]).isCloseTo(-StrictMath.log(4.0), within(0.01));
        assertThat(line[0] + line[1]).isCloseTo(StrictMath.log(4.0), within(0.01));
    }

    @Test
    void independentParserReadsTheGraph() throws IOException {
        OnnxMl.ModelProto proto = OnnxMl.ModelProto.parseFrom(onnx);

        assertThat(proto.getOpsetImport(0).getVersion()).isEqualTo(17);
        assertThat(proto.getGraph().getInputList())
                .extracting(OnnxMl.ValueInfoProto::getName)
                .containsExactly("features", "target", "code", "style");
        assertThat(proto.getGraph().getOutputList())
                .extracting(OnnxMl.ValueInfoProto::getName)
                .containsExactly(
                        "mean", "log_sigma", "content", "mastered", "mastered_log_sigma", "flags");
        assertThat(proto.getUnknownFields().asMap()).isEmpty();
        assertThat(proto.getGraph().getUnknownFields().asMap()).isEmpty();
    }

    @Test
    void sameRowsGiveTheSameModel() {
        ModelTrainer.Effort little = new ModelTrainer.Effort(6, 0, 1, 1);
        byte[] once = new ModelTrainer(note -> {}).train(rows, little).model().toOnnx();
        byte[] again = new ModelTrainer(note -> {}).train(rows, little).model().toOnnx();

        assertThat(again).isEqualTo(once);
    }

    @Test
    void modelOfAnotherFeatureSetIsRefused() {
        assertThatThrownBy(() -> SettingsModel.load(manifest, onnx, "2"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure()).isInstanceOf(Failure.UnusableModel.class));
    }

    @Test
    void damagedModelIsRefused() {
        byte[] damaged = onnx.clone();
        damaged[damaged.length / 2] ^= 1;

        assertThatThrownBy(() -> SettingsModel.load(manifest, damaged, "1"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure()).isInstanceOf(Failure.UnusableModel.class));
    }

    @Test
    void gateOfTheAppEqualsTheGateOfTheTrainer() {
        LearnedModel.Answer answer = result.model().apply(unseen.getFirst().question());
        double[] here = result.gated(answer);
        double[] there =
                new ToneGate(manifest)
                        .apply(
                                Arrays.copyOf(answer.mean(), EqSolver.BANDS),
                                Arrays.copyOf(answer.sigma(), EqSolver.BANDS),
                                manifest.gateTau());

        for (int k = 0; k < here.length; k++) {
            // The manifest keeps five decimals.
            assertThat(Math.abs(here[k] - there[k])).isLessThan(1e-3);
        }
    }
}
