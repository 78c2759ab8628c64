// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.lacquer.analysis.LoudnessMeter;
import org.lacquer.analysis.TruePeakMeter;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.DitherKind;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.Progress;
import org.lacquer.engine.TestSignals.Collector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

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
    void twoThreadsGiveTheSameAsOne() throws IOException {
        Collector one = new Collector();
        Collector two = new Collector();
        MasteringPlan plan = plan(-9.0, -1.0);
        try (AudioSpool mix = TestSignals.spool(TestSignals.musicLike(44_100, 6.0, 26))) {
            Rendered alone = renderer(true).render(mix, plan, one);
            assertThat(renderer(false).render(mix, plan, two)).isEqualTo(alone);
        }
        assertThat(two.channel(0)).isEqualTo(one.channel(0));
        assertThat(two.channel(1)).isEqualTo(one.channel(1));
        requireNoThreadLeft();
    }

    @Test
    void aDiskThatFillsUpLeavesNoThreadBehind() throws IOException {
        int[] blocks = new int[1];
        Renderer.Attempts full =
                () ->
                        block -> {
                            if (++blocks[0] == 3) {
                                throw new IOException("disk full");
                            }
                        };
        try (AudioSpool mix = TestSignals.spool(TestSignals.musicLike(44_100, 6.0, 27))) {
            assertThatThrownBy(() -> renderer(false).render(mix, plan(-9.0, -1.0), full))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk full");
        }
        assertThat(blocks[0]).isEqualTo(3);
        requireNoThreadLeft();
    }

    private static Renderer renderer(boolean alone) {
        return new Renderer(Path.of("test"), Long.MAX_VALUE, Progress.NONE, alone);
    }

    private static void requireNoThreadLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("lacquer-meter"));
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
                                assertThat(failure.reason())
                                        .containsPattern(
                                                "costs more than 1 dB above -\\d+\\.\\d LUFS")
                                        .containsPattern("would lie \\d+\\.\\d dB above");
                            });
        }
    }

    /** The ceiling holds although shaped noise is up to 23 dB louder than flat. */
    @ParameterizedTest
    @EnumSource(DitherKind.class)
    void everyDitherMeetsLoudnessAndCeiling(DitherKind dither) throws IOException {
        MasteringPlan plan = plan(-9.0, -0.1);
        plan =
                plan.withDelivery(
                        plan.delivery()
                                .withFile(FileFormat.WAV, BitDepth.INT16)
                                .withDither(dither));
        try (AudioSpool mix = TestSignals.spool(TestSignals.musicLike(44_100, 6.0, 25))) {
            Rendered rendered = RENDERER.render(mix, plan, new Collector());
            assertThat(rendered.truePeakDbtp()).isLessThanOrEqualTo(-0.1 + 0.002);
            assertThat(rendered.integratedLufs()).isCloseTo(-9.0, within(0.02));
        }
    }

    @Test
    void editsTrimFadeAndAddSilence() throws IOException {
        int rate = 48_000;
        AudioClip clip = TestSignals.musicLike(rate, 3.0, 26);
        MasteringPlan plan =
                MasteringPlan.of(
                        List.of(),
                        Delivery.DEFAULT
                                .withFile(FileFormat.WAV, BitDepth.FLOAT32)
                                .withEdits(
                                        List.of(
                                                new Edit(Edit.Kind.TRIM_START, 0.5),
                                                new Edit(Edit.Kind.TRIM_END, 0.25),
                                                new Edit(Edit.Kind.FADE_IN, 0.1),
                                                new Edit(Edit.Kind.FADE_OUT, 0.4),
                                                new Edit(Edit.Kind.LEADING_SILENCE, 0.2),
                                                new Edit(Edit.Kind.TRAILING_SILENCE, 1.0))),
                        Provenance.DEFAULT);
        Collector out = new Collector();
        try (AudioSpool mix = TestSignals.spool(clip)) {
            assertThat(RENDERER.render(mix, plan, out).frames()).isEqualTo((long) (3.45 * rate));
        }
        float[] left = out.channel(0);
        int start = rate / 5;
        int frames = (int) (2.25 * rate);
        for (int i = 0; i < left.length; i++) {
            int frame = i - start;
            double expected = 0.0;
            if (frame >= 0 && frame < frames) {
                expected =
                        clip.channel(0)[frame + rate / 2]
                                * fade(frame / (0.1 * rate))
                                * fade((frames - 1 - frame) / (0.4 * rate));
            }
            assertThat(left[i]).as("frame %s", i).isCloseTo((float) expected, within(1e-7f));
        }
    }

    private static double fade(double place) {
        return place >= 1.0 ? 1.0 : 0.5 - 0.5 * Math.cos(Math.PI * place);
    }

    /** Loudness is that of the faded master: the fade is not undone by the limiter. */
    @Test
    void loudnessAndCeilingAreMetBehindAFade() throws IOException {
        MasteringPlan plan = plan(-11.0, -1.0);
        plan =
                plan.withDelivery(
                        plan.delivery()
                                .withEdits(
                                        List.of(
                                                new Edit(Edit.Kind.FADE_OUT, 4.0),
                                                new Edit(Edit.Kind.TRAILING_SILENCE, 2.0))));
        try (AudioSpool mix = TestSignals.spool(TestSignals.musicLike(44_100, 8.0, 27))) {
            Rendered rendered = RENDERER.render(mix, plan, new Collector());
            assertThat(rendered.integratedLufs()).isCloseTo(-11.0, within(0.02));
            assertThat(rendered.truePeakDbtp()).isLessThanOrEqualTo(-1.0);
            assertThat(rendered.frames()).isEqualTo(10L * 44_100);
        }
    }

    @Test
    void trimsThatLeaveNothingAreRefused() throws IOException {
        MasteringPlan plan = plan(-11.0, -1.0);
        Delivery delivery = plan.delivery().withEdits(List.of(new Edit(Edit.Kind.TRIM_START, 2.0)));
        try (AudioSpool mix = TestSignals.spool(TestSignals.musicLike(44_100, 2.0, 28))) {
            assertThatThrownBy(
                            () ->
                                    RENDERER.render(
                                            mix, plan.withDelivery(delivery), new Collector()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("edits must leave some of the mix, which is 2.0 s long");
        }
    }

    /** Bursts of 20 ms, 20 a second, dense enough only when they are rounded off too. */
    @Test
    void clipperHelpsWhereDipsAreNotEnough() throws IOException {
        Random random = new Random(25);
        float[] samples = new float[44_100 * 4];
        for (int i = 0; i < samples.length; i++) {
            double decay = StrictMath.exp(-(i % 2_205) / 300.0);
            samples[i] = (float) (decay * random.nextGaussian());
        }
        double reachable;
        try (AudioSpool mix = TestSignals.spool(new AudioClip(44_100, samples))) {
            reachable = new LoudnessSolver(mix, LimiterSettings.DEFAULT).loudestLufs(24.0);
            MasteringPlan plan =
                    MasteringPlan.of(
                            List.of(LimiterSettings.DEFAULT),
                            Delivery.DEFAULT.withTargetLufs(reachable + 0.1),
                            Provenance.DEFAULT);
            Rendered rendered = RENDERER.render(mix, plan, new Collector());
            assertThat(rendered.plan().limiter().orElseThrow().clipDb()).isEqualTo(3.0);
            assertThat(rendered.integratedLufs()).isCloseTo(reachable + 0.1, within(0.05));
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
