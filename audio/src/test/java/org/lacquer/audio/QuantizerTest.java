// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;

class QuantizerTest {
    private static final StreamFormat MONO = new StreamFormat(44_100, 1);
    private static final StreamFormat STEREO = new StreamFormat(44_100, 2);
    private static final int FRAMES = 1 << 20;

    @ParameterizedTest
    @EnumSource(
            value = BitDepth.class,
            names = {"INT16", "INT24"})
    void resultsLieExactlyOnTheGridWithinTheLegalCodes(BitDepth depth) {
        float[] samples = Signals.noise(11, 1.2, 100_000);
        process(new Quantizer(depth, DitherKind.TPDF, 7, MONO), samples);
        double codes = 1 / depth.step();
        for (float sample : samples) {
            double code = sample * codes;
            assertThat(code).isEqualTo(Math.rint(code)).isBetween(-codes, codes - 1);
        }
        assertThat(samples).contains(-1f, (float) (1 - depth.step()));
    }

    @Test
    void plainRoundingGoesToTheNearestCode() {
        float lsb = (float) BitDepth.INT16.step();
        float[] samples = {0.4f * lsb, 0.6f * lsb, -0.4f * lsb, -0.6f * lsb, 1f, -1f, 0f, 2f, -2f};
        process(new Quantizer(BitDepth.INT16, DitherKind.NONE, 0, MONO), samples);
        assertThat(samples).containsExactly(0, lsb, 0, -lsb, 1 - lsb, -1, 0, 1 - lsb, -1);
    }

    @Test
    void codesOfTheDepthSurvivePlainRounding() {
        for (BitDepth depth : new BitDepth[] {BitDepth.INT16, BitDepth.INT24}) {
            float[] codes = Signals.codes(3, depth.bits(), 10_000);
            float[] rounded = codes.clone();
            process(new Quantizer(depth, DitherKind.NONE, 0, MONO), rounded);
            assertThat(rounded).isEqualTo(codes);
        }
    }

    @Test
    void floatPassesThrough() {
        float[] samples = Signals.noise(5, 3, 1_000);
        float[] processed = samples.clone();
        process(new Quantizer(BitDepth.FLOAT32, DitherKind.TPDF, 1, MONO), processed);
        assertThat(processed).isEqualTo(samples);
    }

    /**
     * Mean 0 and power LSB²/4 (uniform rounding 1/12 plus triangular 1/6) at every level between
     * two codes. Over 2^20 samples the mean has a standard error of 0.0005 LSB and the power one of
     * 0.0003 LSB²; the limits are five of them.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.25, 0.5, 0.77, -0.3, 1234.5})
    void errorOfAConstantHasMeanZeroAndAQuarterOfALsbSquared(double levelLsb) {
        float level = (float) (levelLsb * BitDepth.INT16.step());
        float[] samples = new float[FRAMES];
        Arrays.fill(samples, level);
        process(new Quantizer(BitDepth.INT16, DitherKind.TPDF, 99, MONO), samples);
        double sum = 0;
        double power = 0;
        for (float sample : samples) {
            double error = ((double) sample - level) / BitDepth.INT16.step();
            sum += error;
            power += error * error;
        }
        assertThat(sum / FRAMES).isCloseTo(0, within(0.0025));
        assertThat(power / FRAMES).isCloseTo(0.25, within(0.0015));
    }

    /** A correlation coefficient of independent series has a standard error of 0.001 here. */
    @Test
    void errorIsUncorrelatedWithTheSignalAndBetweenChannelsAndFrames() {
        double lsb = BitDepth.INT16.step();
        float[] quiet = Signals.sine(997, 1.5 * lsb, 44_100, FRAMES);
        float[] left = quiet.clone();
        float[] right = quiet.clone();
        process(new Quantizer(BitDepth.INT16, DitherKind.TPDF, 4, STEREO), left, right);
        double[] leftError = difference(left, quiet);
        double[] rightError = difference(right, quiet);
        double[] delayed = Arrays.copyOfRange(leftError, 1, FRAMES);
        assertThat(correlation(leftError, difference(quiet, new float[FRAMES])))
                .isCloseTo(0, within(0.005));
        assertThat(correlation(leftError, rightError)).isCloseTo(0, within(0.005));
        assertThat(correlation(delayed, leftError)).isCloseTo(0, within(0.005));
    }

    @Test
    void withoutDitherTheErrorFollowsTheSignal() {
        float[] quiet = Signals.sine(997, 0.4 * BitDepth.INT16.step(), 44_100, FRAMES);
        float[] rounded = quiet.clone();
        process(new Quantizer(BitDepth.INT16, DitherKind.NONE, 4, MONO), rounded);
        assertThat(correlation(difference(rounded, quiet), difference(quiet, new float[FRAMES])))
                .isLessThan(-0.99);
    }

    @Test
    void blockSizeIsInaudibleAndResetStartsAgain() {
        float[] whole = Signals.noise(21, 0.5, 10_000);
        float[] pieces = whole.clone();
        float[] again = whole.clone();
        var quantizer = new Quantizer(BitDepth.INT16, DitherKind.TPDF, 5, MONO);
        process(quantizer, whole);
        quantizer.reset();
        var block = new AudioBlock(1, 777);
        for (int at = 0; at < pieces.length; at += 777) {
            int count = Math.min(777, pieces.length - at);
            block.copyFrom(AudioBlock.wrap(pieces), at, count);
            quantizer.process(block);
            System.arraycopy(block.channel(0), 0, pieces, at, count);
        }
        assertThat(pieces).isEqualTo(whole);
        process(new Quantizer(BitDepth.INT16, DitherKind.TPDF, 6, MONO), again);
        assertThat(again).isNotEqualTo(whole);
    }

