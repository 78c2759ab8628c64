// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.DynamicEqBand.Trigger;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Bands do what their curve says, where they are, and without a sound of their own. */
final class DynamicEqTest {
    private static final int RATE = 44_100;

    /**
     * A steady tone gets the gain of the curve. Attack and release are alike, so that the envelope
     * is the mean square itself; a faster attack makes it larger.
     */
    @ParameterizedTest
    @CsvSource({
        "BELL, 3000, ABOVE, -6", "BELL, 3000, ABOVE, 6", "BELL, 3000, BELOW, 5",
        "BELL, 12000, ABOVE, -9", "BELL, 3000, BELOW, -9", "BAND_SHELF, 3000, ABOVE, -6"
    })
    void steadyToneGetsTheGainOfTheCurve(
            EqBand.Shape shape, double hz, Trigger trigger, double rangeDb) {
        DynamicEqBand band = band(shape, hz, trigger, rangeDb);
        for (double levelDb : new double[] {-50.0, -36.0, -30.0, -27.0, -20.0, -8.0}) {
            double gainDb = steadyGainDb(band, hz, levelDb);
            double atRangeDb = band.atRange().responseDb(hz, RATE);
            // A band shelf stays a little below its gain at the centre.
            double expected = band.gainDb(levelDb) * atRangeDb / rangeDb;
            assertThat(gainDb).as("%s dB", levelDb).isCloseTo(expected, within(0.06));
        }
    }

    /** Far inside a shelf the tone gets the gain, far outside none. */
    @ParameterizedTest
    @CsvSource({"LOW_SHELF, 60, 12000", "HIGH_SHELF, 14000, 80"})
    void shelvesMoveTheirSideOnly(EqBand.Shape shape, double inside, double outside) {
        DynamicEqBand band = band(shape, 1_000.0, Trigger.ABOVE, -6.0);
        assertThat(steadyGainDb(band, inside, -26.0)).isCloseTo(band.gainDb(-26.0), within(0.06));
        assertThat(steadyGainDb(band, outside, -10.0)).isCloseTo(0.0, within(0.01));
    }

    /** A key elsewhere moves the band: the tone at the key is heard, the band is out of its way. */
    @Test
    void keyMayListenElsewhere() {
        DynamicEqBand own = band(EqBand.Shape.BELL, 8_000.0, Trigger.ABOVE, -12.0);
        DynamicEqBand other =
                new DynamicEqBand(
                        own.shape(),
                        own.frequencyHz(),
                        own.q(),
                        own.thresholdDb(),
                        own.ratio(),
                        own.rangeDb(),
                        own.kneeDb(),
                        own.attackMs(),
                        own.releaseMs(),
                        own.trigger(),
                        own.placement(),
                        OptionalDouble.of(200.0),
                        OptionalDouble.of(1.0));
        float[] loud = tone(200.0, -10.0, RATE);
        float[] soft = tone(8_000.0, -50.0, RATE);
        float[] both = new float[RATE];
        for (int i = 0; i < RATE; i++) {
            both[i] = loud[i] + soft[i];
        }
        assertThat(levelDb(run(own, both), 8_000.0)).isCloseTo(-50.0, within(0.1));
        assertThat(levelDb(run(other, both), 8_000.0))
                .isCloseTo(-50.0 + other.gainDb(-10.0), within(0.1));
    }

