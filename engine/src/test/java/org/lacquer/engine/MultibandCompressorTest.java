// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;
import org.lacquer.engine.Responses.Response;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

final class MultibandCompressorTest {
    private static final int RATE = 44_100;
    private static final CompressorBand IDLE = new CompressorBand(0.0, 4.0, 0.0, 10.0, 100.0, 0.0);
    private static final CompressorBand LIFTED =
            new CompressorBand(0.0, 4.0, 0.0, 10.0, 100.0, 12.0);

    static Stream<List<Double>> crossovers() {
        return Stream.of(
                List.of(1_000.0),
                List.of(180.0, 3_200.0),
                List.of(120.0, 150.0, 6_000.0),
                List.of(90.0, 400.0, 2_000.0, 7_000.0),
                List.of(60.0, 200.0, 9_000.0, 16_000.0));
    }

    /** Ready to compress, but nothing reaches the threshold. */
    @ParameterizedTest
    @MethodSource("crossovers")
    void bandsSumFlat(List<Double> crossoversHz) {
        CompressorBand idle = new CompressorBand(0.0, 4.0, 0.0, 10.0, 100.0, 0.0);
        MultibandCompressorSettings stage =
                new MultibandCompressorSettings(
                        crossoversHz, Collections.nCopies(crossoversHz.size() + 1, idle));
        Response response = Responses.mono(stage, RATE, 0.01f);
        for (int bin = response.binOf(10.0); bin <= response.binOf(21_000.0); bin++) {
            assertThat(response.db(bin))
                    .as("%s Hz", response.frequencyHz(bin))
                    .isCloseTo(0.0, within(0.05));
        }
    }

    /** Makeup gain of one band lifts that band alone. */
    @Test
    void eachBandHasItsOwnRange() {
        CompressorBand idle = new CompressorBand(0.0, 4.0, 0.0, 10.0, 100.0, 0.0);
        CompressorBand lifted = new CompressorBand(0.0, 4.0, 0.0, 10.0, 100.0, 6.0);
        MultibandCompressorSettings stage =
                new MultibandCompressorSettings(
                        List.of(200.0, 3_000.0), List.of(idle, lifted, idle));
        Response response = Responses.mono(stage, RATE, 0.01f);
        assertThat(response.db(response.binOf(20.0))).isCloseTo(0.0, within(0.05));
        assertThat(response.db(response.binOf(775.0))).isCloseTo(6.0, within(0.1));
        assertThat(response.db(response.binOf(20_000.0))).isCloseTo(0.0, within(0.05));
    }

    /**
     * With equal attack and release the detector reads the mean square: a sine at its level less
     * 3.01 dB.
     */
    @ParameterizedTest
    @CsvSource({"-30, 2, 0", "-30, 2, 6", "-30, 2, 20", "-20, 4, 10", "-45, 1.3, 6", "-24, 20, 3"})
    void settledSinesFollowTheStaticCurve(double thresholdDb, double ratio, double kneeDb) {
        CompressorBand band = new CompressorBand(thresholdDb, ratio, kneeDb, 80.0, 80.0, 1.5);
        for (double levelDb = -60.0; levelDb <= 0.0; levelDb += 3.0) {
            float[] in = sine(1_000.0, Decibels.toGain(levelDb), RATE);
            double gainDb = levelDb(compress(band, in), RATE / 2) - levelDb(in, RATE / 2);
            assertThat(gainDb)
                    .as("%s dB", levelDb)
                    .isCloseTo(band.gainDb(levelDb - 10.0 * Math.log10(2.0)), within(0.1));
        }
    }

    /** Upward and downward, above and below the threshold, with and without an end. */
    @ParameterizedTest
    @CsvSource({
        // ratio, range, ratio below, range below
        "3, 4, 1, 6",
        "0.5, 5, 1, 6",
        "1, 80, 2, 8",
        "1, 80, 0.5, 12",
        "4, 80, 3, 6",
        "2, 0, 20, 40"
    })
    void settledSinesFollowEveryKindOfCurve(
            double ratio, double rangeDb, double ratioBelow, double rangeBelowDb) {
        CompressorBand band =
                new CompressorBand(-24.0, ratio, 6.0, 80.0, 80.0, 0.5)
                        .withRangeDb(rangeDb)
                        .withBelow(new BelowThreshold(-40.0, ratioBelow, 8.0, rangeBelowDb));
        for (double levelDb = -72.0; levelDb <= 0.0; levelDb += 4.0) {
            float[] in = sine(1_000.0, Decibels.toGain(levelDb), RATE);
            double gainDb = levelDb(compress(band, in), RATE / 2) - levelDb(in, RATE / 2);
            assertThat(gainDb)
                    .as("%s dB", levelDb)
                    .isCloseTo(band.gainDb(levelDb - 10.0 * Math.log10(2.0)), within(0.1));
        }
    }

