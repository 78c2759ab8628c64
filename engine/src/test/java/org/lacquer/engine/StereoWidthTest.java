// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Biquad;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Fft;
import org.lacquer.audio.FilterDesign;
import org.lacquer.audio.Processor;
import org.lacquer.engine.Responses.Response;
import org.lacquer.engine.TestSignals.Regime;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

final class StereoWidthTest {
    private static final int RATE = 44_100;
    private static final int FRAMES = 1 << 17;
    private static final int GUARD_RATE = 22_050;

    @ParameterizedTest
    @CsvSource({"-60, 0", "-3, 0", "9, 0"})
    void monoStaysAsItIs(double sideGainDb, double bassMonoHz) {
        float[] mono = TestSignals.clip(Regime.MUSIC_LIKE, RATE, 1, 20_000, 41).channel(0);
        float[][] out = run(sideGainDb, bassMonoHz, mono.clone(), mono.clone());
        assertThat(out[0]).isEqualTo(mono);
        assertThat(out[1]).isEqualTo(mono);
    }

    /** Mid is untouched and side is scaled, to one rounding to float of each channel. */
    @ParameterizedTest
    @ValueSource(doubles = {-60.0, -6.0, -0.5, 3.0, 9.0})
    void onlyTheSideGetsTheGain(double sideGainDb) {
        AudioClip clip = TestSignals.musicLike(RATE, 0.5, 42);
        float[] left = clip.channel(0);
        float[] right = clip.channel(1);
        float[][] out = run(sideGainDb, 0.0, left.clone(), right.clone());
        double gain = Decibels.toGain(sideGainDb);
        for (int i = 0; i < clip.frames(); i++) {
            double tolerance = Math.ulp(Math.max(Math.abs(out[0][i]), Math.abs(out[1][i])));
            assertThat(((double) out[0][i] + out[1][i]) / 2.0)
                    .isCloseTo(((double) left[i] + right[i]) / 2.0, within(tolerance));
            assertThat(((double) out[0][i] - out[1][i]) / 2.0)
                    .isCloseTo(gain * ((double) left[i] - right[i]) / 2.0, within(tolerance));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {40.0, 120.0, 400.0})
    void bassMonoTakesTheSideDownBy12DbAnOctave(double bassMonoHz) {
        float[] left = new float[FRAMES];
        float[] right = new float[FRAMES];
        left[0] = 0.5f;
        right[0] = -0.5f;
        float[][] out = run(0.0, bassMonoHz, left, right);
        float[] side = new float[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            assertThat(out[0][i]).isEqualTo(-out[1][i]);
            side[i] = out[0][i];
        }
        Response response = Responses.Response.of(side, 0.5f, RATE);
        double[] octaves = {0.125, 0.25, 0.5, 1.0, 2.0, 8.0};
        for (double ratio : octaves) {
            int bin = response.binOf(ratio * bassMonoHz);
            double x = response.frequencyHz(bin) / bassMonoHz;
            if (x < 0.3) {
                // The bell's spread: 1 - d⁴ -> (4/6) (π 0.31892 x)², 12 dB per octave.
                assertThat(response.db(bin)).isCloseTo(40.0 * Math.log10(x) - 3.49, within(0.6));
            } else if (x < 1.1 && x > 0.9) {
                assertThat(response.db(bin)).isCloseTo(-6.02, within(0.2));
            } else if (x > 3.0) {
                assertThat(response.db(bin)).isCloseTo(0.0, within(0.03));
            }
            assertThat(
                            new StereoWidthSettings(0.0, bassMonoHz)
                                    .sideResponseDb(response.frequencyHz(bin), RATE))
                    .isCloseTo(response.db(bin), within(0.01));
        }
    }

    /** The mid stays flat, and side and mid stay in phase at every frequency. */
    @ParameterizedTest
    @MethodSource("shapes")
    void midAndSideStayInLine(StereoWidthSettings settings) {
        double[] mid = transfer(settings, 1f);
        double[] side = transfer(settings, -1f);
        for (int bin = 8; bin < FRAMES / 2 - 8; bin += 7) {
            double midRe = mid[2 * bin];
            double midIm = mid[2 * bin + 1];
            double sideRe = side[2 * bin];
            double sideIm = side[2 * bin + 1];
            double f = (double) bin * RATE / FRAMES;
            assertThat(Math.hypot(midRe, midIm)).as("mid at %s Hz", f).isCloseTo(1.0, within(1e-3));
            double gain = Math.hypot(sideRe, sideIm);
            assertThat(Decibels.fromGain(gain))
                    .as("side at %s Hz", f)
                    .isCloseTo(settings.sideResponseDb(f, RATE), within(0.05));
            double turned =
                    Math.atan2(sideIm * midRe - sideRe * midIm, sideRe * midRe + sideIm * midIm);
            assertThat(turned).as("phase at %s Hz", f).isCloseTo(0.0, within(0.01));
        }
    }

    /** Mono bass delays the mid and does nothing else to it, not even to the last bit. */
    @ParameterizedTest
    @ValueSource(doubles = {40.0, 120.0, 400.0})
    void bassMonoDelaysMonoSoundOnly(double bassMonoHz) {
        float[] mono = TestSignals.clip(Regime.MUSIC_LIKE, RATE, 1, 20_000, 43).channel(0);
        float[][] out = run(2.0, bassMonoHz, mono.clone(), mono.clone());
        int latency = BassMono.latencyFrames(bassMonoHz, RATE);
        for (int i = latency; i < mono.length; i++) {
            assertThat(out[0][i]).isEqualTo(mono[i - latency]);
            assertThat(out[1][i]).isEqualTo(mono[i - latency]);
        }
    }

    static Stream<StereoWidthSettings> shapes() {
        return Stream.of(
                new StereoWidthSettings(0.0, 120.0),
                new StereoWidthSettings(-3.0, 40.0),
                new StereoWidthSettings(1.0, 0.0)
                        .withBands(List.of(250.0, 4_000.0), List.of(-6.0, 0.0, 2.0)),
                new StereoWidthSettings(0.0, 90.0)
                        .withBands(
                                List.of(200.0, 800.0, 3_000.0, 9_000.0),
                                List.of(-3.0, -1.0, 0.0, 1.5, 3.0)));
    }

    /** Complex response to an impulse on mid (sign 1) or side (-1), of that same signal. */
    private static double[] transfer(StereoWidthSettings settings, float sign) {
        float[] left = new float[FRAMES];
        float[] right = new float[FRAMES];
        left[0] = 1f;
        right[0] = sign;
        AudioClip clip = new AudioClip(RATE, left, right);
        float[][] out = TestSignals.run(settings.prepare(clip.format()), clip, null);
        double[] data = new double[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            data[i] = out[0][i];
        }
        new Fft(FRAMES).forward(data);
        return data;
    }

    @Test
    void balanceIsSharedBetweenTheChannels() {
        AudioClip clip = TestSignals.musicLike(RATE, 0.2, 44);
        float[][] out =
                TestSignals.run(
                        new StereoWidthSettings(0.0, 0.0).withBalanceDb(3.0).prepare(clip.format()),
                        clip,
                        null);
        for (int i = 0; i < clip.frames(); i++) {
            assertThat((double) out[0][i])
                    .isCloseTo(Decibels.toGain(-1.5) * clip.channel(0)[i], within(1e-7));
            assertThat((double) out[1][i])
                    .isCloseTo(Decibels.toGain(1.5) * clip.channel(1)[i], within(1e-7));
        }
    }

    /** Wide, then narrow, then out of phase: no 3 s lose more than the gate in any band. */
    @Test
    void guardKeepsTheGateInEveryStretch() {
        AudioClip clip = changingWidth(14);
        float[][] out = guarded(clip, null);
        double[][] losses = losses(out);
        double[][] before = losses(new float[][] {clip.channel(0), clip.channel(1)});
        for (int b = 0; b < losses.length; b++) {
            double worst = Arrays.stream(losses[b]).max().orElseThrow();
            assertThat(Arrays.stream(before[b]).max().orElseThrow())
                    .isGreaterThan(MonoLossGuard.GATES_DB.get(b) + 2.0);
            // Neighbouring bands leak into each other on the way out.
            assertThat(worst).as("band %s", b).isLessThan(MonoLossGuard.GATES_DB.get(b) + 0.2);
            assertThat(worst).as("band %s", b).isGreaterThan(0.6 * MonoLossGuard.GATES_DB.get(b));
        }
    }

    /** Sound that loses little passes as it is, later. */
    @Test
    void guardLeavesNarrowSoundAlone() {
        AudioClip clip = noise(5, 0.2, 45);
        float[][] out = guarded(clip, null);
        int latency = guard().prepare(clip.format()).latencyFrames();
        assertThat(latency).isEqualTo(61 * 1_103); // 50 ms at 22,050 Hz, rounded up
        double ratio = 0.0;
        double sides = 0.0;
        for (int i = 0; i < clip.frames() - latency; i++) {
            double sideIn = clip.channel(0)[i] - clip.channel(1)[i];
            double sideOut = out[0][i + latency] - out[1][i + latency];
            ratio += sideOut * sideOut;
            sides += sideIn * sideIn;
        }
        // All-passes keep the energy.
        assertThat(ratio / sides).isCloseTo(1.0, within(0.01));
    }

    @Test
    void guardDoesNotHearBlocksAndForgetsOnReset() {
        AudioClip clip = changingWidth(6);
        float[][] whole = guarded(clip, null);
        assertThat(guarded(clip, new Random(3))).isDeepEqualTo(whole);
        Processor used = guard().prepare(clip.format());
        TestSignals.run(used, noise(2, 3.0, 46), null);
        used.reset();
        assertThat(TestSignals.run(used, clip, null)).isDeepEqualTo(whole);
    }

    @Test
    void halfHeldSettingsAreRefused() {
        assertThatThrownBy(
                        () -> StereoWidthSettings.DEFAULT.withBands(List.of(200.0), List.of(1.0)))
                .hasMessage(
                        "bandSideGainsDb must have one entry more than crossoversHz, got 1 for 1");
        assertThatThrownBy(
                        () ->
                                StereoWidthSettings.DEFAULT.withBands(
                                        List.of(900.0, 200.0), List.of(1.0, 1.0, 1.0)))
                .hasMessageContaining("crossoversHz must be between 900.0 and 16000.0 Hz and rise");
    }

    private static StereoWidthSettings guard() {
        return new StereoWidthSettings(0.0, 0.0).withMonoGuard(StereoWidthSettings.MonoGuard.GATE);
    }

    private static float[][] guarded(AudioClip clip, Random blocks) {
        return TestSignals.run(guard().prepare(clip.format()), clip, blocks);
    }

    private static AudioClip noise(int seconds, double sideShare, long seed) {
        Random random = new Random(seed);
        int frames = seconds * GUARD_RATE;
        float[] left = new float[frames];
        float[] right = new float[frames];
        for (int i = 0; i < frames; i++) {
            double mid = 0.1 * random.nextGaussian();
            double side = 0.1 * sideShare * random.nextGaussian();
            left[i] = (float) (mid + side);
            right[i] = (float) (mid - side);
        }
        return new AudioClip(GUARD_RATE, left, right);
    }

    private static AudioClip changingWidth(int seconds) {
        AudioClip clip = noise(seconds, 0.3, 47);
        AudioClip wide = noise(seconds, 5.0, 48);
        int third = clip.frames() / 3;
        for (int c = 0; c < 2; c++) {
            System.arraycopy(wide.channel(c), third, clip.channel(c), third, third);
        }
        return clip;
    }

    /** Loss of every band in all stretches of 3 s, in dB, by bands of the test's own. */
    private static double[][] losses(float[][] samples) {
        int hop = GUARD_RATE / 20;
        double[][] losses = new double[4][];
        for (int b = 0; b < 4; b++) {
            double[] mid = new double[samples[0].length];
            double[] side = new double[mid.length];
            for (int i = 0; i < mid.length; i++) {
                mid[i] = samples[0][i] + samples[1][i];
                side[i] = samples[0][i] - samples[1][i];
            }
            for (double[] x : new double[][] {mid, side}) {
                for (int k = 0; k < 3; k++) {
                    double crossoverHz = MonoLossGuard.CROSSOVERS_HZ.get(k);
                    if (k == b || k == b - 1) {
                        for (int twice = 0; twice < 2; twice++) {
                            new Biquad(
                                            k == b
                                                    ? FilterDesign.lowPass(
                                                            crossoverHz, Math.sqrt(0.5), GUARD_RATE)
                                                    : FilterDesign.highPass(
                                                            crossoverHz,
                                                            Math.sqrt(0.5),
                                                            GUARD_RATE))
                                    .process(x, x, x.length);
                        }
                    }
                }
            }
            int hops = mid.length / hop - 60;
            losses[b] = new double[hops];
            for (int h = 0; h < hops; h++) {
                double m = 1e-9;
                double s = 0.0;
                for (int i = h * hop; i < (h + 60) * hop; i++) {
                    m += mid[i] * mid[i];
                    s += side[i] * side[i];
                }
                losses[b][h] = 10.0 * Math.log10(1.0 + s / m);
            }
        }
        return losses;
    }

    private static float[][] run(
            double sideGainDb, double bassMonoHz, float[] left, float[] right) {
        AudioClip clip = new AudioClip(RATE, left, right);
        return TestSignals.run(
                new StereoWidthSettings(sideGainDb, bassMonoHz).prepare(clip.format()), clip, null);
    }
}
