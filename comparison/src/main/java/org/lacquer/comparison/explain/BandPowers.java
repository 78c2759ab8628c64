// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Fft;

/**
 * Powers of mid and side in bands of frequency over time, by transforms with a Hann window that
 * overlap by three quarters.
 */
final class BandPowers {
    private final int window;
    private final int hop;
    private final int rate;

    /** mid[band][frame], mean square of (L + R) / 2 times a constant of the window. */
    private final float[][] mid;

    private final float[][] side;
    private final float[][] left;
    private final float[][] right;

    /**
     * @param edgesHz rising, one more than bands; a band holds the bins from one edge to the next
     * @param hopShare frames advance by the window over this
     */
    BandPowers(AudioClip clip, int window, int hopShare, double[] edgesHz) {
        this.window = window;
        this.hop = window / hopShare;
        this.rate = clip.format().sampleRateHz();
        int frames = Math.max(0, (clip.frames() - window) / hop + 1);
        int bands = edgesHz.length - 1;
        this.mid = new float[bands][frames];
        this.side = new float[bands][frames];
        this.left = new float[bands][frames];
        this.right = new float[bands][frames];
        int[] starts = starts(edgesHz, window, rate);
        double[] hann = hann(window);
        Fft fft = new Fft(window);
        double[] a = new double[window];
        double[] b = new double[window];
        for (int t = 0; t < frames; t++) {
            transform(fft, hann, clip.channel(0), t * hop, a);
            transform(fft, hann, clip.channel(1), t * hop, b);
            for (int k = 0; k < bands; k++) {
                sum(a, b, starts[k], starts[k + 1], k, t);
            }
        }
    }

    /** First bin of each band, and the end of the last; bands above half the rate are empty. */
    static int[] starts(double[] edgesHz, int window, int rate) {
        int[] starts = new int[edgesHz.length];
        for (int k = 0; k < edgesHz.length; k++) {
            int bin = (int) StrictMath.ceil(edgesHz[k] * window / rate);
            starts[k] = Math.max(1, Math.min(window / 2, bin));
        }
        return starts;
    }

    static double[] hann(int length) {
        double[] hann = new double[length];
        for (int i = 0; i < length; i++) {
            double sine = StrictMath.sin(StrictMath.PI * i / length);
            hann[i] = sine * sine;
        }
        return hann;
    }

    private static void transform(Fft fft, double[] hann, float[] samples, int at, double[] out) {
        for (int i = 0; i < hann.length; i++) {
            out[i] = hann[i] * samples[at + i];
        }
        fft.forward(out);
    }

    private void sum(double[] a, double[] b, int from, int end, int band, int frame) {
        double lefts = 0.0;
        double rights = 0.0;
        double products = 0.0;
        for (int k = 2 * from; k < 2 * end; k++) {
            lefts += a[k] * a[k];
            rights += b[k] * b[k];
            products += a[k] * b[k];
        }
        left[band][frame] = (float) lefts;
        right[band][frame] = (float) rights;
        mid[band][frame] = (float) Math.max(0.0, 0.25 * (lefts + rights + 2.0 * products));
        side[band][frame] = (float) Math.max(0.0, 0.25 * (lefts + rights - 2.0 * products));
    }

    int bands() {
        return mid.length;
    }

    int frames() {
        return mid.length == 0 ? 0 : mid[0].length;
    }

    int window() {
        return window;
    }

    int hop() {
        return hop;
    }

    int rate() {
        return rate;
    }

    float[][] mid() {
        return mid;
    }

    float[][] side() {
        return side;
    }

    float[][] left() {
        return left;
    }

    float[][] right() {
        return right;
    }

    /** Mid and side together. */
    double power(int band, int frame) {
        return (double) mid[band][frame] + side[band][frame];
    }
}
