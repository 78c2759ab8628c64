// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.TestSignals.Regime;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;

/** Laws that every stage obeys, over regimes of input. */
final class ProcessorLawsTest {
    private static final int RATE = 44_100;
    private static final int FRAMES = 12_000;

    static Stream<StageSettings> stages() {
        CompressorBand band = new CompressorBand(-30.0, 2.5, 6.0, 8.0, 90.0, 1.5);
        return Stream.of(
                new GainSettings(4.5),
                new HighPassSettings(30.0, 12),
                new HighPassSettings(80.0, 42),
                new ParametricEqSettings(
                        List.of(
                                new EqBand(EqBand.Shape.LOW_SHELF, 70.0, 3.0, 0.7),
                                new EqBand(EqBand.Shape.BELL, 1_500.0, -4.0, 1.2),
                                new EqBand(EqBand.Shape.HIGH_SHELF, 12_000.0, 5.0, 0.7))),
                new LowPassSettings(16_000.0, 30),
                new ParametricEqSettings(
                        List.of(
                                new EqBand(EqBand.Shape.TILT, 700.0, 1.5, 0.3),
                                new EqBand(EqBand.Shape.BAND_SHELF, 3_000.0, -2.0, 0.4),
                                new EqBand(EqBand.Shape.BELL, 90.0, 2.0, 1.0)
                                        .withPlacement(ChannelPlacement.MID),
                                new EqBand(EqBand.Shape.HIGH_SHELF, 9_000.0, 3.0, 0.7)
                                        .withPlacement(ChannelPlacement.SIDE))),
                linearEq(EqPhase.LINEAR),
                linearEq(EqPhase.MIXED),
                dynamicEq(),
                matchingEq(EqPhase.MINIMUM),
                matchingEq(EqPhase.LINEAR),
                new MultibandCompressorSettings(List.of(), List.of(band)),
                new MultibandCompressorSettings(List.of(180.0, 3_200.0), List.of(band, band, band)),
                new MultibandCompressorSettings(
                        List.of(90.0, 400.0, 2_000.0, 7_000.0),
                        List.of(band, band, band, band, band)),
                new MultibandCompressorSettings(
                        List.of(300.0),
                        List.of(
                                band.withLinkPercent(30.0).withRangeDb(4.0),
                                band.withBelow(new BelowThreshold(-50.0, 0.5, 6.0, 10.0)))),
                CompressorSettings.of(-24.0, 2.0, 6.0),
                CompressorSettings.of(-30.0, 4.0, 0.0)
                        .withTimes(0.5, 5.0, CompressorSettings.Release.FIXED)
                        .withLookaheadMs(5.0)
                        .withMakeupDb(3.0)
                        .withMixPercent(60.0)
                        .withRangeDb(8.0)
                        .withSideChain(new SideChain(40.0, 120.0, 3.0, 30.0))
                        .withRouting(CompressorSettings.Routing.MID_SIDE),
                TransientShaperSettings.of(6.0, -4.0),
                new TransientShaperSettings(
                        List.of(150.0, 5_000.0),
                        List.of(
                                new TransientBand(-12.0, 12.0),
                                TransientBand.DEFAULT,
                                new TransientBand(12.0, -12.0))),
                SaturationSettings.of(new SaturationBand(SaturationCurve.TAPE, 6.0, 100.0, 0.0)),
                SaturationSettings.of(new SaturationBand(SaturationCurve.TUBE, 0.0, 40.0, 0.2)),
                new SaturationSettings(
                        List.of(200.0, 4_000.0),
                        List.of(
                                new SaturationBand(SaturationCurve.TRANSFORMER, 3.0, 50.0, 0.0),
                                new SaturationBand(SaturationCurve.TUBE, 24.0, 0.0, 0.0),
                                new SaturationBand(SaturationCurve.SOFT_CLIP, 24.0, 100.0, -0.5)),
                        -10.0),
                new StereoWidthSettings(2.0, 120.0),
                new StereoWidthSettings(-60.0, 0.0),
                new StereoWidthSettings(1.0, 90.0)
                        .withBands(List.of(250.0, 4_000.0), List.of(-6.0, 0.0, 3.0)),
                limiter(0.0, -1.0),
                limiter(18.0, -0.1),
                new LimiterSettings(OptionalDouble.of(6.0), -3.0, 6.0, 0.5, 0.0, 10.0),
                new LimiterSettings(OptionalDouble.of(6.0), -1.0, 1.5, 20.0, 60.0, 2_000.0),
                limiter(9.0, -1.0)
                        .withCharacter(LimiterSettings.Character.PUNCHY)
                        .withLinkPercent(30.0)
                        .withClipDb(2.0),
                limiter(9.0, -1.0)
                        .withCharacter(LimiterSettings.Character.LOUD)
                        .withLinkPercent(0.0));
    }