    /**
     * A band that opens and closes as fast as it may puts no side lines at multiples of its control
     * rate around a tone far away from it: no zipper.
     */
    @Test
    void movingBandLeavesNoZipperElsewhere() {
        DynamicEqBand band =
                new DynamicEqBand(
                        EqBand.Shape.BELL,
                        60.0,
                        4.0,
                        -30.0,
                        10.0,
                        -12.0,
                        0.0,
                        0.5,
                        5.0,
                        Trigger.ABOVE,
                        ChannelPlacement.STEREO,
                        OptionalDouble.empty(),
                        OptionalDouble.empty());
        float[] in = tone(9_000.0, -10.0, RATE);
        float[] bass = tone(60.0, -20.0, RATE);
        for (int i = 0; i < RATE; i++) {
            // On and off ten times a second.
            in[i] += (i / 2_205) % 2 == 0 ? bass[i] : 0f;
        }
        float[] out = run(band, in);
        double carrier = levelDb(out, 9_000.0);
        for (int multiple = 1; multiple <= 4; multiple++) {
            double controlHz = RATE / Math.rint(0.75e-3 * RATE);
            assertThat(levelDb(out, 9_000.0 + multiple * controlHz) - carrier).isLessThan(-100.0);
        }
    }

    @Test
    void idleBandsChangeNothingAndTiltIsRefused() {
        DynamicEqBand quiet = band(EqBand.Shape.BELL, 3_000.0, Trigger.ABOVE, -6.0);
        float[] soft = tone(3_000.0, -45.0, RATE / 4);
        assertThat(run(quiet, soft)).isEqualTo(soft);
        assertThat(
                        new DynamicEqSettings(
                                        List.of(
                                                band(
                                                        EqBand.Shape.BELL,
                                                        3_000.0,
                                                        Trigger.ABOVE,
                                                        0.0)))
                                .neutral())
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> band(EqBand.Shape.TILT, 3_000.0, Trigger.ABOVE, -6.0));
    }

    @Test
    void responseIsThatOfTheBandsAtTheirRange() {
        DynamicEqSettings stage =
                new DynamicEqSettings(
                        List.of(band(EqBand.Shape.BELL, 3_000.0, Trigger.ABOVE, -6.0)));
        assertThat(stage.responseDb(3_000.0, RATE)).isCloseTo(-6.0, within(0.01));
        assertThat(stage.responseDb(30.0, RATE)).isCloseTo(0.0, within(0.01));
    }

    private static DynamicEqBand band(
            EqBand.Shape shape, double hz, Trigger trigger, double rangeDb) {
        return new DynamicEqBand(
                shape,
                hz,
                0.7,
                -30.0,
                3.0,
                rangeDb,
                6.0,
                100.0,
                100.0,
                trigger,
                ChannelPlacement.STEREO,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private static double steadyGainDb(DynamicEqBand band, double hz, double levelDb) {
        return levelDb(run(band, tone(hz, levelDb, 2 * RATE)), hz) - levelDb;
    }

    private static float[] run(DynamicEqBand band, float[] in) {
        var processor = new DynamicEqSettings(List.of(band)).prepare(new StreamFormat(RATE, 1));
        return TestSignals.run(processor, new AudioClip(RATE, in), null)[0];
    }

    /** Level in dB of mean square, as thresholds mean it. */
    private static float[] tone(double hz, double levelDb, int frames) {
        float[] tone = new float[frames];
        double amplitude = Math.sqrt(2.0) * Math.pow(10.0, levelDb / 20.0);
        for (int i = 0; i < frames; i++) {
            tone[i] = (float) (amplitude * Math.sin(2.0 * Math.PI * hz * i / RATE));
        }
        return tone;
    }

    /** Mean square of one frequency in the second half, through a Hann window squared. */
    private static double levelDb(float[] samples, double hz) {
        float[] half = Arrays.copyOfRange(samples, samples.length / 2, samples.length);
        double re = 0.0;
        double im = 0.0;
        double sum = 0.0;
        for (int i = 0; i < half.length; i++) {
            double hann = 0.5 - 0.5 * Math.cos(2.0 * Math.PI * i / half.length);
            double weight = hann * hann;
            double angle = 2.0 * Math.PI * hz * i / RATE;
            re += weight * half[i] * Math.cos(angle);
            im += weight * half[i] * Math.sin(angle);
            sum += weight;
        }
        return 10.0 * Math.log10(2.0 * (re * re + im * im) / (sum * sum));
    }
}
