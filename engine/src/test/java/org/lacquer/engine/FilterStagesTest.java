// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.Responses.Response;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
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
            DoubleUnaryOperator predicted = stage.response(RATE, ChannelPlacement.STEREO);
            Response response = Responses.mono(stage, RATE, 0.5f);
            for (int bin = response.binOf(10.0); bin <= response.binOf(18_000.0); bin += 7) {
                double hz = response.frequencyHz(bin);
                assertThat(response.db(bin))
                        .as("%s dB at %s Hz", gainDb, hz)
                        .isCloseTo(predicted.applyAsDouble(hz), within(0.02));
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
        DoubleUnaryOperator predicted = stage.response(rate, ChannelPlacement.STEREO);
        Response response = Responses.mono(stage, rate, 0.5f);
        for (int bin = response.binOf(10.0); bin <= response.binOf(18_000.0); bin += 7) {
            double hz = response.frequencyHz(bin);
            assertThat(response.db(bin))
                    .as("%s Hz", hz)
                    .isCloseTo(predicted.applyAsDouble(hz), within(0.02));
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

    /** By the bilinear transform it would be 13 dB off for each 6 dB per octave at 20 kHz. */
    @ParameterizedTest
    @ValueSource(ints = {6, 12, 18, 24, 30, 36, 42, 48})
    void lowPassFollowsItsAnalogueModelToTheTop(int slopeDbPerOctave) {
        int order = slopeDbPerOctave / 6;
        double bound = 0.43 * (order / 2) + 0.55 * (order % 2);
        for (double cutoffHz :
                new double[] {500.0, 2_000.0, 8_000.0, 13_000.0, 17_000.0, 21_000.0}) {
            LowPassSettings stage = new LowPassSettings(cutoffHz, slopeDbPerOctave);
            for (double hz = 20.0; hz <= 20_000.0; hz += 45.0) {
                double butterworth = -10.0 * Math.log10(1.0 + Math.pow(hz / cutoffHz, 2.0 * order));
                assertThat(stage.responseDb(hz, 44_100)).isCloseTo(butterworth, within(bound));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 12, 18, 24, 30, 36, 42, 48})
    void lowPassHasItsSlopeAndCutoff(int slopeDbPerOctave) {
        LowPassSettings stage = new LowPassSettings(1_000.0, slopeDbPerOctave);
        Response response = Responses.mono(stage, RATE, 0.5f);
        for (int bin = response.binOf(10.0); bin <= response.binOf(18_000.0); bin += 3) {
            double expected = stage.responseDb(response.frequencyHz(bin), RATE);
            if (expected > -60.0) {
                assertThat(response.db(bin)).isCloseTo(expected, within(0.02));
            }
        }
        // |H|² = 1 / (1 + (f/fc)^2n)
        int order = slopeDbPerOctave / 6;
        for (double hz : new double[] {100.0, 500.0, 1_000.0, 2_000.0}) {
            double butterworth = -10.0 * Math.log10(1.0 + Math.pow(hz / 1_000.0, 2.0 * order));
            assertThat(stage.responseDb(hz, RATE))
                    .isCloseTo(butterworth, within(hz == 2_000.0 ? 0.1 : 0.02));
        }
        assertThat(new LowPassSettings(30_000.0, 12).responseDb(15_000.0, RATE)).isZero();
    }

    @Test
    void tiltTurnsTheSpectrumAboutItsFrequency() {
        EqBand tilt = new EqBand(EqBand.Shape.TILT, 700.0, 3.0, 0.5);
        assertThat(tilt.responseDb(700.0, RATE)).isCloseTo(0.0, within(0.01));
        assertThat(tilt.responseDb(10.0, RATE)).isCloseTo(-3.0, within(0.05));
        assertThat(tilt.responseDb(20_000.0, RATE)).isCloseTo(3.0, within(0.05));
        for (double ratio : new double[] {1.3, 3.0, 9.0}) {
            assertThat(tilt.responseDb(700.0 * ratio, RATE))
                    .isCloseTo(-tilt.responseDb(700.0 / ratio, RATE), within(0.05));
        }
    }

    @Test
    void bandShelfHasAPlateauBetweenItsEdges() {
        EqBand shelf = new EqBand(EqBand.Shape.BAND_SHELF, 1_000.0, 4.0, 0.25);
        assertThat(shelf.responseDb(1_000.0, RATE)).isCloseTo(4.0, within(0.2));
        // Edges of a bell with Q 0.25: 236 Hz and 4,236 Hz.
        assertThat(shelf.responseDb(236.07, RATE)).isCloseTo(2.0, within(0.1));
        assertThat(shelf.responseDb(4_236.07, RATE)).isCloseTo(2.0, within(0.1));
        assertThat(shelf.responseDb(20.0, RATE)).isCloseTo(0.0, within(0.05));
        assertThat(shelf.responseDb(20_000.0, RATE)).isCloseTo(0.0, within(0.1));
    }

    private static final List<EqBand> SOME_BANDS =
            List.of(
                    new EqBand(EqBand.Shape.LOW_SHELF, 70.0, 3.0, 0.7),
                    new EqBand(EqBand.Shape.BELL, 300.0, -4.0, 0.9),
                    new EqBand(EqBand.Shape.BELL, 3_200.0, 2.0, 1.4),
                    new EqBand(EqBand.Shape.HIGH_SHELF, 12_000.0, 4.0, 0.7));

    @ParameterizedTest
    @EnumSource(EqPhase.class)
    void everyPhaseHasThePredictedMagnitude(EqPhase phase) {
        for (int rate : new int[] {44_100, 48_000}) {
            ParametricEqSettings stage = new ParametricEqSettings(SOME_BANDS, phase);
            DoubleUnaryOperator predicted = stage.response(rate, ChannelPlacement.STEREO);
            Response response = Responses.mono(stage, rate, 0.5f);
            for (int bin = response.binOf(10.0); bin <= response.binOf(20_000.0); bin += 7) {
                double hz = response.frequencyHz(bin);
                assertThat(response.db(bin))
                        .as("%s Hz", hz)
                        .isCloseTo(predicted.applyAsDouble(hz), within(0.02));
            }
        }
    }

    /** -140 dB of the click: two roundings to float. */
    @Test
    void linearPhaseIsSymmetricAboutItsLatency() {
        ParametricEqSettings stage = new ParametricEqSettings(SOME_BANDS, EqPhase.LINEAR);
        Processor processor = stage.prepare(new StreamFormat(RATE, 1));
        int middle = processor.latencyFrames() + 5;
        float[] in = new float[2 * middle];
        in[5] = 0.5f;
        float[] out = TestSignals.run(processor, new AudioClip(RATE, in), null)[0];
        for (int k = 1; k < middle; k++) {
            assertThat(out[middle - k]).isCloseTo(out[middle + k], within(5e-8f));
        }
    }

    /**
     * The bass of a mixed-phase equaliser does not ring in front: 50 ms and more before the click
     * less than a thousandth of what linear phase leaves there.
     */
    @Test
    void mixedPhaseDoesNotRingInFrontInTheBass() {
        List<EqBand> bass = List.of(new EqBand(EqBand.Shape.BELL, 60.0, 6.0, 2.0));
        double linear = energyBefore(new ParametricEqSettings(bass, EqPhase.LINEAR));
        double mixed = energyBefore(new ParametricEqSettings(bass, EqPhase.MIXED));
        assertThat(linear).isGreaterThan(1e-8);
        assertThat(mixed).isLessThan(1e-3 * linear);
    }

    private static double energyBefore(ParametricEqSettings stage) {
        Processor processor = stage.prepare(new StreamFormat(RATE, 1));
        float[] in = new float[processor.latencyFrames() + 10];
        in[0] = 0.5f;
        float[] out = TestSignals.run(processor, new AudioClip(RATE, in), null)[0];
        double energy = 0.0;
        for (int i = 0; i < processor.latencyFrames() - RATE / 20; i++) {
            energy += (double) out[i] * out[i];
        }
        return energy;
    }

    /** A band on one part of the signal leaves the other as it was, to the rounding of floats. */
    @ParameterizedTest
    @EnumSource(EqPhase.class)
    void bandsStayWhereTheyArePlaced(EqPhase phase) {
        AudioClip mix = TestSignals.musicLike(RATE, 0.3, 33);
        float[] left = mix.channel(0);
        float[] right = mix.channel(1);
        for (ChannelPlacement placement : ChannelPlacement.values()) {
            ParametricEqSettings stage =
                    new ParametricEqSettings(
                            List.of(
                                    new EqBand(EqBand.Shape.BELL, 700.0, 6.0, 0.9)
                                            .withPlacement(placement)),
                            phase);
            float[][] out = aligned(stage, mix);
            float[] side = combined(out, -1);
            float[] mid = combined(out, 1);
            boolean both = placement == ChannelPlacement.STEREO;
            boolean parts = placement == ChannelPlacement.MID || placement == ChannelPlacement.SIDE;
            changed(out[0], left, both || parts || placement == ChannelPlacement.LEFT);
            changed(out[1], right, both || parts || placement == ChannelPlacement.RIGHT);
            changed(
                    mid,
                    combined(new float[][] {left, right}, 1),
                    placement != ChannelPlacement.SIDE);
            changed(
                    side,
                    combined(new float[][] {left, right}, -1),
                    placement != ChannelPlacement.MID);
        }
    }

    private static float[][] aligned(StageSettings stage, AudioClip mix) {
        Processor processor = stage.prepare(mix.format());
        int latency = processor.latencyFrames();
        float[][] longer = new float[2][];
        for (int c = 0; c < 2; c++) {
            longer[c] = Arrays.copyOf(mix.channel(c), mix.frames() + latency);
        }
        float[][] out = TestSignals.run(processor, new AudioClip(RATE, longer), null);
        for (int c = 0; c < 2; c++) {
            out[c] = Arrays.copyOfRange(out[c], latency, latency + mix.frames());
        }
        return out;
    }

    private static float[] combined(float[][] stereo, int sign) {
        float[] sum = new float[stereo[0].length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = 0.5f * (stereo[0][i] + sign * stereo[1][i]);
        }
        return sum;
    }

    private static void changed(float[] out, float[] in, boolean expected) {
        float largest = 0f;
        for (int i = 0; i < in.length; i++) {
            largest = Math.max(largest, Math.abs(out[i] - in[i]));
        }
        if (expected) {
            assertThat(largest).isGreaterThan(0.01f);
        } else {
            assertThat(largest).isLessThan(2e-7f);
        }
    }

    private static ParametricEqSettings eq(EqBand band) {
        return new ParametricEqSettings(List.of(band));
    }
}