    private static ParametricEqSettings linearEq(EqPhase phase) {
        return new ParametricEqSettings(
                List.of(
                        new EqBand(EqBand.Shape.BELL, 400.0, -3.0, 0.9),
                        new EqBand(EqBand.Shape.HIGH_SHELF, 9_000.0, 3.0, 0.7)
                                .withPlacement(ChannelPlacement.SIDE)),
                phase);
    }

    private static DynamicEqSettings dynamicEq() {
        DynamicEqBand deEsser = DynamicEqBand.DEFAULT;
        return new DynamicEqSettings(
                List.of(
                        deEsser,
                        new DynamicEqBand(
                                EqBand.Shape.LOW_SHELF,
                                120.0,
                                0.7,
                                -30.0,
                                4.0,
                                -6.0,
                                0.0,
                                0.5,
                                5.0,
                                DynamicEqBand.Trigger.ABOVE,
                                ChannelPlacement.MID,
                                OptionalDouble.empty(),
                                OptionalDouble.empty()),
                        new DynamicEqBand(
                                EqBand.Shape.HIGH_SHELF,
                                5_000.0,
                                0.7,
                                -50.0,
                                2.0,
                                3.0,
                                6.0,
                                5.0,
                                100.0,
                                DynamicEqBand.Trigger.BELOW,
                                ChannelPlacement.SIDE,
                                OptionalDouble.of(3_000.0),
                                OptionalDouble.of(1.0))));
    }

    private static MatchingEqSettings matchingEq(EqPhase phase) {
        return new MatchingEqSettings(
                List.of(60.0, 200.0, 1_000.0, 6_000.0, 15_000.0),
                List.of(2.0, -1.5, 0.0, 1.0, 7.0),
                List.of(-9.0, -1.5, 0.0, 1.0, 3.0),
                6.0,
                0.5,
                phase);
    }

    /** Long enough that a stage with latency hands out {@link #FRAMES} frames, too. */
    private static int frames(StageSettings stage) {
        return FRAMES + stage.prepare(new StreamFormat(RATE, 2)).latencyFrames();
    }

    private static LimiterSettings limiter(double driveDb, double ceilingDbtp) {
        return LimiterSettings.DEFAULT.withDriveDb(driveDb).withCeilingDbtp(ceilingDbtp);
    }