    /** What the words say, by numbers. */
    @Test
    void ratiosTurnUpAndDownAsNamed() {
        CompressorBand plain = new CompressorBand(-20.0, 2.0, 0.0, 10.0, 100.0, 0.0);
        assertThat(plain.gainDb(-10.0)).isEqualTo(-5.0);
        assertThat(plain.withRangeDb(3.0).gainDb(-10.0)).isEqualTo(-3.0);
        CompressorBand upward = new CompressorBand(-20.0, 0.5, 0.0, 10.0, 100.0, 0.0);
        assertThat(upward.withRangeDb(8.0).gainDb(-15.0)).isEqualTo(5.0);
        assertThat(upward.withRangeDb(8.0).gainDb(0.0)).isEqualTo(8.0);
        assertThat(new BelowThreshold(-50.0, 2.0, 0.0, 6.0).gainDb(-58.0)).isEqualTo(4.0);
        assertThat(new BelowThreshold(-50.0, 2.0, 0.0, 6.0).gainDb(-200.0)).isEqualTo(6.0);
        assertThat(new BelowThreshold(-50.0, 0.5, 0.0, 6.0).gainDb(-54.0)).isEqualTo(-4.0);
        assertThat(new BelowThreshold(-50.0, 0.5, 0.0, 6.0).gainDb(-40.0)).isZero();
    }

    /** A curve has no jumps, and no steps in its slope while it has knees. */
    @Test
    void curvesAreSmooth() {
        CompressorBand band =
                new CompressorBand(-24.0, 4.0, 6.0, 10.0, 100.0, 0.0)
                        .withRangeDb(5.0)
                        .withBelow(new BelowThreshold(-45.0, 2.0, 6.0, 6.0));
        double step = 0.01;
        for (double db = -90.0; db < 0.0; db += step) {
            double slope = (band.gainDb(db + step) - band.gainDb(db)) / step;
            double next = (band.gainDb(db + 2.0 * step) - band.gainDb(db + step)) / step;
            assertThat(Math.abs(next - slope)).as("%s dB", db).isLessThan(0.002);
        }
    }

    /** Without link each channel gets the gain of its own level; with half of it one between. */
    @Test
    void linkSharesOutTheDetector() {
        CompressorBand band = new CompressorBand(-30.0, 3.0, 0.0, 80.0, 80.0, 0.0);
        AudioClip clip = new AudioClip(RATE, square(0.5, RATE), square(0.05, RATE));
        for (double linkPercent : new double[] {0.0, 50.0, 100.0}) {
            float[][] out =
                    TestSignals.run(
                            new MultibandCompressorSettings(
                                            List.of(), List.of(band.withLinkPercent(linkPercent)))
                                    .prepare(clip.format()),
                            clip,
                            null);
            double mean = (0.25 + 0.0025) / 2.0;
            double link = linkPercent / 100.0;
            for (int c = 0; c < 2; c++) {
                double own = c == 0 ? 0.25 : 0.0025;
                assertThat(Decibels.fromGain(out[c][RATE - 1] / clip.channel(c)[RATE - 1]))
                        .isCloseTo(
                                band.gainDb(10.0 * Math.log10(link * mean + (1.0 - link) * own)),
                                within(0.01));
            }
        }
    }

    /** The times that the model's plans use for bass, at 3 dB of reduction. */
    @ParameterizedTest
    @CsvSource({"20, 200", "12, 140", "30, 300"})
    void bassAt3DbOfReductionStaysBelow1PercentDistortion(double attackMs, double releaseMs) {
        CompressorBand band = new CompressorBand(-18.0, 2.0, 6.0, attackMs, releaseMs, 0.0);
        double levelDb = Distortion.levelForGain(band::gainDb, -3.0);
        float[] out = compress(band, sine(40.0, Decibels.toGain(levelDb + 3.01), 4 * RATE));
        assertThat(Distortion.harmonicShare(out, 40.0, RATE)).isLessThan(0.01);
    }

