// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/**
 * Complex FFT of a power-of-two length, made for filtering: its twiddle factors come from {@link
 * StrictMath}, so the same input gives the same bits on every machine, which {@link Fft} does not
 * promise. Not for one-off use: the constructor makes tables.
 *
 * <p>{@link #forward} leaves bin k at {@link #position}(k) (decimation in frequency, J. Cooley, J.
 * Tukey, Math. Comp. 19, 1965), {@link #inverse} expects it there, so that a product of spectra
 * needs no reordering. Immutable; the arrays belong to the caller.
 */
public final class ComplexFft {
    private final int length;

    /** Factors exp(-jπ k / half) for each stage, at offset half. */
    private final double[] cosines;

    private final double[] sines;

    /**
     * @param length points, a power of two from 4
     */
    public ComplexFft(int length) {
        Require.that(
                length >= 4 && Integer.bitCount(length) == 1,
                "length must be a power of two and at least 4, got " + length);
        this.length = length;
        this.cosines = new double[length];
        this.sines = new double[length];
        int longest = length / 2;
        for (int k = 0; k < longest; k++) {
            double angle = StrictMath.PI * k / longest;
            cosines[longest + k] = StrictMath.cos(angle);
            sines[longest + k] = -StrictMath.sin(angle);
        }
        for (int half = longest / 2; half >= 1; half /= 2) {
            for (int k = 0; k < half; k++) {
                cosines[half + k] = cosines[2 * (half + k)];
                sines[half + k] = sines[2 * (half + k)];
            }
        }
    }

    public int length() {
        return length;
    }

    /** Where bin {@code k} lies after {@link #forward}. */
    public int position(int k) {
        return Integer.reverse(k) >>> (Integer.numberOfLeadingZeros(length) + 1);
    }

    /** Transforms in place; bins come out in the order of {@link #position}. */
    public void forward(double[] re, double[] im) {
        for (int half = length / 2; half >= 2; half /= 2) {
            for (int start = 0; start < length; start += 2 * half) {
                split(re, im, start, half);
            }
        }
        sumsAndDifferences(re, im);
    }

    /**
     * Undoes {@link #forward} but for a factor: the result is {@link #length()} times the original.
     */
    public void inverse(double[] re, double[] im) {
        sumsAndDifferences(re, im);
        for (int half = 2; half < length; half *= 2) {
            for (int start = 0; start < length; start += 2 * half) {
                join(re, im, start, half);
            }
        }
    }

    /** {@code (a, b)} become {@code a + b} and {@code (a - b) w}. */
    private void split(double[] re, double[] im, int start, int half) {
        int other = start + half;
        for (int k = 0; k < half; k++) {
            double ar = re[start + k];
            double ai = im[start + k];
            double br = re[other + k];
            double bi = im[other + k];
            double dr = ar - br;
            double di = ai - bi;
            double wr = cosines[half + k];
            double wi = sines[half + k];
            re[start + k] = ar + br;
            im[start + k] = ai + bi;
            re[other + k] = dr * wr - di * wi;
            im[other + k] = dr * wi + di * wr;
        }
    }

    /** {@code (a, b)} become {@code a + b w*} and {@code a - b w*}. */
    private void join(double[] re, double[] im, int start, int half) {
        int other = start + half;
        for (int k = 0; k < half; k++) {
            double wr = cosines[half + k];
            double wi = sines[half + k];
            double cr = re[other + k];
            double ci = im[other + k];
            double br = cr * wr + ci * wi;
            double bi = ci * wr - cr * wi;
            double ar = re[start + k];
            double ai = im[start + k];
            re[start + k] = ar + br;
            im[start + k] = ai + bi;
            re[other + k] = ar - br;
            im[other + k] = ai - bi;
        }
    }

    private void sumsAndDifferences(double[] re, double[] im) {
        for (int k = 0; k < length; k += 2) {
            double ar = re[k];
            double ai = im[k];
            double br = re[k + 1];
            double bi = im[k + 1];
            re[k] = ar + br;
            im[k] = ai + bi;
            re[k + 1] = ar - br;
            im[k + 1] = ai - bi;
        }
    }
}
