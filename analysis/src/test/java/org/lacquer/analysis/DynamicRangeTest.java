// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.lacquer.audio.AudioClip;

import java.io.IOException;
import java.util.SplittableRandom;

/** Vectors from an independent implementation of "Measuring DR" 1.3. */
class DynamicRangeTest {
    static final int[] RATES_HZ = Signals.RATES_HZ;
    private static final int SECONDS = 16;

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void steadySineReads0(int rate) throws IOException {
        float[] samples = Signals.tones(rate, 997.0, Signals.tone(SECONDS, -6));
        assertThat(range(rate, samples)).isCloseTo(0.0, within(0.01));
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void squareReadsMinus3(int rate) throws IOException {
        float[] samples = new float[SECONDS * rate];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i / 50 % 2 == 0 ? 0.5f : -0.5f;
        }
        assertThat(range(rate, samples)).isCloseTo(-3.01, within(0.01));
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void uniformNoiseReads2(int rate) throws IOException {
        // -20 log10(√(2/3)) = 1.76.
        assertThat(range(rate, Signals.noise(SECONDS * rate, 0.9, 7)))
                .isCloseTo(1.75, within(0.03));
    }

    @ParameterizedTest
    @FieldSource("RATES_HZ")
    void gaussianNoiseClippedAt4SigmaReads9(int rate) throws IOException {
        var random = new SplittableRandom(11);
        float[] samples = new float[SECONDS * rate];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.2 * Math.max(-4.0, Math.min(4.0, random.nextGaussian())));
        }
        assertThat(range(rate, samples)).isCloseTo(9.01, within(0.05));
    }

    private static double range(int rate, float[] samples) throws IOException {
        AudioClip clip = new AudioClip(rate, samples, samples);
        var meter = new DynamicRange(clip.format());
        Signals.play(clip, meter);
        return meter.unroundedDb();
    }
}
