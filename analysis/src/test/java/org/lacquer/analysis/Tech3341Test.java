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
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The minimum requirements of EBU Tech 3341 (November 2023), table 1, for loudness, from generated
 * signals: cases 1 to 6 and 9 to 14. Cases 7 and 8 are recordings; {@link EbuTestSetTest} measures
 * them where there is a copy. Cases 15 to 23 are in {@link Tech3341TruePeakTest}.
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
        printed(rate, loudness.momentaryMaxLufs(), -22.993);
        printed(rate, loudness.shortTermMaxLufs(), -22.993);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case2(int rate) throws IOException {
        var loudness = Signals.loudness(stereoTone(rate, tone(20, -33)));
        assertSteady(loudness, -33.0);
        printed(rate, loudness.integratedLufs(), -32.993);
        printed(rate, loudness.momentaryMaxLufs(), -32.993);
        printed(rate, loudness.shortTermMaxLufs(), -32.993);
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
        // 5.0 in the order L R C Ls Rs.
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
        Series shortTerm = loudness.shortTermLufs();
        assertThat(shortTerm.secondsAt(0)).isEqualTo(3.0);
        assertThat(shortTerm.size()).isEqualTo(121);
        for (int i = 0; i < shortTerm.size(); i++) {
            assertThat(shortTerm.at(i)).isCloseTo(-23.0, TOLERANCE);
            printed(rate, shortTerm.at(i), -22.986);
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
        assertLive(rate, 3.0, 0.15, Loudness::shortTermMaxLufs);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case12(int rate) throws IOException {
        var loudness =
                Signals.loudness(stereoTone(rate, repeat(25, tone(0.18, -20), tone(0.22, -30))));
        Series momentary = loudness.momentaryLufs();
        assertThat(momentary.size()).isEqualTo(97);
        for (int i = 6; i < momentary.size(); i++) {
            assertThat(momentary.secondsAt(i)).isGreaterThan(0.999);
            assertThat(momentary.at(i)).isCloseTo(-23.0, TOLERANCE);
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
        assertLive(rate, 0.4, 0.02, Loudness::momentaryMaxLufs);
    }

    /**
     * A live meter on one stream of twenty steps, without a reset: step i is i delays of silence,
     * one window of tone at -38 + i, and silence to the end of two windows. The maximum is read
     * after every step.
     */
    private static void assertLive(
            int rate, double windowSeconds, double delaySeconds, ToDoubleFunction<Loudness> maximum)
            throws IOException {
        List<Signals.Part> parts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            parts.add(silence(i * delaySeconds));
            parts.add(tone(windowSeconds, -38.0 + i));
            parts.add(silence(windowSeconds - i * delaySeconds));
        }
        float[] samples = Signals.tones(rate, 1000, parts.toArray(Signals.Part[]::new));
        int step = (int) Math.round(2.0 * windowSeconds * rate);
        assertThat(samples).hasSize(20 * step);
        var meter = new LoudnessMeter(new StreamFormat(rate, 2));
        for (int i = 0; i < 20; i++) {
            float[] part = Arrays.copyOfRange(samples, i * step, (i + 1) * step);
            Signals.play(new AudioClip(rate, part, part), meter);
            double value = maximum.applyAsDouble(meter.loudness());
            assertThat(value).as("step %d", i).isCloseTo(-38.0 + i, TOLERANCE);
        }
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

    private static void printed(int rate, double value, double expected) {
        if (rate == 48_000) {
            assertThat(value).isCloseTo(expected, PRINTED);
        }
    }
}
