// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Biquad;
import org.lacquer.audio.FilterDesign;

import java.util.List;

/**
 * One channel into bands by fourth-order Linkwitz-Riley crossovers (S. Linkwitz, "Active crossover
 * networks for noncoincident drivers", JAES 24, 1976). Bands below a split pass through the
 * all-pass that the split amounts to, so that the sum of all bands is flat.
 */
final class BandSplitter {
    private static final double BUTTERWORTH_Q = StrictMath.sqrt(0.5);

    private final Biquad[][] lowPass;
    private final Biquad[][] highPass;

    /** allPass[k][b]: what split k does to band b below it. */
    private final Biquad[][] allPass;

    BandSplitter(List<Double> crossoversHz, int sampleRateHz) {
        int splits = crossoversHz.size();
        this.lowPass = new Biquad[splits][2];
        this.highPass = new Biquad[splits][2];
        this.allPass = new Biquad[splits][];
        for (int k = 0; k < splits; k++) {
            double crossoverHz = crossoversHz.get(k);
            for (int s = 0; s < 2; s++) {
                lowPass[k][s] =
                        new Biquad(FilterDesign.lowPass(crossoverHz, BUTTERWORTH_Q, sampleRateHz));
                highPass[k][s] =
                        new Biquad(FilterDesign.highPass(crossoverHz, BUTTERWORTH_Q, sampleRateHz));
            }
            allPass[k] = new Biquad[k];
            for (int b = 0; b < k; b++) {
                allPass[k][b] =
                        new Biquad(FilterDesign.allPass(crossoverHz, BUTTERWORTH_Q, sampleRateHz));
            }
        }
    }

    /** Writes {@code count} frames of every band to {@code bands[band][channel][0 .. count)}. */
    void split(float[] in, int start, int count, double[][][] bands, int channel) {
        double[] rest = bands[bands.length - 1][channel];
        for (int i = 0; i < count; i++) {
            rest[i] = in[start + i];
        }
        for (int k = 0; k < lowPass.length; k++) {
            double[] below = bands[k][channel];
            lowPass[k][0].process(rest, below, count);
            lowPass[k][1].process(below, below, count);
            highPass[k][0].process(rest, rest, count);
            highPass[k][1].process(rest, rest, count);
            for (int b = 0; b < k; b++) {
                allPass[k][b].process(bands[b][channel], bands[b][channel], count);
            }
        }
    }

    void reset() {
        for (Biquad[][] group : new Biquad[][][] {lowPass, highPass, allPass}) {
            for (Biquad[] sections : group) {
                for (Biquad section : sections) {
                    section.reset();
                }
            }
        }
    }
}
