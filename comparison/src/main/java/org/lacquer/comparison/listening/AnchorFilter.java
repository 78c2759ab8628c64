// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

import org.lacquer.audio.AudioClip;

/**
 * The low-pass that makes an anchor of ITU-R BS.1534-3 out of the reference: 3.5 kHz for the low
 * anchor, 7 kHz for the middle one. The recommendation asks for a pass-band within 0.1 dB and, for
 * 3.5 kHz, at least 25 dB less at 4 kHz and 50 dB less at 4.5 kHz; this one is flat within 0.01 dB
 * up to the cutoff and down by 60 dB one seventh above it.
 *
 * <p>Linear phase, a sinc under J. F. Kaiser's window; the latency is taken out, so that an anchor
 * lies in line with its reference.
 */
final class AnchorFilter {
    static final double LOW_HZ = 3_500.0;
    static final double MID_HZ = 7_000.0;

    private static final double ATTENUATION_DB = 60.0;

    /** Kaiser's formula for more than 50 dB: 0.1102 (A - 8.7). */
    private static final double BETA = 0.1102 * (ATTENUATION_DB - 8.7);

    private static final double TRANSITION_SHARE = 1.0 / 7.0;

    private AnchorFilter() {}

    static AudioClip apply(AudioClip clip, double cutoffHz) {
        double[] taps = taps(cutoffHz, clip.format().sampleRateHz());
        float[][] filtered = new float[clip.format().channels()][];
        for (int c = 0; c < filtered.length; c++) {
            filtered[c] = convolve(clip.channel(c), taps);
        }
        return new AudioClip(clip.format().sampleRateHz(), filtered);
    }

    /** An odd number of taps, symmetric, sum 1. */
    static double[] taps(double cutoffHz, int rateHz) {
        double transition = TRANSITION_SHARE * cutoffHz / rateHz;
        int half =
                (int)
                        Math.ceil(
                                (ATTENUATION_DB - 7.95)
                                        / (2.285 * 2.0 * StrictMath.PI * transition)
                                        / 2.0);
        double middle = cutoffHz / rateHz + transition / 2.0;
        double[] taps = new double[2 * half + 1];
        double sum = 0.0;
        for (int k = -half; k <= half; k++) {
            double angle = 2.0 * StrictMath.PI * middle * k;
            double sinc = k == 0 ? 1.0 : StrictMath.sin(angle) / angle;
            double place = (double) k / half;
            double window = bessel(BETA * Math.sqrt(1.0 - place * place)) / bessel(BETA);
            taps[k + half] = sinc * window;
            sum += taps[k + half];
        }
        for (int k = 0; k < taps.length; k++) {
            taps[k] /= sum;
        }
        return taps;
    }

    private static float[] convolve(float[] samples, double[] taps) {
        int half = taps.length / 2;
        float[] out = new float[samples.length];
        for (int i = 0; i < out.length; i++) {
            int first = Math.max(0, i - half);
            int last = Math.min(samples.length - 1, i + half);
            double sum = 0.0;
            for (int j = first; j <= last; j++) {
                sum += taps[j - i + half] * samples[j];
            }
            out[i] = (float) sum;
        }
        return out;
    }

    /** Modified Bessel function of the first kind and order 0, by its power series. */
    private static double bessel(double x) {
        double term = 1.0;
        double sum = 1.0;
        for (int k = 1; term > 1e-18 * sum; k++) {
            double factor = x / (2.0 * k);
            term *= factor * factor;
            sum += term;
        }
        return sum;
    }
}
