// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Processor;
import org.lacquer.engine.CompressorSettings.Release;
import org.lacquer.engine.CompressorSettings.Routing;

final class CompressorTest {
    private static final int RATE = 44_100;
    private static final double SINE_DB = 10.0 * Math.log10(2.0);

    /** A steady sine reads the same for every blend of the detector. */
    @ParameterizedTest
    @CsvSource({
        // threshold, ratio, knee, range, makeup, mix, peak
        "-24, 2, 6, 40, 0, 100, 0",
        "-24, 2, 6, 40, 0, 100, 50",
        "-24, 2, 6, 40, 0, 100, 100",
        "-30, 4, 12, 5, 2, 100, 0",
        "-20, 20, 0, 40, 0, 50, 0"
    })
    void settledSinesFollowTheStaticCurve(
            double thresholdDb,
            double ratio,
            double kneeDb,
            double rangeDb,
            double makeupDb,
            double mixPercent,
            double peakPercent) {
        CompressorSettings settings =
                CompressorSettings.of(thresholdDb, ratio, kneeDb)
                        .withTimes(20.0, 60.0, Release.FIXED)
                        .withRangeDb(rangeDb)
                        .withMakeupDb(makeupDb)
                        .withMixPercent(mixPercent)
                        .withSideChain(new SideChain(peakPercent, 0.0, 0.0, 100.0));
        for (double levelDb = -50.0; levelDb <= 0.0; levelDb += 5.0) {
            float[] in = sine(1_000.0, levelDb, RATE);
            float[] out = run(settings, in);
            assertThat(changeDb(in, out, RATE / 2))
                    .as("%s dB", levelDb)
                    .isCloseTo(settings.staticGainDb(levelDb - SINE_DB), within(0.1));
        }
    }

    /** The peak detector has no delay of its own; the mean square adds some ms (its 10 ms). */
    @ParameterizedTest
    @CsvSource({"5, 100, 1.5", "20, 100, 1.5", "100, 100, 1.5", "20, 0, 6", "100, 0, 6"})
    void attackCovers63PercentOfAStepInItsTime(
            double attackMs, double peakPercent, double toleranceMs) {
        CompressorSettings settings =
                CompressorSettings.of(-40.0, 4.0, 0.0)
                        .withTimes(attackMs, 100.0, Release.FIXED)
                        .withSideChain(new SideChain(peakPercent, 0.0, 0.0, 100.0));
        double tookMs = stepMs(settings, -50.0, -10.0, RATE);
        assertThat(tookMs).isBetween(attackMs, 1.02 * attackMs + toleranceMs);
    }

    /** The peak detector holds for 12.5 ms first. */
    @ParameterizedTest
    @ValueSource(doubles = {30.0, 150.0, 600.0})
    void releaseCovers63PercentOfAStepInItsTime(double releaseMs) {
        CompressorSettings settings =
                CompressorSettings.of(-40.0, 4.0, 0.0)
                        .withTimes(5.0, releaseMs, Release.FIXED)
                        .withSideChain(new SideChain(100.0, 0.0, 0.0, 100.0));
        double tookMs = stepMs(settings, -10.0, -50.0, RATE);
        assertThat(tookMs - 12.5).isBetween(releaseMs - 1.0, 1.02 * releaseMs + 1.5);
    }

    @Test
    void automaticReleaseIsFastAfterABurstAndSlowAfterALongPassage() {
        CompressorSettings settings =
                CompressorSettings.of(-40.0, 4.0, 0.0).withTimes(5.0, 100.0, Release.AUTO);
        double afterBurstMs = stepMs(settings, -10.0, -50.0, RATE / 20);
        double afterLongMs = stepMs(settings, -10.0, -50.0, 4 * RATE);
        assertThat(afterBurstMs).isLessThan(250.0);
        assertThat(afterLongMs).isBetween(1_200.0, 2_000.0);
    }

    @Test
    void lookAheadTurnsDownBeforeTheStep() {
        CompressorSettings settings =
                CompressorSettings.of(-40.0, 10.0, 0.0)
                        .withTimes(1.0, 200.0, Release.FIXED)
                        .withSideChain(new SideChain(100.0, 0.0, 0.0, 100.0));
        float[] in = step(-50.0, -10.0, RATE, 2 * RATE);
        float[] late = run(settings, in);
        float[] early = run(settings.withLookaheadMs(5.0), in);
        int latency =
                settings.withLookaheadMs(5.0)
                        .prepare(new AudioClip(RATE, in).format())
                        .latencyFrames();
        assertThat(latency).isEqualTo(221); // 220.5 rounded up
        double lateDb = Decibels.fromGain(late[RATE] / in[RATE]);
        double earlyDb = Decibels.fromGain(early[RATE + latency] / in[RATE]);
        assertThat(lateDb).isGreaterThan(-0.1);
        assertThat(earlyDb).isLessThan(0.95 * (settings.staticGainDb(-10.0 - SINE_DB)));
    }

