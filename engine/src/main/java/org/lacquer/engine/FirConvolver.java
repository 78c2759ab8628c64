// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.ComplexFft;
import org.lacquer.audio.Processor;

import java.util.Arrays;

/**
 * Long FIR filters by overlap-save (A. Oppenheim, R. Schafer, "Discrete-Time Signal Processing",
 * 3rd edition, §8.7.3), one per channel.
 *
 * <p>A filter of n taps works on hops of n frames with transforms of 2n points. Two hops of a
 * channel are the real and imaginary part of one transform: the filter is real, so they do not mix.
 * The hops are counted from the first frame of the stream, so the block size is inaudible. Latency:
 * 2n frames of hops, and the filter's own delay.
 */
final class FirConvolver implements Processor {
    private final int hop;
    private final int latency;
    private final ComplexFft fft;

    /** Spectra by channel, in the order of the transform, divided by its length. */
    private final double[][] spectraRe;

    private final double[][] spectraIm;
    private final double[] re;
    private final double[] im;

    /** The hop before, and the two that are being collected. */
    private final float[][] input;

    /** Two hops that are being handed out. */
    private final float[][] output;

    private int position;

    /**
     * @param filters one per channel, all of the same length and delay
     */
    FirConvolver(FirDesign... filters) {
        this.hop = filters[0].taps().length;
        this.latency = 2 * hop + filters[0].delayFrames();
        this.fft = new ComplexFft(2 * hop);
        this.spectraRe = new double[filters.length][];
        this.spectraIm = new double[filters.length][];
        for (int c = 0; c < filters.length; c++) {
            if (c > 0 && filters[c] == filters[0]) {
                spectraRe[c] = spectraRe[0];
                spectraIm[c] = spectraIm[0];
                continue;
            }
            spectraRe[c] = new double[2 * hop];
            spectraIm[c] = new double[2 * hop];
            for (int k = 0; k < hop; k++) {
                spectraRe[c][k] = filters[c].taps()[k] / (2.0 * hop);
            }
            fft.forward(spectraRe[c], spectraIm[c]);
        }
        this.re = new double[2 * hop];
        this.im = new double[2 * hop];
        this.input = new float[filters.length][3 * hop];
        this.output = new float[filters.length][2 * hop];
    }

    /** The same filter on every channel. */
    static FirConvolver same(FirDesign filter, int channels) {
        FirDesign[] filters = new FirDesign[channels];
        Arrays.fill(filters, filter);
        return new FirConvolver(filters);
    }

    @Override
    public void process(AudioBlock block) {
        int done = 0;
        while (done < block.frames()) {
            int count = Math.min(block.frames() - done, 2 * hop - position);
            for (int c = 0; c < input.length; c++) {
                float[] samples = block.channel(c);
                System.arraycopy(samples, done, input[c], hop + position, count);
                System.arraycopy(output[c], position, samples, done, count);
            }
            done += count;
            position += count;
            if (position == 2 * hop) {
                for (int c = 0; c < input.length; c++) {
                    convolve(input[c], output[c], spectraRe[c], spectraIm[c]);
                }
                position = 0;
            }
        }
    }

    private void convolve(float[] in, float[] out, double[] filterRe, double[] filterIm) {
        for (int k = 0; k < 2 * hop; k++) {
            re[k] = in[k];
            im[k] = in[hop + k];
        }
        fft.forward(re, im);
        for (int k = 0; k < 2 * hop; k++) {
            double a = re[k];
            double b = im[k];
            re[k] = a * filterRe[k] - b * filterIm[k];
            im[k] = a * filterIm[k] + b * filterRe[k];
        }
        fft.inverse(re, im);
        // The first half of each result is wrapped around; adding 0 makes -0 to 0.
        for (int k = 0; k < hop; k++) {
            out[k] = (float) re[hop + k] + 0f;
            out[hop + k] = (float) im[hop + k] + 0f;
        }
        System.arraycopy(in, 2 * hop, in, 0, hop);
    }

    @Override
    public void reset() {
        for (int c = 0; c < input.length; c++) {
            Arrays.fill(input[c], 0f);
            Arrays.fill(output[c], 0f);
        }
        position = 0;
    }

    @Override
    public int latencyFrames() {
        return latency;
    }
}
