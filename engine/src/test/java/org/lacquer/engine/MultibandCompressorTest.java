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
import java.util.stream.Stream;

final class MultibandCompressorTest {
    private static final int RATE = 44_100;

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
