// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * The 10 ms grid that all loudness figures share. Where 10 ms are no whole number of frames, each
 * boundary is rounded by itself, so that errors never accumulate.
 */
final class Hops {
    static final int PER_SECOND = 100;

    private Hops() {}

    /** First frame of a hop: the nearest to {@code hop} · 10 ms, halves up. */
    static long startFrame(long hop, int sampleRateHz) {
        return (hop * sampleRateHz + PER_SECOND / 2) / PER_SECOND;
    }

    /**
     * Mean weighted power of windows of {@code length} hops that start every {@code step} hops;
     * both multiples of ten or step 1. Windows that do not fit are left out.
     *
     * <p>Sums go over tens of hops first: at most 40 additions a window, and none of the
     * cancellation that running sums would bring after loud passages.
     */
    static double[] windowPowers(
            double[] energies, int count, int length, int step, int sampleRateHz) {
        if (count < length) {
            return new double[0];
        }
        double[] tens = new double[count - 9];
        int tensStep = step % 10 == 0 ? 10 : 1;
        for (int h = 0; h < tens.length; h += tensStep) {
            double sum = 0.0;
            for (int i = h; i < h + 10; i++) {
                sum += energies[i];
            }
            tens[h] = sum;
        }
        double[] powers = new double[(count - length) / step + 1];
        for (int w = 0; w < powers.length; w++) {
            int first = w * step;
            double sum = 0.0;
            for (int h = first; h < first + length; h += 10) {
                sum += tens[h];
            }
            long frames =
                    startFrame(first + length, sampleRateHz) - startFrame(first, sampleRateHz);
            powers[w] = sum / frames;
        }
        return powers;
    }
}