    @Test
    void sideChainHighPassKeepsBassFromPumping() {
        CompressorSettings settings =
                CompressorSettings.of(-30.0, 4.0, 0.0)
                        .withSideChain(new SideChain(0.0, 120.0, 0.0, 100.0));
        for (double f : new double[] {30.0, 60.0, 1_000.0}) {
            float[] in = sine(f, -6.0, 2 * RATE);
            double heardDb = -6.0 - SINE_DB + settings.sideChain().responseDb(f, RATE);
            assertThat(changeDb(in, run(settings, in), RATE))
                    .as("%s Hz", f)
                    // At 60 Hz the level ripples, and attacks being faster the gain leans to its
                    // crests.
                    .isCloseTo(settings.staticGainDb(heardDb), within(0.3));
        }
    }

    @Test
    void tiltLeavesItsCentreAlone() {
        SideChain tilted = new SideChain(0.0, 0.0, 6.0, 100.0);
        assertThat(tilted.responseDb(1_000.0, RATE)).isCloseTo(0.0, within(0.05));
        assertThat(tilted.responseDb(20.0, RATE)).isCloseTo(-3.0, within(0.15));
        assertThat(tilted.responseDb(20_000.0, RATE)).isCloseTo(3.0, within(0.15));
        CompressorSettings settings = CompressorSettings.of(-30.0, 4.0, 0.0).withSideChain(tilted);
        for (double f : new double[] {100.0, 1_000.0, 10_000.0}) {
            float[] in = sine(f, -12.0, RATE);
            double heardDb = -12.0 - SINE_DB + tilted.responseDb(f, RATE);
            assertThat(changeDb(in, run(settings, in), RATE / 2))
                    .as("%s Hz", f)
                    .isCloseTo(settings.staticGainDb(heardDb), within(0.15));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 40.0, 100.0})
    void linkSharesOutTheDetector(double linkPercent) {
        CompressorSettings settings =
                CompressorSettings.of(-40.0, 3.0, 0.0)
                        .withTimes(20.0, 60.0, Release.FIXED)
                        .withSideChain(new SideChain(0.0, 0.0, 0.0, linkPercent));
        AudioClip clip = new AudioClip(RATE, sine(1_000.0, -6.0, RATE), sine(1_000.0, -26.0, RATE));
        float[][] out = TestSignals.run(settings.prepare(clip.format()), clip, null);
        double[] powers = {Decibels.toPower(-6.0) / 2.0, Decibels.toPower(-26.0) / 2.0};
        double mean = (powers[0] + powers[1]) / 2.0;
        double link = linkPercent / 100.0;
        for (int c = 0; c < 2; c++) {
            double heard = link * mean + (1.0 - link) * powers[c];
            assertThat(changeDb(clip.channel(c), out[c], RATE / 2))
                    .isCloseTo(settings.staticGainDb(Decibels.fromPower(heard)), within(0.1));
        }
    }

    /** A loud mid is turned down, a quiet side is not. */
    @Test
    void midAndSideAreCompressedApart() {
        CompressorSettings settings =
                CompressorSettings.of(-30.0, 4.0, 0.0)
                        .withRouting(Routing.MID_SIDE)
                        .withTimes(20.0, 60.0, Release.FIXED)
                        .withSideChain(new SideChain(0.0, 0.0, 0.0, 0.0));
        float[] mid = sine(1_000.0, -10.0, RATE);
        float[] side = sine(3_000.0, -40.0, RATE);
        float[] left = new float[RATE];
        float[] right = new float[RATE];
        for (int i = 0; i < RATE; i++) {
            left[i] = mid[i] + side[i];
            right[i] = mid[i] - side[i];
        }
        AudioClip clip = new AudioClip(RATE, left, right);
        float[][] out = TestSignals.run(settings.prepare(clip.format()), clip, null);
        float[] outMid = new float[RATE];
        float[] outSide = new float[RATE];
        for (int i = 0; i < RATE; i++) {
            outMid[i] = (out[0][i] + out[1][i]) / 2f;
            outSide[i] = (out[0][i] - out[1][i]) / 2f;
        }
        // Mid is (L+R)/sqrt(2): 3.01 dB above the channels.
        assertThat(changeDb(mid, outMid, RATE / 2))
                .isCloseTo(settings.staticGainDb(-10.0), within(0.1));
        assertThat(changeDb(side, outSide, RATE / 2)).isCloseTo(0.0, within(0.05));
    }

    /** Standards for a master: bass at 40 Hz, 3 dB down, at most 1 % THD. */
    @ParameterizedTest
    @CsvSource({
        "10, 100, FIXED, 0",
        "20, 150, AUTO, 0",
        "30, 400, FIXED, 0",
        "20, 150, AUTO, 100",
        "20, 150, FIXED, 50"
    })
    void bassAt3DbOfReductionStaysBelow1PercentDistortion(
            double attackMs, double releaseMs, Release release, double peakPercent) {
        CompressorSettings settings =
                CompressorSettings.of(-24.0, 2.0, 6.0)
                        .withTimes(attackMs, releaseMs, release)
                        .withSideChain(new SideChain(peakPercent, 0.0, 0.0, 100.0));
        double levelDb = Distortion.levelForGain(settings::staticGainDb, -3.0);
        float[] out = run(settings, sine(40.0, levelDb + SINE_DB, 4 * RATE));
        assertThat(Distortion.harmonicShare(out, 40.0, RATE)).isLessThan(0.01);
    }

