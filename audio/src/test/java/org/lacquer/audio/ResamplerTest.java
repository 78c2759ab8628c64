// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class ResamplerTest {
    private static final int WINDOW = 32_768;

    /** Standards for 24-bit mastering ask for -138 dB of everything that is not the tone. */
    private static final double SPUR_LIMIT_DB = -138;

    private static final double PASS_BAND_DB = 0.005;

    @ParameterizedTest
    @CsvSource({
        "44100, 48000", "48000, 44100", "96000, 44100", "192000, 44100", "88200, 44100",
        "44100, 96000", "48000, 96000", "44100, 192000", "384000, 48000", "8000, 48000",
        "48000, 11025", "44100, 44101", "47999, 32000"
    })
    void tonesComeOutCleanAndTheRestNotAtAll(int from, int to) throws IOException {
        double lower = Math.min(from, to) / 2.0;
        for (double part : new double[] {0.011, 0.13, 0.45, 0.8, 0.905}) {
            double hz = part * lower;
            double[] spectrum = spectrumOf(hz, from, to);
            assertThat(levelAt(spectrum, hz, to))
                    .as("gain at %s Hz", hz)
                    .isCloseTo(0, within(PASS_BAND_DB));
            assertThat(largestBeside(spectrum, hz, to))
                    .as("spurs of %s Hz", hz)
                    .isLessThan(SPUR_LIMIT_DB);
        }
        // Above the pass-band a tone may fade, but nothing may appear elsewhere.
        double[] transition = spectrumOf(0.96 * lower, from, to);
        assertThat(largestBeside(transition, 0.96 * lower, to)).isLessThan(SPUR_LIMIT_DB);
    }

    @ParameterizedTest
    @CsvSource({"96000, 44100", "192000, 44100", "48000, 44100", "384000, 48000", "48000, 8000"})
    void tonesAboveTheNewNyquistFrequencyVanish(int from, int to) throws IOException {
        for (double part : new double[] {0.0, 0.05, 0.3, 0.7, 0.98}) {
            double hz = to / 2.0 + part * (from - to) / 2.0;
            double[] spectrum = spectrumOf(hz, from, to);
            double largest = Arrays.stream(spectrum).max().orElseThrow();
            assertThat(largest).as("alias of %s Hz", hz).isLessThan(SPUR_LIMIT_DB);
        }
    }

    @ParameterizedTest
    @CsvSource({"44100, 48000", "48000, 44100", "96000, 44100", "192000, 44100", "44100, 192000"})
    void passBandIsFlatToTwentyKilohertz(int from, int to) throws IOException {
        for (int hz = 250; hz <= 20_000; hz += 790) {
            double level = levelAt(spectrumOf(hz, from, to), hz, to);
            assertThat(level).as("gain at %s Hz", hz).isCloseTo(0, within(PASS_BAND_DB));
        }
    }

    /**
     * Every pair of the usual rates with ten tones at once, from 30 Hz to the end of the pass-band
     * and beyond the other rate's half: each keeps its level, and nothing else appears.
     */
    @ParameterizedTest
    @MethodSource("usualPairs")
    void usualRatePairsAreFlatAndFreeOfImagesAndAliases(int from, int to) throws IOException {
        double end = 20.0 / 22.05 * Math.min(from, to) / 2.0;
        double[] kept = {30.0, 440.0, 997.0, 3_150.0, 7_777.0, 0.6 * end, 0.85 * end, end};
        double[] gone =
                to < from
                        ? new double[] {to / 2.0 + 0.02 * (from - to), from / 2.0 * 0.97}
                        : new double[0];
        double amplitude = 1.0 / (kept.length + gone.length);
        double[] all = DoubleStream.concat(Arrays.stream(kept), Arrays.stream(gone)).toArray();
        int frames = (int) ((long) (WINDOW + 4_096) * from / to) + 1_024;
        float[] input = new float[frames];
        double[] sum = new double[frames];
        for (double hz : all) {
            double step = 2.0 * Math.PI * hz / from;
            for (int i = 0; i < frames; i++) {
                sum[i] += amplitude * Math.sin(step * i);
            }
        }
        for (int i = 0; i < frames; i++) {
            input[i] = (float) sum[i];
        }
        double[] levels = levelsOf(convert(input, from, to));
        boolean[] explained = new boolean[levels.length];
        for (double hz : kept) {
            int bin = (int) Math.rint(hz * WINDOW / to);
            // 30 Hz shares its lobe with its own mirror image: no level there.
            if (hz > 100.0) {
                assertThat(levelAt(levels, hz, to) - Decibels.fromGain(amplitude))
                        .as("gain at %s Hz", hz)
                        .isCloseTo(0, within(PASS_BAND_DB));
            }
            Arrays.fill(explained, Math.max(0, bin - 20), Math.min(levels.length, bin + 21), true);
        }
        double spur = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < levels.length; k++) {
            spur = explained[k] ? spur : Math.max(spur, levels[k]);
        }
        assertThat(spur).isLessThan(SPUR_LIMIT_DB);
    }

    static Stream<Arguments> usualPairs() {
        int[] rates = {44_100, 48_000, 88_200, 96_000, 176_400, 192_000};
        return IntStream.of(rates)
                .boxed()
                .flatMap(
                        from ->
                                IntStream.of(rates)
                                        .filter(to -> to != from)
                                        .mapToObj(to -> Arguments.of(from, to)));
    }

    /** The same bits on every machine: a hash of integers in, integers out. */
    @ParameterizedTest
    @CsvSource({"44100, 48000, 336297085", "96000, 44100, 1704993341", "44100, 44101, -1091067683"})
    void conversionIsStableToTheBit(int from, int to, int hash) throws IOException {
        float[] input = Signals.noise(77, 1.0, 20_000);
        float[] output = convert(input, from, to);
        assertThat(Arrays.hashCode(output)).isEqualTo(hash);
    }

    /**
     * A sine has the analytic value at each output time: no delay, no phase shift. 1e-6: -120 dB.
     */
    @ParameterizedTest
    @CsvSource({"44100, 48000", "96000, 44100", "44100, 44101", "8000, 384000", "384000, 8000"})
    void outputIsAlignedInTime(int from, int to) throws IOException {
        double hz = 0.2 * Math.min(from, to);
        int frames = from;
        float[] output = convert(Signals.sine(hz, 0.9, from, frames), from, to);
        assertThat(output).hasSize(to);
        float[] expected = Signals.sine(hz, 0.9, to, to);
        for (int i = to / 4; i < 3 * to / 4; i++) {
            assertThat(output[i]).isCloseTo(expected[i], within(1e-6f));
        }
    }

    @ParameterizedTest
    @CsvSource({"44100, 48000", "48000, 44100", "192000, 8000", "8000, 192000", "44100, 44101"})
    void lengthIsRoundedAndNeverMoreThanHalfAFrameOff(int from, int to) throws IOException {
        for (int frames : new int[] {0, 1, 2, 159, 160, 1_000, 4_097}) {
            float[] output = convert(new float[frames], from, to);
            assertThat((double) output.length)
                    .isCloseTo((double) frames * to / from, within(0.5))
                    .isEqualTo(Resampler.outputFrames(frames, from, to));
            assertThat(output).isEqualTo(new float[output.length]);
        }
    }

    @ParameterizedTest
    @CsvSource({"44100, 48000", "192000, 44100", "8000, 384000", "384000, 8000", "44100, 44101"})
    void blockSizeAndChannelCountLeaveNoTrace(int from, int to) throws IOException {
        float[] a = Signals.noise(1, 1, 9_000);
        float[] b = Signals.noise(2, 1, 9_000);
        float[] c = Signals.noise(3, 1, 9_000);
        float[] alone = convert(b, from, to);
        for (int blockFrames : new int[] {1, 63, 1_024, 8_999}) {
            var resampler = new Resampler(new StreamFormat(from, 3), to);
            try (var spool = new AudioSpool(resampler.outputFormat(), Long.MAX_VALUE)) {
                resampler.write(AudioBlock.wrap(c, c, c), block -> {});
                resampler.reset();
                Signals.writeAll(block -> resampler.write(block, spool), blockFrames, a, b, c);
                resampler.finish(spool);
                spool.finish();
                float[][] read = Signals.readAll(spool.source(), 4_096);
                assertThat(read[1]).as("blocks of %s", blockFrames).isEqualTo(alone);
                assertThat(read[0]).isEqualTo(convert(a, from, to));
                assertThat(read[2]).isEqualTo(convert(c, from, to));
            }
        }
    }

    @Test
    void equalRatesNeedNoResampler() throws IOException {
        try (AudioSource source = new AudioClip(48_000, new float[10]).source()) {
            assertThat(Resampler.resample(source, 48_000)).isSameAs(source);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resampler(new StreamFormat(48_000, 2), 48_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Resampler(new StreamFormat(48_000, 2), 384_001));
    }

    private static float[] convert(float[] samples, int from, int to) throws IOException {
        try (AudioSource source = Resampler.resample(new AudioClip(from, samples).source(), to)) {
            return Signals.readAll(source, 4_096)[0];
        }
    }

    /**
     * Levels in dB of a converted full-scale tone, by a Kaiser window whose side lobes are -190.
     */
    private static double[] spectrumOf(double hz, int from, int to) throws IOException {
        int lead = 2_048;
        int frames = (int) ((long) (WINDOW + 2 * lead) * from / to) + 1_024;
        return levelsOf(convert(Signals.sine(hz, 1.0, from, frames), from, to));
    }

    private static double[] levelsOf(float[] output) {
        int lead = 2_048;
        double[] data = new double[WINDOW];
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            double place = 2.0 * i / WINDOW - 1;
            double window = besselI0(24 * Math.sqrt(1 - place * place));
            data[i] = output[lead + i] * window;
            sum += window;
        }
        var fft = new Fft(WINDOW);
        fft.forward(data);
        double[] levels = new double[WINDOW / 2 + 1];
        fft.powers(data, levels);
        for (int k = 0; k < levels.length; k++) {
            levels[k] = Decibels.fromPower(4 * levels[k] / (sum * sum));
        }
        return levels;
    }

    /** Tone level from the power of the main lobe, against that of a tone at a bin. */
    private static double levelAt(double[] levels, double hz, int rateHz) {
        double bin = hz * WINDOW / rateHz;
        double tone = 0;
        double reference = 0;
        for (int k = -20; k <= 20; k++) {
            int at = (int) Math.rint(bin) + k;
            if (at >= 0) {
                tone += Decibels.toPower(levels[at]);
            }
        }
        for (double level : windowLobe()) {
            reference += Decibels.toPower(level);
        }
        return Decibels.fromPower(tone / reference);
    }

    private static double[] windowLobe() {
        double[] data = new double[WINDOW];
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            double place = 2.0 * i / WINDOW - 1;
            data[i] = besselI0(24 * Math.sqrt(1 - place * place));
            sum += data[i];
        }
        double[] levels = new double[41];
        var fft = new Fft(WINDOW);
        fft.forward(data);
        double[] powers = new double[WINDOW / 2 + 1];
        fft.powers(data, powers);
        for (int k = -20; k <= 20; k++) {
            levels[k + 20] = Decibels.fromPower(powers[Math.abs(k)] / (sum * sum));
        }
        return levels;
    }

    private static double largestBeside(double[] levels, double hz, int rateHz) {
        double bin = hz * WINDOW / rateHz;
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < levels.length; k++) {
            if (Math.abs(k - bin) > 20) {
                largest = Math.max(largest, levels[k]);
            }
        }
        return largest;
    }

    private static double besselI0(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }
}
