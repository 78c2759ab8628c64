// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.FilterDesign;

/**
 * One slope of a fourth-order Linkwitz-Riley crossover on two channels: twice the same Butterworth
 * section. Both sections and channels share a loop, so that their recursions overlap.
 */
final class LinkwitzRiley {
    private static final double BUTTERWORTH_Q = StrictMath.sqrt(0.5);

    /** Below this a state is silence. */
    private static final double SMALLEST = 1e-100;

    private final BiquadCoefficients section;

    /** s1, s2 of the first and of the second section, left and then right. */
    private final double[] states = new double[8];

    private LinkwitzRiley(BiquadCoefficients section) {
        this.section = section;
    }

    static LinkwitzRiley lowPass(double cutoffHz, double sampleRateHz) {
        return new LinkwitzRiley(FilterDesign.lowPass(cutoffHz, BUTTERWORTH_Q, sampleRateHz));
    }

    static LinkwitzRiley highPass(double cutoffHz, double sampleRateHz) {
        return new LinkwitzRiley(FilterDesign.highPass(cutoffHz, BUTTERWORTH_Q, sampleRateHz));
    }

    /** Filters {@code count} frames; inputs may be the outputs. */
    void process(
            double[] leftIn, double[] rightIn, double[] leftOut, double[] rightOut, int count) {
        double b0 = section.b0();
        double b1 = section.b1();
        double b2 = section.b2();
        double a1 = section.a1();
        double a2 = section.a2();
        double l1 = states[0];
        double l2 = states[1];
        double l3 = states[2];
        double l4 = states[3];
        double r1 = states[4];
        double r2 = states[5];
        double r3 = states[6];
        double r4 = states[7];
        for (int i = 0; i < count; i++) {
            double x = leftIn[i];
            double y = b0 * x + l1;
            l1 = b1 * x - a1 * y + l2;
            l2 = b2 * x - a2 * y;
            double z = b0 * y + l3;
            l3 = b1 * y - a1 * z + l4;
            l4 = b2 * y - a2 * z;
            leftOut[i] = z;
            x = rightIn[i];
            y = b0 * x + r1;
            r1 = b1 * x - a1 * y + r2;
            r2 = b2 * x - a2 * y;
            z = b0 * y + r3;
            r3 = b1 * y - a1 * z + r4;
            r4 = b2 * y - a2 * z;
            rightOut[i] = z;
        }
        states[0] = l1;
        states[1] = l2;
        states[2] = l3;
        states[3] = l4;
        states[4] = r1;
        states[5] = r2;
        states[6] = r3;
        states[7] = r4;
    }

    /** Makes tiny states zero; to be called on a fixed grid of frames. */
    void flush() {
        for (int i = 0; i < states.length; i++) {
            if (Math.abs(states[i]) < SMALLEST) {
                states[i] = 0.0;
            }
        }
    }
}