    /** SMPTE: 60 Hz and 7 kHz, 4 to 1; CCIF: 19 and 20 kHz. Figures grow with the reduction. */
    @ParameterizedTest
    @CsvSource({"0, 0.00001", "-3, 0.003", "-6, 0.005", "-10, 0.008"})
    void intermodulationStaysLow(double gainDb, double most) {
        CompressorSettings settings = CompressorSettings.of(-30.0, 2.0, 6.0);
        double levelDb =
                gainDb == 0.0 ? -40.0 : Distortion.levelForGain(settings::staticGainDb, gainDb);
        double smpte = Decibels.toGain(levelDb) / Math.sqrt(0.5 * 17.0 / 16.0);
        double ccif = Decibels.toGain(levelDb);
        float[] low = new float[4 * RATE];
        float[] high = new float[4 * RATE];
        for (int i = 0; i < low.length; i++) {
            double w = 2.0 * Math.PI * i / RATE;
            low[i] = (float) (smpte * (Math.sin(60.0 * w) + 0.25 * Math.sin(7_000.0 * w)));
            high[i] = (float) (ccif * (Math.sin(19_000.0 * w) + Math.sin(20_000.0 * w)));
        }
        assertThat(Distortion.otherShare(run(settings, low), RATE, 60.0, 7_000.0)).isLessThan(most);
        assertThat(Distortion.otherShare(run(settings, high), RATE, 19_000.0, 20_000.0))
                .isLessThan(most);
    }

    @Test
    void nothingToDoIsNeutral() {
        assertThat(CompressorSettings.DEFAULT.neutral()).isTrue();
        assertThat(CompressorSettings.of(-20.0, 2.0, 0.0).neutral()).isFalse();
        assertThat(CompressorSettings.of(-20.0, 2.0, 0.0).withMixPercent(0.0).neutral()).isTrue();
        assertThat(CompressorSettings.of(-20.0, 2.0, 0.0).withRangeDb(0.0).neutral()).isTrue();
    }

    @Test
    void reductionIsReported() {
        CompressorSettings settings = CompressorSettings.of(-30.0, 2.0, 0.0);
        AudioClip clip = new AudioClip(RATE, sine(1_000.0, -10.0, 2 * RATE));
        Processor processor = settings.prepare(clip.format());
        TestSignals.run(processor, clip, null);
        GainReduction reduction = ((ReducingProcessor) processor).reductions().getFirst();
        assertThat(reduction.maxDb())
                .isCloseTo(-settings.staticGainDb(-10.0 - SINE_DB), within(0.1));
        assertThat(reduction.activeShare()).isGreaterThan(0.99);
    }

    /**
     * Time in which the reduction covers 63 % of a step, seen through a square wave, whose power
     * and peak do not ripple.
     */
    private static double stepMs(
            CompressorSettings settings, double beforeDb, double afterDb, int framesBefore) {
        float[] in = step(beforeDb, afterDb, framesBefore, framesBefore + 4 * RATE);
        float[] out = run(settings, in);
        double from = Decibels.fromGain(out[framesBefore - 1] / in[framesBefore - 1]);
        double to = Decibels.fromGain(out[in.length - 1] / in[in.length - 1]);
        double wanted = from + (1.0 - Math.exp(-1.0)) * (to - from);
        for (int i = framesBefore; i < in.length; i++) {
            double gainDb = Decibels.fromGain(out[i] / in[i]);
            if (to < from ? gainDb <= wanted : gainDb >= wanted) {
                return (i - framesBefore) * 1_000.0 / RATE;
            }
        }
        throw new AssertionError("the step was never covered");
    }

    private static float[] step(double beforeDb, double afterDb, int framesBefore, int frames) {
        float[] x = new float[frames];
        for (int i = 0; i < frames; i++) {
            double gain = Decibels.toGain(i < framesBefore ? beforeDb : afterDb);
            x[i] = (float) (i / 20 % 2 == 0 ? gain : -gain);
        }
        return x;
    }

    private static float[] run(CompressorSettings settings, float[] in) {
        AudioClip clip = new AudioClip(RATE, in.clone());
        return TestSignals.run(settings.prepare(clip.format()), clip, null)[0];
    }

    private static double changeDb(float[] in, float[] out, int from) {
        double before = 0.0;
        double after = 0.0;
        for (int i = from; i < in.length; i++) {
            before += (double) in[i] * in[i];
            after += (double) out[i] * out[i];
        }
        return Decibels.fromPower(after / before);
    }

    private static float[] sine(double frequencyHz, double levelDb, int frames) {
        float[] x = new float[frames];
        double gain = Decibels.toGain(levelDb);
        for (int i = 0; i < frames; i++) {
            x[i] = (float) (gain * Math.sin(2.0 * Math.PI * frequencyHz * i / RATE));
        }
        return x;
    }
}
