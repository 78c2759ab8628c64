// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.util.Arrays;

/**
 * Doubles the sample rate and halves it again, by a linear-phase half-band filter: a sinc at half
 * the high rate under a Kaiser window (J. F. Kaiser, "Nonrecursive digital filter design using the
 * I0-sinh window function", 1974). Every second tap is zero, so that a doubled stream holds the
 * input's own samples and one sum between each two.
 *
 * <pre>
 * between x[n] and x[n+1]:  Σ c[j] (x[n-j] + x[n+1+j])        j = 0 .. pairs-1, Σ c[j] = 1/2
 * halved:                   (e[n] + Σ c[j] (o[n-1-j] + o[n+j])) / 2
 * </pre>
 *
 * <p>Latency, there and back: 2 pairs - 1 + pad samples of the low rate.
 */
final class HalfBand {
    /** Side lobes about 110 dB down. */
    private static final double KAISER_BETA = 11.2;

    private static final int MAX_PAIRS = 64;

    /**
     * Offsets come from a table, and sums have another type than samples, for the compiler to
     * vectorise the loops (see {@link PeakEnvelope}).
     */
    private static final int[] OFFSETS = offsets();

    private final int pairs;
    private final int pad;
    private final float[] taps;

    private final double[] sums;
    private final float[] low;
    private final float[] even;
    private final float[] odd;

    /**
     * @param pairs taps to each side of a sample between; even
     * @param pad samples of the low rate that are waited on the way up
     * @param maxFrames of the low rate in one call
     */
    HalfBand(int pairs, int pad, int maxFrames) {
        this.pairs = pairs;
        this.pad = pad;
        this.taps = taps(pairs);
        this.sums = new double[maxFrames];
        this.low = new float[2 * pairs - 1 + pad + maxFrames];
        this.even = new float[2 * pairs - 1 + maxFrames];
        this.odd = new float[2 * pairs - 1 + maxFrames];
    }

    static int latency(int pairs, int pad) {
        return 2 * pairs - 1 + pad;
    }

    private static float[] taps(int pairs) {
        double[] exact = new double[pairs];
        double sum = 0.0;
        for (int j = 0; j < pairs; j++) {
            double n = 2.0 * j + 1.0;
            double r = n / (2.0 * pairs);
            double window = bessel(KAISER_BETA * StrictMath.sqrt(1.0 - r * r));
            exact[j] = (j % 2 == 0 ? window : -window) / n;
            sum += exact[j];
        }
        float[] taps = new float[pairs];
        for (int j = 0; j < pairs; j++) {
            taps[j] = (float) (0.5 * exact[j] / sum);
        }
        return taps;
    }

    /** Modified Bessel function of the first kind, order 0, by its power series. */
    private static double bessel(double x) {
        double term = 1.0;
        double sum = 1.0;
        for (int k = 1; term > 1e-18 * sum; k++) {
            term *= x / (2.0 * k) * (x / (2.0 * k));
            sum += term;
        }
        return sum;
    }

    /** From {@code count} samples to twice as many. */
    void up(float[] in, int count, float[] out) {
        int history = 2 * pairs - 1 + pad;
        System.arraycopy(in, 0, low, history, count);
        interpolate(low, count);
        for (int i = 0; i < count; i++) {
            out[2 * i] = low[i + pairs - 1];
            out[2 * i + 1] = (float) sums[i];
        }
        System.arraycopy(low, count, low, 0, history);
    }

    /** From twice {@code count} samples to {@code count}. */
    void down(float[] in, int count, float[] out) {
        int history = 2 * pairs - 1;
        for (int i = 0; i < count; i++) {
            even[history + i] = in[2 * i];
            odd[history + i] = in[2 * i + 1];
        }
        interpolate(odd, count);
        for (int i = 0; i < count; i++) {
            out[i] = (float) (0.5 * (even[i + pairs] + sums[i]));
        }
        System.arraycopy(even, count, even, 0, history);
        System.arraycopy(odd, count, odd, 0, history);
    }

    /** What lies between x[i + pairs - 1] and x[i + pairs], into the sums. */
    private void interpolate(float[] x, int count) {
        Arrays.fill(sums, 0, count, 0.0);
        for (int j = 0; j < pairs; j += 2) {
            float h0 = taps[j];
            float h1 = taps[j + 1];
            int a0 = OFFSETS[pairs - 1 - j];
            int b0 = OFFSETS[pairs + j];
            int a1 = OFFSETS[pairs - 2 - j];
            int b1 = OFFSETS[pairs + 1 + j];
            for (int i = 0; i < count; i++) {
                sums[i] += h0 * (x[i + a0] + x[i + b0]) + h1 * (x[i + a1] + x[i + b1]);
            }
        }
    }

    void reset() {
        Arrays.fill(low, 0f);
        Arrays.fill(even, 0f);
        Arrays.fill(odd, 0f);
    }

    private static int[] offsets() {
        int[] offsets = new int[2 * MAX_PAIRS];
        for (int k = 0; k < offsets.length; k++) {
            offsets[k] = k;
        }
        return offsets;
    }
}
