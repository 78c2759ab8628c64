// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Biquad;
import org.lacquer.audio.FilterDesign;

/** What detectors of compressors and limiters go by, in steps of about a millisecond. */
final class Milliseconds {
    private static final double BUTTERWORTH_Q = StrictMath.sqrt(0.5);
    private static final int CHUNK = 4_096;

    private Milliseconds() {}

    /** Frames in a step. */
    static int step(int rate) {
        return (int) Math.round(rate / 1_000.0);
    }

    /** Length of a step. */
    static double stepMs(int rate) {
        return 1_000.0 * step(rate) / rate;
    }

    /** Largest magnitude of both channels. */
    static double[] peaks(AudioClip clip) {
        int step = step(clip.format().sampleRateHz());
        double[] peaks = new double[clip.frames() / step];
        for (int c = 0; c < clip.format().channels(); c++) {
            float[] samples = clip.channel(c);
            for (int n = 0; n < peaks.length; n++) {
                float peak = 0f;
                for (int i = n * step; i < (n + 1) * step; i++) {
                    peak = Math.max(peak, Math.abs(samples[i]));
                }
                peaks[n] = Math.max(peaks[n], peak);
            }
        }
        return peaks;
    }

    /**
     * Square of every frame, mean of both channels, between two corners, each a Linkwitz-Riley
     * slope of fourth order.
     *
     * @param lowHz 0 for none
     * @param highHz infinity for none
     */
    static float[] squares(AudioClip clip, double lowHz, double highHz) {
        int channels = clip.format().channels();
        float[] squares = new float[clip.frames()];
        double[] chunk = new double[CHUNK];
        for (int c = 0; c < channels; c++) {
            float[] samples = clip.channel(c);
            Biquad[] filters = filters(lowHz, highHz, clip.format().sampleRateHz());
            for (int start = 0; start < squares.length; start += CHUNK) {
                int count = Math.min(CHUNK, squares.length - start);
                for (int i = 0; i < count; i++) {
                    chunk[i] = samples[start + i];
                }
                for (Biquad filter : filters) {
                    filter.process(chunk, chunk, count);
                }
                for (int i = 0; i < count; i++) {
                    squares[start + i] += (float) (chunk[i] * chunk[i] / channels);
                }
            }
        }
        return squares;
    }

    /** Means over the steps. */
    static double[] powers(float[] squares, int rate) {
        int step = step(rate);
        double[] powers = new double[squares.length / step];
        for (int n = 0; n < powers.length; n++) {
            double sum = 0.0;
            for (int i = n * step; i < (n + 1) * step; i++) {
                sum += squares[i];
            }
            powers[n] = sum / step;
        }
        return powers;
    }

    private static Biquad[] filters(double lowHz, double highHz, int rate) {
        boolean low = lowHz > 0.0;
        boolean high = highHz < 0.45 * rate;
        Biquad[] filters = new Biquad[(low ? 2 : 0) + (high ? 2 : 0)];
        int k = 0;
        for (int twice = 0; twice < 2; twice++) {
            if (low) {
                filters[k++] = new Biquad(FilterDesign.highPass(lowHz, BUTTERWORTH_Q, rate));
            }
            if (high) {
                filters[k++] = new Biquad(FilterDesign.lowPass(highHz, BUTTERWORTH_Q, rate));
            }
        }
        return filters;
    }
}