    @ParameterizedTest
    @MethodSource("crossovers")
    void bandsHaveTheResponsePredicted(List<Double> crossoversHz) {
        for (int b = 0; b <= crossoversHz.size(); b++) {
            int band = b;
            List<CompressorBand> bands =
                    IntStream.rangeClosed(0, crossoversHz.size())
                            .mapToObj(k -> k == band ? LIFTED : IDLE)
                            .toList();
            MultibandCompressorSettings stage =
                    new MultibandCompressorSettings(crossoversHz, bands);
            Response response = Responses.mono(stage, RATE, 0.01f);
            for (double f = 25.0; f < 20_000.0; f *= 1.3) {
                double share = Decibels.toGain(stage.bandResponseDb(band, f, RATE));
                // All bands are in phase: what a lift adds is its band's share.
                double expected = 1.0 + (Decibels.toGain(12.0) - 1.0) * share;
                double measured = Decibels.toGain(response.db(response.binOf(f)));
                assertThat(measured)
                        .as("%s Hz, band %s", f, band)
                        .isCloseTo(expected, within(0.01));
            }
        }
    }

    /** One quiet and one loud channel: both get the gain of their mean power. */
    @Test
    void channelsShareOneGain() {
        CompressorBand band = new CompressorBand(-30.0, 3.0, 0.0, 80.0, 80.0, 0.0);
        AudioClip clip = new AudioClip(RATE, square(0.5, RATE), square(0.05, RATE));
        float[][] out =
                TestSignals.run(
                        new MultibandCompressorSettings(List.of(), List.of(band))
                                .prepare(clip.format()),
                        clip,
                        null);
        double expectedDb = band.gainDb(10.0 * Math.log10((0.25 + 0.0025) / 2.0));
        for (int c = 0; c < 2; c++) {
            assertThat(Decibels.fromGain(out[c][RATE - 1] / clip.channel(c)[RATE - 1]))
                    .isCloseTo(expectedDb, within(0.01));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {10.0, 30.0, 120.0})
    void attackCovers63PercentOfAStepInItsTime(double attackMs) {
        CompressorBand band = new CompressorBand(-70.0, 10.0, 0.0, attackMs, 60.0, 0.0);
        assertThat(timeConstantMs(band, 0.01, 0.3)).isCloseTo(attackMs, within(0.15 * attackMs));
    }

    @ParameterizedTest
    @ValueSource(doubles = {30.0, 140.0, 400.0})
    void releaseCovers63PercentOfAStepInItsTime(double releaseMs) {
        CompressorBand band = new CompressorBand(-70.0, 10.0, 0.0, 5.0, releaseMs, 0.0);
        assertThat(timeConstantMs(band, 0.3, 0.01)).isCloseTo(releaseMs, within(0.15 * releaseMs));
    }

    /**
     * Time in which the detector, seen through the curve, covers 63 % of a step in power. A square
     * wave has constant power, so that its gain shows the detector at every frame.
     */
    private static double timeConstantMs(CompressorBand band, double before, double after) {
        float[] in = new float[6 * RATE];
        for (int i = 0; i < in.length; i++) {
            in[i] = (float) (sign(i) * (i < 4 * RATE ? before : after));
        }
        float[] out = compress(band, in);
        double share = 1.0 - Math.exp(-1.0);
        double wanted = before * before + share * (after * after - before * before);
        for (int i = 4 * RATE; i < in.length; i++) {
            double gainDb = Decibels.fromGain(out[i] / in[i]);
            double power =
                    Decibels.toPower(band.thresholdDb() + gainDb / (1.0 / band.ratio() - 1.0));
            if (after > before ? power >= wanted : power <= wanted) {
                return (i - 4 * RATE) * 1_000.0 / RATE;
            }
        }
        throw new AssertionError("the step was never covered");
    }

    private static float[] compress(CompressorBand band, float[] in) {
        AudioClip clip = new AudioClip(RATE, in);
        return TestSignals.run(
                new MultibandCompressorSettings(List.of(), List.of(band)).prepare(clip.format()),
                clip,
                null)[0];
    }

    private static double levelDb(float[] x, int from) {
        double sum = 0.0;
        for (int i = from; i < x.length; i++) {
            sum += (double) x[i] * x[i];
        }
        return Decibels.fromPower(sum / (x.length - from));
    }

    private static float[] sine(double frequencyHz, double gain, int frames) {
        float[] x = new float[frames];
        for (int i = 0; i < frames; i++) {
            x[i] = (float) (gain * Math.sin(2.0 * Math.PI * frequencyHz * i / RATE));
        }
        return x;
    }

    private static float[] square(double gain, int frames) {
        float[] x = new float[frames];
        for (int i = 0; i < frames; i++) {
            x[i] = (float) (sign(i) * gain);
        }
        return x;
    }

    private static int sign(int i) {
        return i / 20 % 2 == 0 ? 1 : -1;
    }
}
