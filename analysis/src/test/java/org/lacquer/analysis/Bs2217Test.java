// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.lacquer.analysis.Signals.silence;
import static org.lacquer.analysis.Signals.stereoTone;
import static org.lacquer.analysis.Signals.tone;
import static org.lacquer.analysis.Signals.tones;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.lacquer.audio.AudioClip;

import java.io.IOException;

/**
 * Generated counterparts of the compliance files of Report ITU-R BS.2217, by the names of those
 * files. The programme files are recordings.
 */
class Bs2217Test {
    static final int[] RATES_HZ = Signals.RATES_HZ;

    /** Report BS.2217: ±0.1 LU. */
    private static final Offset<Double> TOLERANCE = within(0.1);

    /** Frequency, and peak of a stereo sine that reads -23 LKFS: -23 + 0.691 - K(f). */
    private static final double[][] SINES = {
        {25, -11.92}, {100, -21.18}, {500, -22.35}, {1000, -23.01}, {2000, -25.38}, {10_000, -26.35}
    };

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void sines2ch(int rate) throws IOException {
        for (double[] sine : SINES) {
            for (int target : new int[] {-23, -24}) {
                float[] samples = tones(rate, sine[0], tone(6, sine[1] + 23 + target));
                assertThat(integrated(new AudioClip(rate, samples, samples)))
                        .as("%f Hz", sine[0])
                        .isCloseTo(target, TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void frequencySweep(int rate) throws IOException {
        // 20 Hz to 20 kHz at -18 LKFS on two channels at every frequency: peak = -18 + 0.691 -
        // K(f).
        int frames = 15 * rate;
        float[] samples = new float[frames];
        double phase = 0.0;
        for (int i = 0; i < frames; i++) {
            double frequency = 20.0 * Math.pow(1000.0, (double) i / frames);
            phase += frequency / rate;
            double k = 10.0 * Math.log10(Bs1770.weightingPowerAt(frequency, 48_000));
            double gain = Math.pow(10.0, (-18.0 + 0.691 - k) / 20.0);
            samples[i] = (float) (gain * Math.sin(2.0 * Math.PI * (phase % 1.0)));
        }
        assertThat(integrated(new AudioClip(rate, samples, samples))).isCloseTo(-18.0, TOLERANCE);
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void channelCheck(int rate) throws IOException {
        for (int target : new int[] {-23, -24}) {
            for (int channel : new int[] {0, 1, 2, 4, 5}) {
                double peak = target + (channel < 3 ? 3.00 : 1.51);
                float[][] samples = new float[6][3 * rate];
                samples[channel] = tones(rate, 1000, tone(3, peak));
                assertThat(integrated(new AudioClip(rate, samples)))
                        .as("channel %d", channel)
                        .isCloseTo(target, TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void channelCheckLfe(int rate) throws IOException {
        // A loud LFE, which must not count, beside main channels at the target.
        for (int target : new int[] {-23, -24}) {
            float[][] samples = new float[6][3 * rate];
            samples[0] = tones(rate, 1000, tone(3, target - 0.01));
            samples[1] = samples[0];
            samples[3] = tones(rate, 60, tone(3, -1));
            assertThat(integrated(new AudioClip(rate, samples))).isCloseTo(target, TOLERANCE);
        }
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void summingTest(int rate) throws IOException {
        // The levels of case 6 of Tech 3341, with an LFE that is silent.
        for (int target : new int[] {-23, -24}) {
            float[] front = tones(rate, 1000, tone(3, target - 5));
            float[] centre = tones(rate, 1000, tone(3, target - 1));
            float[] side = tones(rate, 1000, tone(3, target - 7));
            float[][] samples = {front, front, centre, new float[3 * rate], side, side};
            assertThat(integrated(new AudioClip(rate, samples))).isCloseTo(target, TOLERANCE);
        }
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void absGateTest(int rate) throws IOException {
        AudioClip clip =
                stereoTone(
                        rate,
                        silence(0.8),
                        tone(0.5, -69.48),
                        silence(0.5),
                        tone(0.5, -69.48),
                        silence(0.5),
                        tone(0.5, -69.48),
                        silence(0.7));
        assertThat(integrated(clip)).isCloseTo(-69.5, TOLERANCE);
        if (rate == 48_000) {
            assertThat(integrated(clip)).isCloseTo(-69.47, within(0.01));
        }
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void relGateTest(int rate) throws IOException {
        AudioClip clip =
                stereoTone(
                        rate,
                        silence(0.5),
                        tone(0.9, -19.9),
                        tone(1.3, -7.1),
                        tone(0.8, -19.9),
                        silence(0.5));
        assertThat(integrated(clip)).isCloseTo(-10.0, TOLERANCE);
        if (rate == 48_000) {
            assertThat(integrated(clip)).isCloseTo(-10.03, within(0.01));
        }
    }

    private static double integrated(AudioClip clip) throws IOException {
        return Signals.loudness(clip).integratedLufs();
    }
}
