// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.FilterDesign;

import java.util.Arrays;

/** A second-order all-pass on two channels, both in one loop. */
final class AllPass {
    private static final double BUTTERWORTH_Q = StrictMath.sqrt(0.5);

    /** Below this a state is silence. */
    private static final double SMALLEST = 1e-100;

    private final double a1;
    private final double a2;

    private final double[] states = new double[4];

    /** What the two bands of a fourth-order Linkwitz-Riley crossover amount to together. */
    static AllPass ofCrossover(double crossoverHz, double sampleRateHz) {
        var section = FilterDesign.allPass(crossoverHz, BUTTERWORTH_Q, sampleRateHz);
        return new AllPass(section.a1(), section.a2());
    }

    private AllPass(double a1, double a2) {
        this.a1 = a1;
        this.a2 = a2;
    }

    /** Works in place. */
    void process(double[] left, double[] right, int count) {
        // (a2 + a1 z^-1 + z^-2) / (1 + a1 z^-1 + a2 z^-2)
        double c1 = a1;
        double c2 = a2;
        double l1 = states[0];
        double l2 = states[1];
        double r1 = states[2];
        double r2 = states[3];
        for (int i = 0; i < count; i++) {
            double x = left[i];
            double y = c2 * x + l1;
            l1 = (c1 * x + l2) - c1 * y;
            l2 = x - c2 * y;
            left[i] = y;
            x = right[i];
            y = c2 * x + r1;
            r1 = (c1 * x + r2) - c1 * y;
            r2 = x - c2 * y;
            right[i] = y;
        }
        states[0] = l1;
        states[1] = l2;
        states[2] = r1;
        states[3] = r2;
    }

    /** Makes tiny states zero; to be called on a fixed grid of frames. */
    void flush() {
        flush(states);
    }

    static void flush(double[] states) {
        for (int i = 0; i < states.length; i++) {
            if (Math.abs(states[i]) < SMALLEST) {
                states[i] = 0.0;
            }
        }
    }

    void reset() {
        Arrays.fill(states, 0.0);
    }
}
