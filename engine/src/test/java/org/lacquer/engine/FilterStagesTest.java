// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Processor;
import org.lacquer.engine.Responses.Response;

import java.util.List;
import java.util.stream.Stream;

/** Equaliser and high-pass: the audio gets the response that the settings predict. */
final class FilterStagesTest {
    private static final int RATE = 44_100;

    /** The bands that inference sets, with their centres and Q. */
    static Stream<EqBand> shippedBands() {
        return Stream.of(
                new EqBand(EqBand.Shape.LOW_SHELF, 70.0, 6.0, 0.7),
                new EqBand(EqBand.Shape.BELL, 140.0, 6.0, 0.9),
                new EqBand(EqBand.Shape.BELL, 300.0, 6.0, 0.9),
                new EqBand(EqBand.Shape.BELL, 650.0, 6.0, 0.9),
                new EqBand(EqBand.Shape.BELL, 1_500.0, 6.0, 0.9),
                new EqBand(EqBand.Shape.BELL, 3_200.0, 6.0, 0.9),
                new EqBand(EqBand.Shape.BELL, 7_000.0, 6.0, 0.9),
                new EqBand(EqBand.Shape.HIGH_SHELF, 12_000.0, 6.0, 0.7));
    }

    @ParameterizedTest
    @MethodSource("shippedBands")
    void measuredResponseOfABandEqualsThePredicted(EqBand band) {
        for (double gainDb : new double[] {6.0, -6.0, 24.0, -24.0}) {
            ParametricEqSettings stage = eq(band.withGainDb(gainDb));
            Response response = Responses.mono(stage, RATE, 0.5f);
            for (int bin = response.binOf(10.0); bin <= response.binOf(18_000.0); bin += 7) {
                double hz = response.frequencyHz(bin);
                assertThat(response.db(bin))
                        .as("%s dB at %s Hz", gainDb, hz)
                        .isCloseTo(stage.responseDb(hz, RATE), within(0.02));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {44_100, 48_000, 96_000})
    void measuredResponseOfManyBandsEqualsThePredicted(int rate) {
        ParametricEqSettings stage =
                new ParametricEqSettings(
                        List.of(
                                new EqBand(EqBand.Shape.LOW_SHELF, 90.0, -4.0, 0.7),
                                new EqBand(EqBand.Shape.BELL, 240.0, -2.5, 1.4),
                                new EqBand(EqBand.Shape.BELL, 900.0, 3.0, 0.5),
                                new EqBand(EqBand.Shape.BELL, 5_000.0, -9.0, 8.0),
                                new EqBand(EqBand.Shape.HIGH_SHELF, 9_000.0, 7.0, 0.6)));
        Response response = Responses.mono(stage, rate, 0.5f);
        for (int bin = response.binOf(10.0); bin <= response.binOf(18_000.0); bin += 7) {
            double hz = response.frequencyHz(bin);
            assertThat(response.db(bin))
                    .as("%s Hz", hz)
                    .isCloseTo(stage.responseDb(hz, rate), within(0.02));
        }
    }

    /** Two floats' rounding, -140 dB re full scale, is all that is left. */
    @ParameterizedTest
    @MethodSource("shippedBands")
    void boostAndCutGiveBackTheAudio(EqBand band) {
        AudioClip mix = TestSignals.musicLike(RATE, 1.0, 31);
        Processor boost = eq(band).prepare(mix.format());
        Processor cut = eq(band.withGainDb(-6.0)).prepare(mix.format());
        float[][] boosted = TestSignals.run(boost, mix, null);
        float[][] back = TestSignals.run(cut, new AudioClip(RATE, boosted), null);
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < mix.frames(); i++) {
                assertThat(back[c][i]).isCloseTo(mix.channel(c)[i], within(1e-6f));
            }
        }
    }

    /** Below the cutoff down to -60 dB: deeper the rounding to float would be measured. */
    @ParameterizedTest
    @ValueSource(ints = {6, 12, 18, 24, 30, 36, 42, 48})
    void highPassHasItsSlopeAndCutoff(int slopeDbPerOctave) {
        HighPassSettings stage = new HighPassSettings(100.0, slopeDbPerOctave);
        Response response = Responses.mono(stage, RATE, 0.5f);
        for (int bin = response.binOf(10.0); bin <= response.binOf(18_000.0); bin++) {
            double expected = stage.responseDb(response.frequencyHz(bin), RATE);
            if (expected > -60.0) {
                assertThat(response.db(bin))
                        .as("%s Hz", response.frequencyHz(bin))
                        .isCloseTo(expected, within(0.02));
            }
        }
        // |H|² = 1 / (1 + (fc/f)^2n)
        int order = slopeDbPerOctave / 6;
        for (double hz : new double[] {50.0, 100.0, 200.0, 1_000.0}) {
            double butterworth = -10.0 * Math.log10(1.0 + Math.pow(100.0 / hz, 2.0 * order));
            assertThat(stage.responseDb(hz, RATE)).isCloseTo(butterworth, within(0.01));
        }
    }

    private static ParametricEqSettings eq(EqBand band) {
        return new ParametricEqSettings(List.of(band));
    }
}
