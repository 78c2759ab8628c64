// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import org.jtransforms.fft.DoubleFFT_1D;
import org.visnow.jlargearrays.ConcurrencyUtils;

/** Real FFT of one length, in double precision, on the calling thread. Not thread-safe. */
public final class Fft {
    static {
        // Pooling would start at 8192 points and divide work by timing; results must not depend on
        // it.
        ConcurrencyUtils.setNumberOfThreads(1);
    }

    private final int length;
    private final DoubleFFT_1D transform;

    /**
     * @param length points, even
     */
    public Fft(int length) {
        Require.that(
                length >= 2 && length % 2 == 0,
                "length must be even and at least 2, got " + length);
        this.length = length;
        this.transform = new DoubleFFT_1D(length);
    }

    public int length() {
        return length;
    }

    /**
     * In-place forward transform. On return bin k has its real part at [2k] and its imaginary part
     * at [2k+1] for 0 < k < length/2; [0] is the DC bin and [1] the Nyquist bin, both real.
     */
    public void forward(double[] data) {
        transform.realForward(data);
    }

    /** Undoes {@link #forward}, scaling included. */
    public void inverse(double[] data) {
        transform.realInverse(data, true);
    }

    /** Writes the squared magnitudes of bins 0 .. length/2 of a transformed array. */
    public void powers(double[] transformed, double[] powers) {
        powers[0] = transformed[0] * transformed[0];
        powers[length / 2] = transformed[1] * transformed[1];
        for (int k = 1; k < length / 2; k++) {
            double re = transformed[2 * k];
            double im = transformed[2 * k + 1];
            powers[k] = re * re + im * im;
        }
    }
}
