// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.analysis.Finding;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.Progress;
import org.lacquer.comparison.explain.ExplainedStage;
import org.lacquer.comparison.explain.Explainer;
import org.lacquer.comparison.explain.Explanation;
import org.lacquer.comparison.explain.MasterFacts;
import org.lacquer.engine.CompressorSettings;
import org.lacquer.engine.Delivery;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.GainReduction;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.Provenance;
import org.lacquer.engine.Rendered;
import org.lacquer.engine.Renderer;
import org.lacquer.engine.SaturationBand;
import org.lacquer.engine.SaturationCurve;
import org.lacquer.engine.SaturationSettings;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Known plans, rendered and recovered. Tolerances are the goals of docs/explain-figures.md. */
final class ExplanationTest {
    private static final float[][] SONG = TestAudio.song(12.0, 5);

    private record Made(Explanation explanation, Rendered truth, Rendered again) {
        double reductionDb(Rendered rendered) {
            List<GainReduction> reductions = rendered.reductions().get("compressor");
            return reductions == null ? 0.0 : reductions.getFirst().meanDb();
        }
    }

    private static Made made(StageSettings... stages) throws IOException {
        float[][] master = new float[2][SONG[0].length];
        Rendered truth = render(List.of(stages), master);
        Explanation explanation = explain(SONG, master, truth.truePeakDbtp());
        Rendered again = render(explanation.plan().stages(), new float[2][SONG[0].length]);
        return new Made(explanation, truth, again);
    }

    private static Explanation explain(float[][] mix, float[][] master, double truePeakDbtp) {
        return Explainer.explain(
                new AudioClip(TestAudio.RATE, mix),
                new AudioClip(TestAudio.RATE, master),
                new MasterFacts(truePeakDbtp, -14.0, TestAudio.RATE, BitDepth.INT24, 0.0),
                Progress.NONE);
    }

    private static Rendered render(List<StageSettings> stages, float[][] out) throws IOException {
        try (AudioSpool spool = TestAudio.spool(SONG)) {
            return new Renderer(Path.of("mix"), Long.MAX_VALUE, Progress.NONE)
                    .render(
                            spool,
                            MasteringPlan.of(stages, Delivery.DEFAULT, Provenance.DEFAULT),
                            () -> {
                                int[] position = new int[1];
                                return block -> position[0] = keep(block, out, position[0]);
                            });
        }
    }

    private static int keep(AudioBlock block, float[][] out, int position) {
        for (int c = 0; c < 2; c++) {
            System.arraycopy(block.channel(c), 0, out[c], position, block.frames());
        }
        return position + block.frames();
    }

    private static List<String> names(Explanation explanation) {
        return explanation.stages().stream().map(ExplainedStage::stage).toList();
    }

    @Test
    void toneWidthCompressionAndLimitingComeBack() throws IOException {
        ParametricEqSettings tone =
                new ParametricEqSettings(
                        List.of(
                                new EqBand(EqBand.Shape.BELL, 300.0, -3.0, 1.0),
                                new EqBand(EqBand.Shape.HIGH_SHELF, 6_000.0, 2.5, 0.7)));
        Made made =
                made(
                        tone,
                        CompressorSettings.of(-24.0, 2.5, 6.0)
                                .withTimes(15.0, 150.0, CompressorSettings.Release.FIXED),
                        new StereoWidthSettings(2.0, 0.0),
                        LimiterSettings.DEFAULT.withDriveDb(9.0));
        Explanation explanation = made.explanation();
        assertThat(names(explanation))
                .containsExactly("parametric-eq", "compressor", "stereo-width", "limiter");
        ParametricEqSettings found = stage(explanation, ParametricEqSettings.class);
        double level =
                found.responseDb(1_000.0, TestAudio.RATE)
                        - tone.responseDb(1_000.0, TestAudio.RATE);
        for (double hz : new double[] {80.0, 160.0, 300.0, 600.0, 2_500.0, 5_000.0, 10_000.0}) {
            assertThat(found.responseDb(hz, TestAudio.RATE) - level)
                    .as("tone at " + hz)
                    .isCloseTo(tone.responseDb(hz, TestAudio.RATE), within(1.0));
        }
        assertThat(stage(explanation, StereoWidthSettings.class).sideGainDb())
                .isCloseTo(2.0, within(0.3));
        assertThat(made.reductionDb(made.again()))
                .isCloseTo(made.reductionDb(made.truth()), within(1.5));
        assertThat(made.again().integratedLufs())
                .isCloseTo(made.truth().integratedLufs(), within(0.5));
        assertThat(explanation.left().movementDb())
                .isLessThan(0.3 * explanation.left().movementBeforeDb());
        assertThat(explanation.stages())
                .allSatisfy(stage -> assertThat(stage.confidence()).isBetween(0.3, 1.0))
                .allSatisfy(stage -> assertThat(stage.because()).endsWith("."));
    }

    @Test
    void saturationIsToldFromCompression() throws IOException {
        Made made =
                made(
                        new HighPassSettings(40.0, 24),
                        SaturationSettings.of(
                                new SaturationBand(SaturationCurve.TUBE, 10.0, 60.0, 0.0)));
        assertThat(names(made.explanation())).contains("high-pass", "saturation");
        SaturationSettings found = stage(made.explanation(), SaturationSettings.class);
        assertThat(found.bands().getFirst().curve()).isEqualTo(SaturationCurve.TUBE);
        assertThat(made.explanation().left().residualDb())
                .isLessThan(made.explanation().left().residualBeforeDb() - 6.0);
    }

    @Test
    void ofACopyNothingIsSaid() {
        Explanation explanation = explain(SONG, SONG, 0.0);
        assertThat(explanation.stages()).isEmpty();
        assertThat(explanation.plan().stages()).isEmpty();
        assertThat(explanation.findings()).extracting(Finding::code).contains("nothing-done");
    }

    @Test
    void aQuieterCopyIsAGain() {
        float[][] half = new float[2][SONG[0].length];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < half[c].length; i++) {
                half[c][i] = 0.5f * SONG[c][i];
            }
        }
        Explanation explanation = explain(SONG, half, -10.0);
        assertThat(names(explanation)).containsExactly("gain");
        assertThat(explanation.stages().getFirst().evidence().get("gainDb"))
                .isCloseTo(-6.02, within(0.02));
    }

    @Test
    void aMonoMasterHasNoSidesAndAMonoMixGivesNone() {
        float[] middle = new float[SONG[0].length];
        for (int i = 0; i < middle.length; i++) {
            middle[i] = 0.5f * (SONG[0][i] + SONG[1][i]);
        }
        float[][] mono = {middle, middle};
        Explanation folded = explain(SONG, mono, -1.0);
        assertThat(stage(folded, StereoWidthSettings.class).sideGainDb()).isEqualTo(-60.0);
        assertThat(explain(mono, SONG, -1.0).findings())
                .extracting(Finding::code)
                .contains("stereo-added");
    }

    private static <T> T stage(Explanation explanation, Class<T> kind) {
        return explanation.plan().stages().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }
}
