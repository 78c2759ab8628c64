// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.duplicates;

import org.lacquer.audio.AudioClip;

import java.util.Arrays;

/**
 * The middle of both channels at {@value #RATE_HZ} Hz, good below 2 kHz: just what a fingerprint
 * hears.
 *
 * <p>A low-pass (sinc at 2750 Hz under a Blackman window, down by 74 dB from 3.5 kHz, which is what
 * would fold back below 2 kHz) is evaluated at the times of the output alone, some 160
 * multiplications each. {@link org.lacquer.audio.Resampler} keeps all up to the Nyquist frequency,
 * goes down to 8 kHz only, and takes ten times as long.
 */
final class Decimator {
    static final int RATE_HZ = 5_500;

    private static final double CUTOFF_HZ = RATE_HZ / 2.0;

    /** A Blackman window of 2 × this has a transition of 5.5 / length: 1500 Hz. */
    private static final double REACH_SECONDS = 2.75 / 1_500.0;

    private Decimator() {}

    static float[] middle(AudioClip clip) {
        int rate = clip.format().sampleRateHz();
        float[] middle = new float[clip.frames()];
        float[] left = clip.channel(0);
        float[] right = clip.channel(clip.format().channels() - 1);
        for (int i = 0; i < middle.length; i++) {
            middle[i] = 0.5F * (left[i] + right[i]);
        }
        int reach = (int) Math.ceil(REACH_SECONDS * rate);
        double[][] taps = new double[RATE_HZ / commonDivisor(rate, RATE_HZ)][];
        float[] out = new float[(int) ((long) middle.length * RATE_HZ / rate)];
        for (int k = 0; k < out.length; k++) {
            long place = (long) k * rate;
            int nearest = (int) (place / RATE_HZ);
            int phase = k % taps.length;
            if (taps[phase] == null) {
                taps[phase] = taps(rate, reach, (double) (place % RATE_HZ) / RATE_HZ);
            }
            out[k] = (float) sum(middle, nearest - reach, taps[phase]);
        }
        return out;
    }

    private static double sum(float[] samples, int first, double[] taps) {
        double sum = 0.0;
        int from = Math.max(0, -first);
        int to = Math.min(taps.length, samples.length - first);
        for (int t = from; t < to; t++) {
            sum += taps[t] * samples[first + t];
        }
        return sum;
    }

    /** For an output that lies {@code fraction} of a sample behind an input; sum 1. */
    private static double[] taps(int rate, int reach, double fraction) {
        double[] taps = new double[2 * reach + 2];
        for (int t = 0; t < taps.length; t++) {
            double seconds = (t - reach - fraction) / rate;
            double place = seconds / REACH_SECONDS;
            if (Math.abs(place) < 1.0) {
                double turn = StrictMath.PI * place;
                double window =
                        0.42 + 0.5 * StrictMath.cos(turn) + 0.08 * StrictMath.cos(2.0 * turn);
                double angle = 2.0 * StrictMath.PI * CUTOFF_HZ * seconds;
                taps[t] = window * (angle == 0.0 ? 1.0 : StrictMath.sin(angle) / angle);
            }
        }
        double sum = Arrays.stream(taps).sum();
        for (int t = 0; t < taps.length; t++) {
            taps[t] /= sum;
        }
        return taps;
    }

    private static int commonDivisor(int a, int b) {
        return b == 0 ? a : commonDivisor(b, a % b);
    }
}
