// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ComplexFftTest {
    /** Against the definition; 1e-12 is some thousand roundings of sums of this size. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 64, 512})
    void binsAreTheSumsOfTheDefinition(int length) {
        float[] a = Signals.noise(1, 1.0, length);
        float[] b = Signals.noise(2, 1.0, length);
        double[] re = widened(a);
        double[] im = widened(b);
        var fft = new ComplexFft(length);
        fft.forward(re, im);
        for (int k = 0; k < length; k++) {
            double sumRe = 0.0;
            double sumIm = 0.0;
            for (int n = 0; n < length; n++) {
                double angle = -2.0 * Math.PI * ((long) k * n % length) / length;
                sumRe += a[n] * Math.cos(angle) - b[n] * Math.sin(angle);
                sumIm += a[n] * Math.sin(angle) + b[n] * Math.cos(angle);
            }
            assertThat(re[fft.position(k)]).isCloseTo(sumRe, within(1e-12));
            assertThat(im[fft.position(k)]).isCloseTo(sumIm, within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 256, 65_536})
    void inverseGivesBackLengthTimesTheInput(int length) {
        float[] a = Signals.noise(3, 1.0, length);
        float[] b = Signals.noise(4, 1.0, length);
        double[] re = widened(a);
        double[] im = widened(b);
        var fft = new ComplexFft(length);
        fft.forward(re, im);
        fft.inverse(re, im);
        for (int n = 0; n < length; n++) {
            assertThat(re[n] / length).isCloseTo(a[n], within(1e-14));
            assertThat(im[n] / length).isCloseTo(b[n], within(1e-14));
        }
    }

    @Test
    void lengthsThatAreNoPowerOfTwoAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ComplexFft(2));
        assertThatIllegalArgumentException().isThrownBy(() -> new ComplexFft(48));
    }

    private static double[] widened(float[] samples) {
        double[] result = new double[samples.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = samples[i];
        }
        return result;
    }
}