    /**
     * Noise of the shaped kinds against flat TPDF at 44.1 kHz: total power, and density at 1, 3, 4,
     * 12 and 20 kHz, as SoX's coefficients give by calculation. Over 2^20 frames in 500 Hz the
     * density has a standard error of 0.04 dB; where the curve is steep, the band's mean differs by
     * more.
     */
    @ParameterizedTest
    @CsvSource({
        "WANNAMAKER_3, 6.6, -12.5, -17.0, -19.3, 5.1, 11.2",
        "LIPSHITZ_5, 12.2, -15.9, -17.9, -27.2, -6.5, 18.7",
        "MODIFIED_E_9, 7.6, -8.8, -19.4, -19.4, 3.7, 13.2",
        "F_WEIGHTED_9, 18.4, -13.4, -25.0, -23.3, -5.8, 25.5",
        "IMPROVED_E_9, 23.1, -16.9, -27.3, -25.2, -8.6, 30.3"
    })
    void shapedNoiseLiesWhereItShould(
            DitherKind kind,
            double totalDb,
            double at1k,
            double at3k,
            double at4k,
            double at12k,
            double at20k) {
        float[] music = Signals.sine(997, 0.3, 44_100, FRAMES);
        double[] flat = spectrum(error(music, DitherKind.TPDF, MONO));
        double[] shaped = spectrum(error(music, kind, MONO));
        assertThat(ratioDb(shaped, flat, 0, 22_050)).isCloseTo(totalDb, within(0.1));
        double[] hz = {1_000, 3_000, 4_000, 12_000, 20_000};
        double[] expected = {at1k, at3k, at4k, at12k, at20k};
        for (int k = 0; k < hz.length; k++) {
            assertThat(ratioDb(shaped, flat, hz[k] - 60, hz[k] + 60))
                    .as("%s Hz", hz[k])
                    .isCloseTo(expected[k], within(0.6));
        }
    }

    /** Where the filters do not belong the noise is that of TPDF, bit for bit. */
    @ParameterizedTest
    @EnumSource(
            value = DitherKind.class,
            names = {"NONE", "TPDF"},
            mode = EnumSource.Mode.EXCLUDE)
    void shapedNoiseIsFlatAtOtherRates(DitherKind kind) {
        StreamFormat format = new StreamFormat(96_000, 1);
        float[] music = Signals.noise(8, 0.4, 10_000);
        assertThat(error(music, kind, format)).isEqualTo(error(music, DitherKind.TPDF, format));
        assertThat(error(music, kind, new StreamFormat(48_000, 1)))
                .isNotEqualTo(error(music, DitherKind.TPDF, format));
    }

    /** Clipping for a second, and NaN: the next second is as quiet as if nothing had happened. */
    @ParameterizedTest
    @EnumSource(DitherKind.class)
    void everyDitherRecoversFromWhatIsNoMusic(DitherKind kind) {
        float[] samples = new float[88_200];
        Arrays.fill(samples, 0, 44_100, 1e30f);
        samples[20_000] = Float.NaN;
        samples[30_000] = Float.NEGATIVE_INFINITY;
        process(new Quantizer(BitDepth.INT16, kind, 12, MONO), samples);
        for (int i = 44_200; i < samples.length; i++) {
            assertThat(Math.abs(samples[i])).isLessThan(80 * (float) BitDepth.INT16.step());
        }
    }

    @ParameterizedTest
    @EnumSource(DitherKind.class)
    void everyDitherIsIndependentOfBlocksAndStartsAgain(DitherKind kind) {
        float[] whole = Signals.noise(21, 0.5, 10_000);
        float[] pieces = whole.clone();
        var quantizer = new Quantizer(BitDepth.INT16, kind, 5, MONO);
        process(quantizer, whole);
        quantizer.reset();
        var block = new AudioBlock(1, 777);
        for (int at = 0; at < pieces.length; at += 777) {
            int count = Math.min(777, pieces.length - at);
            block.copyFrom(AudioBlock.wrap(pieces), at, count);
            quantizer.process(block);
            System.arraycopy(block.channel(0), 0, pieces, at, count);
        }
        assertThat(pieces).isEqualTo(whole);
    }

    private static double[] error(float[] music, DitherKind kind, StreamFormat format) {
        float[] rounded = music.clone();
        process(new Quantizer(BitDepth.INT16, kind, 3, format), rounded);
        return difference(rounded, music);
    }

    private static double[] spectrum(double[] error) {
        double[] data = error.clone();
        var fft = new Fft(data.length);
        fft.forward(data);
        double[] powers = new double[data.length / 2 + 1];
        fft.powers(data, powers);
        return powers;
    }

    private static double ratioDb(double[] a, double[] b, double fromHz, double toHz) {
        double sumA = 0;
        double sumB = 0;
        double binsPerHz = FRAMES / 44_100.0;
        for (int k = (int) (fromHz * binsPerHz); k < (int) (toHz * binsPerHz); k++) {
            sumA += a[k];
            sumB += b[k];
        }
        return Decibels.fromPower(sumA / sumB);
    }

    private static void process(Quantizer quantizer, float[]... channels) {
        quantizer.process(AudioBlock.wrap(channels));
    }

    private static double[] difference(float[] a, float[] b) {
        double[] result = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = (double) a[i] - b[i];
        }
        return result;
    }

    private static double correlation(double[] a, double[] b) {
        double product = 0;
        double powerA = 0;
        double powerB = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            powerA += a[i] * a[i];
            powerB += b[i] * b[i];
        }
        return product / Math.sqrt(powerA * powerB);
    }
}
