// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lacquer.analysis.LoudnessMeter;
import org.lacquer.analysis.TruePeakMeter;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.Progress;
import org.lacquer.engine.TestSignals.Collector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

final class RendererTest {
    private static final Renderer RENDERER =
            new Renderer(Path.of("test"), Long.MAX_VALUE, Progress.NONE);

    @ParameterizedTest
    @CsvSource({
        "-23, -1, 44100",
        "-16, -1, 48000",
        "-14, -1, 44100",
        "-11, -2, 96000",
        "-9, -0.5, 44100",
        "-6, -1, 48000"
    })
    void loudnessAndCeilingAreMetTogether(double targetLufs, double ceilingDbtp, int rate)
            throws IOException {
        Collector out = new Collector();
        MasteringPlan plan =
                plan(targetLufs, ceilingDbtp)
                        .withDelivery(
                                Delivery.DEFAULT
                                        .withTargetLufs(targetLufs)
                                        .withSampleRateHz(rate)
                                        .withFile(FileFormat.WAV, BitDepth.INT16));
        try (AudioSpool mix = TestSignals.spool(TestSignals.musicLike(44_100, 12.0, 21))) {
            Rendered rendered = RENDERER.render(mix, plan, out);
            AudioBlock master = AudioBlock.wrap(out.channel(0), out.channel(1));
            LoudnessMeter loudness = new LoudnessMeter(rendered.format());
            loudness.write(master);
            TruePeakMeter peaks = new TruePeakMeter(rendered.format());
            peaks.write(master);
            peaks.finish();
            assertThat(loudness.loudness().integratedLufs()).isCloseTo(targetLufs, within(0.02));
            assertThat(peaks.truePeakDbtp()).isLessThanOrEqualTo(ceilingDbtp);
            assertThat(rendered.integratedLufs()).isEqualTo(loudness.loudness().integratedLufs());
            assertThat(rendered.truePeakDbtp()).isEqualTo(peaks.truePeakDbtp());
            assertThat(master.frames()).isEqualTo((int) Math.round(12.0 * rate));
        }
    }

    @Test
    void solvedPlanGivesTheSameSamples() throws IOException {
        Collector first = new Collector();
        Collector second = new Collector();
        try (AudioSpool mix = TestSignals.spool(TestSignals.musicLike(44_100, 6.0, 22))) {
            Rendered rendered = RENDERER.render(mix, plan(-10.0, -1.0), first);
            assertThat(rendered.plan().solved()).isTrue();
            MasteringPlan reread = PlanYaml.parse(PlanYaml.write(rendered.plan()));
            assertThat(RENDERER.render(mix, reread, second).plan()).isEqualTo(rendered.plan());
        }
        assertThat(second.channel(0)).isEqualTo(first.channel(0));
        assertThat(second.channel(1)).isEqualTo(first.channel(1));
    }

    @Test
    void emptyPlanAtFloatDepthChangesNothing() throws IOException {
        AudioClip clip = TestSignals.musicLike(48_000, 2.0, 23);
        Collector out = new Collector();
        MasteringPlan plan =
                MasteringPlan.of(
                        List.of(),
                        Delivery.DEFAULT.withFile(FileFormat.WAV, BitDepth.FLOAT32),
                        Provenance.DEFAULT);
        try (AudioSpool mix = TestSignals.spool(clip)) {
            RENDERER.render(mix, plan, out);
        }
        assertThat(out.channel(0)).isEqualTo(clip.channel(0));
        assertThat(out.channel(1)).isEqualTo(clip.channel(1));
    }

    @Test
    void impossibleLoudnessSaysWhatCanBeReached() throws IOException {
        float[] clicks = new float[44_100 * 4];
        for (int i = 0; i < clicks.length; i += 22_050) {
            clicks[i] = 0.9f;
        }
        try (AudioSpool mix = TestSignals.spool(new AudioClip(44_100, clicks))) {
            assertThatThrownBy(() -> RENDERER.render(mix, plan(-6.0, -1.0), new Collector()))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> {
                                var failure = (Failure.UnreachableDelivery) e.failure();
                                assertThat(failure.wantedLufs()).isEqualTo(-6.0);
                                assertThat(failure.reachableLufs()).isLessThan(-6.0);
                            });
        }
    }

    @Test
    void silenceIsRefused() throws IOException {
        try (AudioSpool mix =
                TestSignals.spool(new AudioClip(44_100, new float[44_100], new float[44_100]))) {
            assertThatThrownBy(() -> RENDERER.render(mix, plan(-14.0, -1.0), new Collector()))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure()).isInstanceOf(Failure.SilentInput.class));
        }
    }

    @Test
    void reductionsAreReported() throws IOException {
        try (AudioSpool mix = TestSignals.spool(TestSignals.musicLike(44_100, 6.0, 24))) {
            Rendered rendered = RENDERER.render(mix, plan(-8.0, -1.0), new Collector());
            assertThat(rendered.reductions().get("limiter").getLast().maxDb()).isGreaterThan(1.0);
            assertThat(rendered.reductions().get("multiband-compressor")).hasSize(3);
        }
    }

    private static MasteringPlan plan(double targetLufs, double ceilingDbtp) {
        CompressorBand band = new CompressorBand(-26.0, 1.6, 6.0, 12.0, 140.0, 0.0);
        return MasteringPlan.of(
                List.of(
                        new GainSettings(1.0),
                        new HighPassSettings(25.0, 12),
                        new ParametricEqSettings(
                                List.of(
                                        new EqBand(EqBand.Shape.LOW_SHELF, 70.0, -1.5, 0.7),
                                        new EqBand(EqBand.Shape.HIGH_SHELF, 12_000.0, 2.0, 0.7))),
                        new MultibandCompressorSettings(
                                List.of(180.0, 3_200.0), List.of(band, band, band)),
                        new StereoWidthSettings(0.5, 100.0),
                        LimiterSettings.DEFAULT.withCeilingDbtp(ceilingDbtp)),
                Delivery.DEFAULT.withTargetLufs(targetLufs),
                Provenance.DEFAULT);
    }
}
