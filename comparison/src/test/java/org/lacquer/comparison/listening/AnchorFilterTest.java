// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lacquer.audio.AudioClip;

/** ITU-R BS.1534-3, anchors: 0.1 dB of ripple, 25 dB down at 4 kHz and 50 dB at 4.5 kHz. */
final class AnchorFilterTest {
    @ParameterizedTest
    @CsvSource({"3500, 44100", "3500, 48000", "7000, 44100", "7000, 48000", "3500, 22050"})
    void passBandIsFlatAndStopBandIsDeep(double cutoffHz, int rateHz) {
        for (double share = 0.01; share <= 1.0; share += 0.01) {
            assertThat(gainDb(share * cutoffHz, cutoffHz, rateHz)).isCloseTo(0.0, within(0.01));
        }
        assertThat(gainDb(4.0 / 3.5 * cutoffHz, cutoffHz, rateHz)).isLessThan(-55.0);
        for (double hz = 4.05 / 3.5 * cutoffHz; hz < rateHz / 2.0; hz += 50.0) {
            assertThat(gainDb(hz, cutoffHz, rateHz)).as("%.0f Hz", hz).isLessThan(-59.0);
        }
    }

    private static double gainDb(double hz, double cutoffHz, int rateHz) {
        double[] taps = AnchorFilter.taps(cutoffHz, rateHz);
        double sum = 0.0;
        for (int k = 0; k < taps.length; k++) {
            sum +=
                    taps[k]
                            * StrictMath.cos(
                                    2.0 * StrictMath.PI * hz / rateHz * (k - taps.length / 2));
        }
        return 20.0 * StrictMath.log10(Math.abs(sum) + 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"1000, 1", "6000, 0"})
    void anchorLiesInLineWithItsReference(double hz, double share) {
        float[] tone = new float[20_000];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = (float) (0.5 * StrictMath.sin(2.0 * StrictMath.PI * hz / 44_100 * i));
        }
        AudioClip out = AnchorFilter.apply(new AudioClip(44_100, tone), AnchorFilter.LOW_HZ);
        assertThat(out.frames()).isEqualTo(tone.length);
        for (int i = 1_000; i < tone.length - 1_000; i++) {
            assertThat(out.channel(0)[i]).isCloseTo((float) share * tone[i], within(0.001f));
        }
    }
}
