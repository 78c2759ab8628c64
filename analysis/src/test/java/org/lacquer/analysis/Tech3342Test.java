// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lacquer.analysis.Signals.stereoTone;
import static org.lacquer.analysis.Signals.tone;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.lacquer.audio.AudioClip;

import java.io.IOException;

/**
 * The minimum requirements of EBU Tech 3342 (November 2023), table 1, from generated signals. Cases
 * 5 and 6 are recordings.
 */
class Tech3342Test {
    static final int[] RATES_HZ = Signals.RATES_HZ;

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case1(int rate) throws IOException {
        assertRange(rate, stereoTone(rate, tone(20, -20), tone(20, -30)), 10.0);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case2(int rate) throws IOException {
        assertRange(rate, stereoTone(rate, tone(20, -20), tone(20, -15)), 5.0);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case3(int rate) throws IOException {
        assertRange(rate, stereoTone(rate, tone(20, -40), tone(20, -20)), 20.0);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void case4(int rate) throws IOException {
        AudioClip clip =
                stereoTone(
                        rate,
                        tone(20, -50),
                        tone(20, -35),
                        tone(20, -20),
                        tone(20, -35),
                        tone(20, -50));
        assertRange(rate, clip, 15.0);
    }

    private static void assertRange(int rate, AudioClip clip, double expectedLu)
            throws IOException {
        double range = Signals.loudness(clip).loudnessRangeLu();
        // Table 1: ±1 LU.
        assertThat(range).isCloseTo(expectedLu, within(1.0));
        if (rate == 48_000) {
            // An independent implementation prints two digits.
            assertThat(range).isCloseTo(expectedLu, within(0.01));
        }
    }
}
