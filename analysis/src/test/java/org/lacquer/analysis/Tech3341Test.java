// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lacquer.analysis.Signals.repeat;
import static org.lacquer.analysis.Signals.silence;
import static org.lacquer.analysis.Signals.stereoTone;
import static org.lacquer.analysis.Signals.tone;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.lacquer.audio.AudioClip;

import java.io.IOException;

/**
 * The minimum requirements of EBU Tech 3341 (November 2023), table 1, from generated signals. Cases
 * 7 and 8 are recordings that cannot be generated.
 *
 * <p>The values at 48 kHz come from an independent implementation of the same documents, printed to
 * three digits.
 */
class Tech3341Test {
    static final int[] RATES_HZ = Signals.RATES_HZ;

    /** Table 1: loudness in LU. */
    private static final Offset<Double> TOLERANCE = within(0.1);

    /** Rounding of the printed values, and single-precision signals. */
    private static final Offset<Double> PRINTED = within(0.005);

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case1(int rate) throws IOException {
        var loudness = Signals.loudness(stereoTone(rate, tone(20, -23)));
        assertSteady(loudness, -23.0);
        printed(rate, loudness.integratedLufs(), -22.993);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case2(int rate) throws IOException {
        var loudness = Signals.loudness(stereoTone(rate, tone(20, -33)));
        assertSteady(loudness, -33.0);
        printed(rate, loudness.integratedLufs(), -32.993);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case3(int rate) throws IOException {
        double integrated =
                Signals.loudness(stereoTone(rate, tone(10, -36), tone(60, -23), tone(10, -36)))
                        .integratedLufs();
        assertThat(integrated).isCloseTo(-23.0, TOLERANCE);
        printed(rate, integrated, -23.014);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case4(int rate) throws IOException {
        double integrated =
                Signals.loudness(
                                stereoTone(
                                        rate,
                                        tone(10, -72),
                                        tone(10, -36),
                                        tone(60, -23),
                                        tone(10, -36),
                                        tone(10, -72)))
                        .integratedLufs();
        assertThat(integrated).isCloseTo(-23.0, TOLERANCE);
        printed(rate, integrated, -23.014);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case5(int rate) throws IOException {
        double integrated =
                Signals.loudness(stereoTone(rate, tone(20, -26), tone(20.1, -20), tone(20, -26)))
                        .integratedLufs();
        assertThat(integrated).isCloseTo(-23.0, TOLERANCE);
        printed(rate, integrated, -22.979);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case6(int rate) throws IOException {
        float[] front = Signals.tones(rate, 1000, tone(20, -28));
        float[] centre = Signals.tones(rate, 1000, tone(20, -24));
        float[] surround = Signals.tones(rate, 1000, tone(20, -30));
        double integrated =
                Signals.loudness(new AudioClip(rate, front, front, centre, surround, surround))
                        .integratedLufs();
        assertThat(integrated).isCloseTo(-23.0, TOLERANCE);
        printed(rate, integrated, -23.016);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case9(int rate) throws IOException {
        var loudness =
                Signals.loudness(stereoTone(rate, repeat(5, tone(1.34, -20), tone(1.66, -30))));
        for (int i = 0; i < loudness.shortTermLufs().size(); i++) {
            assertThat(loudness.shortTermLufs().at(i)).isCloseTo(-23.0, TOLERANCE);
        }
        printed(rate, loudness.shortTermMaxLufs(), -22.986);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case10(int rate) throws IOException {
        for (int i = 0; i < 20; i++) {
            double shortTermMax =
                    Signals.loudness(stereoTone(rate, silence(i * 0.15), tone(3, -23), silence(1)))
                            .shortTermMaxLufs();
            assertThat(shortTermMax).as("file %d", i).isCloseTo(-23.0, TOLERANCE);
            printed(rate, shortTermMax, -22.993);
        }
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case11(int rate) throws IOException {
        for (int i = 0; i < 20; i++) {
            double shortTermMax =
                    Signals.loudness(
                                    stereoTone(
                                            rate,
                                            silence(i * 0.15),
                                            tone(3, -38 + i),
                                            silence(3 - i * 0.15)))
                            .shortTermMaxLufs();
            assertThat(shortTermMax).as("step %d", i).isCloseTo(-38.0 + i, TOLERANCE);
        }
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case12(int rate) throws IOException {
        var loudness =
                Signals.loudness(stereoTone(rate, repeat(25, tone(0.18, -20), tone(0.22, -30))));
        for (int i = 0; i < loudness.momentaryLufs().size(); i++) {
            if (loudness.momentaryLufs().secondsAt(i) >= 1.0) {
                assertThat(loudness.momentaryLufs().at(i)).isCloseTo(-23.0, TOLERANCE);
            }
        }
        printed(rate, loudness.momentaryMaxLufs(), -22.960);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case13(int rate) throws IOException {
        for (int i = 0; i < 20; i++) {
            double momentaryMax =
                    Signals.loudness(
                                    stereoTone(rate, silence(i * 0.02), tone(0.4, -23), silence(1)))
                            .momentaryMaxLufs();
            assertThat(momentaryMax).as("file %d", i).isCloseTo(-23.0, TOLERANCE);
            printed(rate, momentaryMax, -22.994);
        }
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case14(int rate) throws IOException {
        for (int i = 0; i < 20; i++) {
            double momentaryMax =
                    Signals.loudness(
                                    stereoTone(
                                            rate,
                                            silence(i * 0.02),
                                            tone(0.4, -38 + i),
                                            silence(0.4 - i * 0.02)))
                            .momentaryMaxLufs();
            assertThat(momentaryMax).as("step %d", i).isCloseTo(-38.0 + i, TOLERANCE);
        }
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case15(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.sine(rate, 4, 0.50, 0.0), -6.0);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case16(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.sine(rate, 4, 0.50, 45.0), -6.0);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case17(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.sine(rate, 6, 0.50, 60.0), -6.0);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case18(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.sine(rate, 8, 0.50, 67.5), -6.0);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case19(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.sine(rate, 4, 1.41, 45.0), 3.0);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case20(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.burst(rate, 0), 0.0);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case21(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.burst(rate, 1), 0.0);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case22(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.burst(rate, 2), 0.0);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case23(int rate) throws IOException {
        assertTruePeak(rate, TruePeakSignals.burst(rate, 3), 0.0);
    }

    private static void assertSteady(Loudness loudness, double expectedLufs) {
        assertThat(loudness.integratedLufs()).isCloseTo(expectedLufs, TOLERANCE);
        assertThat(loudness.momentaryMaxLufs()).isCloseTo(expectedLufs, TOLERANCE);
        assertThat(loudness.shortTermMaxLufs()).isCloseTo(expectedLufs, TOLERANCE);
        for (int i = 0; i < loudness.momentaryLufs().size(); i++) {
            assertThat(loudness.momentaryLufs().at(i)).isCloseTo(expectedLufs, TOLERANCE);
        }
        for (int i = 0; i < loudness.shortTermLufs().size(); i++) {
            assertThat(loudness.shortTermLufs().at(i)).isCloseTo(expectedLufs, TOLERANCE);
        }
    }

    private static void assertTruePeak(int rate, float[] samples, double expectedDbtp)
            throws IOException {
        double dbtp = Signals.truePeak(new AudioClip(rate, samples, samples)).truePeakDbtp();
        // Table 1: +0.2/-0.4 dB.
        assertThat(dbtp).isBetween(expectedDbtp - 0.4, expectedDbtp + 0.2);
    }

    private static void printed(int rate, double value, double expected) {
        if (rate == 48_000) {
            assertThat(value).isCloseTo(expected, PRINTED);
        }
    }
}