    @ParameterizedTest
    @MethodSource("stages")
    void blockPartitionIsInaudible(StageSettings stage) {
        int frames = frames(stage);
        for (Regime regime : Regime.values()) {
            AudioClip clip = TestSignals.clip(regime, RATE, 2, frames, 1);
            float[][] whole = TestSignals.run(stage.prepare(clip.format()), clip, null);
            float[][] parts = TestSignals.run(stage.prepare(clip.format()), clip, new Random(2));
            assertThat(parts).as("%s", regime).isDeepEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("stages")
    void resetEqualsFresh(StageSettings stage) {
        int frames = frames(stage);
        AudioClip first = TestSignals.clip(Regime.TWICE_FULL_SCALE, RATE, 2, frames, 3);
        AudioClip second = TestSignals.clip(Regime.MUSIC_LIKE, RATE, 2, frames, 4);
        Processor used = stage.prepare(first.format());
        TestSignals.run(used, first, null);
        used.reset();
        assertThat(TestSignals.run(used, second, null))
                .isDeepEqualTo(TestSignals.run(stage.prepare(second.format()), second, null));
    }

    @ParameterizedTest
    @MethodSource("stages")
    void silenceStaysSilence(StageSettings stage) {
        int frames = frames(stage);
        AudioClip clip = new AudioClip(RATE, new float[frames], new float[frames]);
        for (float[] channel : TestSignals.run(stage.prepare(clip.format()), clip, null)) {
            assertThat(channel).containsOnly(0f);
        }
    }

    @ParameterizedTest
    @MethodSource("stages")
    void hostileInputStaysFinite(StageSettings stage) {
        int frames = frames(stage);
        for (Regime regime : Regime.values()) {
            AudioClip clip = TestSignals.clip(regime, RATE, 2, frames, 5);
            for (int c = 0; c < 2; c++) {
                for (int i = 0; i < frames; i++) {
                    clip.channel(c)[i] *= 1e6f;
                }
            }
            for (float[] channel : TestSignals.run(stage.prepare(clip.format()), clip, null)) {
                for (float sample : channel) {
                    assertThat(Float.isFinite(sample)).as("%s", regime).isTrue();
                }
            }
        }
    }

    /**
     * A click far below every threshold comes out where the latency says, and nothing comes out
     * before but the ripples of oversampling, below 2 % of it; of an equaliser without minimum
     * phase the largest sample does. Width filters the side signal, so there the click is in the
     * middle.
     */
    @ParameterizedTest
    @MethodSource("stages")
    void latencyIsAsReported(StageSettings stage) {
        int frames = frames(stage);
        AudioClip clip = new AudioClip(RATE, new float[frames], new float[frames]);
        clip.channel(0)[1_000] = 1e-4f;
        clip.channel(1)[1_000] = stage instanceof StereoWidthSettings ? 1e-4f : 0f;
        Processor processor = stage.prepare(clip.format());
        float[] out = TestSignals.run(processor, clip, null)[0];
        int place = ringsBefore(stage) ? largest(out) : first(out, ripple(stage));
        assertThat(place).isEqualTo(1_000 + processor.latencyFrames());
    }

    private static boolean ringsBefore(StageSettings stage) {
        return stage instanceof ParametricEqSettings eq && eq.phase() != EqPhase.MINIMUM
                || stage instanceof MatchingEqSettings match && match.phase() != EqPhase.MINIMUM;
    }

    /** What may come before the click: an FFT leaves its rounding anywhere, 140 dB down. */
    private static float ripple(StageSettings stage) {
        return stage instanceof SaturationSettings ? 0.02f : 1e-7f;
    }

    private static int first(float[] samples, float ripple) {
        float smallest = ripple * Math.abs(samples[largest(samples)]);
        int first = 0;
        while (Math.abs(samples[first]) <= smallest) {
            first++;
        }
        return first;
    }

    private static int largest(float[] samples) {
        int largest = 0;
        for (int i = 0; i < samples.length; i++) {
            largest = Math.abs(samples[i]) > Math.abs(samples[largest]) ? i : largest;
        }
        return largest;
    }

    @ParameterizedTest
    @MethodSource("stages")
    void runsOnMonoAndAtEveryRate(StageSettings stage) {
        for (int rate : new int[] {8_000, 22_050, 48_000, 96_000, 192_000, 384_000}) {
            AudioClip clip = TestSignals.clip(Regime.MUSIC_LIKE, rate, 1, 4_000, 6);
            float[] out = TestSignals.run(stage.prepare(new StreamFormat(rate, 1)), clip, null)[0];
            for (float sample : out) {
                assertThat(Float.isFinite(sample)).as("%d Hz", rate).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("stages")
    void channelsThatAreEqualStayEqual(StageSettings stage) {
        AudioClip one = TestSignals.clip(Regime.MUSIC_LIKE, RATE, 1, frames(stage), 7);
        AudioClip both = new AudioClip(RATE, one.channel(0).clone(), one.channel(0).clone());
        float[][] out = TestSignals.run(stage.prepare(both.format()), both, null);
        assertThat(out[1]).isEqualTo(out[0]);
    }
}
