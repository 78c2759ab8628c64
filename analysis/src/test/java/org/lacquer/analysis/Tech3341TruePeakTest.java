// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;

import java.io.IOException;

/**
 * The minimum requirements of EBU Tech 3341 (November 2023), table 1, for true peak: cases 15 to
 * 23, from generated signals.
 *
 * <p>At 48 kHz each case is held against two numbers computed elsewhere. One is the peak of the
 * continuous signal (by a Fourier series, 64 points a frame), which 32 points a frame must reach.
 * The other is the peak on four points a frame, which every eighth phase of ours must give. In
 * cases 20 to 23 these points are the samples of the signal before its decimation. They differ by
 * 0.05 dB because the tip of the burst lies between two of them; theory allows up to 0.17 dB at a
 * quarter of the rate, -20 log10 cos(π/4 · 1/4). Shorter interpolators read those cases between
 * -0.133 and -0.122 dB, since the ends of the burst reach into their transition bands.
 */
class Tech3341TruePeakTest {
    static final int[] RATES_HZ = Signals.RATES_HZ;

    /** Numbers printed to three digits, and single-precision signals. */
    private static final Offset<Double> PRINTED = within(0.005);

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case15(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.sine(rate, 4, 0.50, 0.0), -6.0, -6.021, -6.021);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case16(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.sine(rate, 4, 0.50, 45.0), -6.0, -6.020, -6.020);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case17(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.sine(rate, 6, 0.50, 60.0), -6.0, -6.019, -6.019);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case18(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.sine(rate, 8, 0.50, 67.5), -6.0, -6.019, -6.019);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case19(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.sine(rate, 4, 1.41, 45.0), 3.0, 2.985, 2.985);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case20(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.burst(rate, 0), 0.0, -0.077, -0.130);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case21(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.burst(rate, 1), 0.0, -0.077, -0.130);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case22(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.burst(rate, 2), 0.0, -0.078, -0.130);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case23(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.burst(rate, 3), 0.0, -0.077, -0.130);
    }

    private static void assertTruePeak(
            int rate, float[] samples, double expectedDbtp, double exact, double fourPoints)
            throws IOException {
        double dbtp = Signals.truePeak(new AudioClip(rate, samples, samples)).truePeakDbtp();
        // Table 1: +0.2/-0.4 dB.
        assertThat(dbtp).isBetween(expectedDbtp - 0.4, expectedDbtp + 0.2);
        if (rate == 48_000) {
            assertThat(dbtp).isCloseTo(exact, PRINTED);
            assertThat(fourPointPeakDb(samples)).isCloseTo(fourPoints, PRINTED);
        }
    }

    /** Largest of four points a frame, away from both ends. */
    private static double fourPointPeakDb(float[] samples) {
        float largest = 0f;
        for (int i = 0; i + TruePeakInterpolator.TAPS <= samples.length; i++) {
            for (int phase = 0; phase < TruePeakInterpolator.OVERSAMPLING; phase += 8) {
                largest = Math.max(largest, Math.abs(TruePeakInterpolator.at(samples, i, phase)));
            }
        }
        return Decibels.fromGain(largest);
    }
}
