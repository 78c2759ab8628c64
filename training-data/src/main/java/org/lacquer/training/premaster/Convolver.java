// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import org.lacquer.audio.Fft;

/**
 * Convolution with a finite response, block by block with overlap-add.
 *
 * <p>Cost: two FFTs of four to eight times the response's length a block. The result starts {@code
 * offset} frames into the convolution and is as long as the input.
 */
final class Convolver {
    private final int taps;
    private final Fft fft;
    private final double[] spectrum;

    Convolver(double[] response) {
        this.taps = response.length;
        this.fft = new Fft(Integer.highestOneBit(taps) * 8);
        this.spectrum = new double[fft.length()];
        System.arraycopy(response, 0, spectrum, 0, taps);
        fft.forward(spectrum);
    }

    float[] apply(float[] in, int offset) {
        int hop = fft.length() - taps + 1;
        double[] sum = new double[in.length + offset + fft.length()];
        double[] block = new double[fft.length()];
        for (int start = 0; start < in.length; start += hop) {
            int count = Math.min(hop, in.length - start);
            for (int i = 0; i < block.length; i++) {
                block[i] = i < count ? in[start + i] : 0.0;
            }
            fft.forward(block);
            multiply(block);
            fft.inverse(block);
            int length = Math.min(block.length, sum.length - start);
            for (int i = 0; i < length; i++) {
                sum[start + i] += block[i];
            }
        }
        float[] out = new float[in.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) sum[i + offset];
        }
        return out;
    }

    private void multiply(double[] block) {
        block[0] *= spectrum[0];
        block[1] *= spectrum[1];
        for (int k = 1; k < block.length / 2; k++) {
            double re = block[2 * k] * spectrum[2 * k] - block[2 * k + 1] * spectrum[2 * k + 1];
            double im = block[2 * k] * spectrum[2 * k + 1] + block[2 * k + 1] * spectrum[2 * k];
            block[2 * k] = re;
            block[2 * k + 1] = im;
        }
    }
}
