// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.Fft;

/**
 * Cross-correlation of two whole streams at all delays up to about 90 ms, block by block: each
 * block of the one against the stretch of the other that surrounds it, by FFT without wrapping.
 */
final class CrossCorrelation {
    private static final double REACH_SECONDS = 0.09;
    private static final double LOWEST_DB = -140.0;

    /** Largest delay. */
    private final int reach;

    private final Fft fft;
    private final double[] block;
    private final double[] surroundings;
    private final double[] sum;
    private final float[][] delayed;
    private final float[][] heard;
    private double firstEnergy;
    private double secondEnergy;

    CrossCorrelation(int sampleRateHz, int channels) {
        int frames = 1024;
        while (frames < REACH_SECONDS * sampleRateHz) {
            frames *= 2;
        }
        this.reach = frames;
        int length = 4 * reach;
        this.fft = new Fft(length);
        this.block = new double[length];
        this.surroundings = new double[length];
        this.sum = new double[length];
        this.delayed = new float[channels][3 * reach];
        this.heard = new float[channels][length];
    }

    /** Frames of every stretch that {@link #write} takes. */
    int blockFrames() {
        return 2 * reach;
    }

    /** Takes the next stretch of both, of {@link #blockFrames()} frames. */
    void write(float[][] first, float[][] second) {
        int frames = blockFrames();
        for (int c = 0; c < heard.length; c++) {
            System.arraycopy(delayed[c], frames, delayed[c], 0, reach);
            System.arraycopy(first[c], 0, delayed[c], reach, frames);
            System.arraycopy(heard[c], frames, heard[c], 0, 2 * reach);
            System.arraycopy(second[c], 0, heard[c], 2 * reach, frames);
            firstEnergy += energy(first[c], frames);
            secondEnergy += energy(second[c], frames);
            correlate(delayed[c], heard[c]);
        }
    }

    /** Ends both streams. */
    StemSum.Match match() {
        float[][] silence = new float[heard.length][blockFrames()];
        write(silence, silence);
        if (firstEnergy == 0.0 || secondEnergy == 0.0) {
            return StemSum.Match.NONE;
        }
        double[] correlation = sum.clone();
        fft.inverse(correlation);
        int best = 0;
        for (int k = 1; k <= 2 * reach; k++) {
            best = Math.abs(correlation[k]) > Math.abs(correlation[best]) ? k : best;
        }
        double product = correlation[best];
        double likeness = product * product / (firstEnergy * secondEnergy);
        double rest = Math.max(Decibels.toPower(LOWEST_DB), 1.0 - likeness);
        return new StemSum.Match(
                Decibels.fromPower(rest),
                Decibels.fromGain(Math.abs(product) / firstEnergy),
                best - reach,
                product < 0.0);
    }

    /** Adds conj(X) · Y, whose inverse is the sum over i of x[i] · y[i + k]. */
    private void correlate(float[] first, float[] second) {
        int frames = blockFrames();
        for (int i = 0; i < block.length; i++) {
            block[i] = i < frames ? first[i] : 0.0;
            surroundings[i] = second[i];
        }
        fft.forward(block);
        fft.forward(surroundings);
        sum[0] += block[0] * surroundings[0];
        sum[1] += block[1] * surroundings[1];
        for (int k = 2; k < sum.length; k += 2) {
            sum[k] += block[k] * surroundings[k] + block[k + 1] * surroundings[k + 1];
            sum[k + 1] += block[k] * surroundings[k + 1] - block[k + 1] * surroundings[k];
        }
    }

    private static double energy(float[] samples, int count) {
        double sum = 0.0;
        for (int i = 0; i < count; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return sum;
    }
}
