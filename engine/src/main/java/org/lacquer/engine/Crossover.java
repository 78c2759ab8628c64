// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.FilterDesign;

import java.util.Arrays;
import java.util.List;

/**
 * One fourth-order Linkwitz-Riley split of two channels.
 *
 * <pre>
 * low  = B(z)² x          B: Butterworth low-pass of second order
 * high = A(z) x - low     A: the all-pass with B's poles
 * </pre>
 *
 * <p>With D(s) = s² + √2 s + 1 the textbook pair is 1 / D² and s⁴ / D², and their sum (1 + s⁴) / D²
 * = D(-s) / D(s) is an all-pass; taking the high band as the rest saves a section and makes the sum
 * exact. All recursions share one loop, so that they overlap.
 */
final class Crossover {
    private static final double BUTTERWORTH_Q = StrictMath.sqrt(0.5);

    private final double b0;
    private final double a1;
    private final double a2;

    /** Two states each of the first and second low-pass and of the all-pass; left, then right. */
    private final double[] states = new double[12];

    Crossover(double crossoverHz, double sampleRateHz) {
        BiquadCoefficients section = FilterDesign.lowPass(crossoverHz, BUTTERWORTH_Q, sampleRateHz);
        this.b0 = section.b0();
        this.a1 = section.a1();
        this.a2 = section.a2();
    }

    /** Magnitude of one of the bands that crossovers make; all-passes do not change it. */
    static double bandResponseDb(
            List<Double> crossoversHz, int band, double frequencyHz, int sampleRateHz) {
        List<Double> fitting = BandSplitter.fitting(crossoversHz, sampleRateHz);
        double db = 0.0;
        for (int k = 0; k <= band && k < fitting.size(); k++) {
            double crossoverHz = fitting.get(k);
            BiquadCoefficients section =
                    k == band
                            ? FilterDesign.lowPass(crossoverHz, BUTTERWORTH_Q, sampleRateHz)
                            : FilterDesign.highPass(crossoverHz, BUTTERWORTH_Q, sampleRateHz);
            db += 2.0 * section.responseDb(frequencyHz, sampleRateHz);
        }
        return db;
    }

    /** Left and right become their high bands. */
    void split(double[] left, double[] right, double[] lowLeft, double[] lowRight, int count) {
        double gain = b0;
        double c1 = a1;
        double c2 = a2;
        double l1 = states[0];
        double l2 = states[1];
        double l3 = states[2];
        double l4 = states[3];
        double l5 = states[4];
        double l6 = states[5];
        double r1 = states[6];
        double r2 = states[7];
        double r3 = states[8];
        double r4 = states[9];
        double r5 = states[10];
        double r6 = states[11];
        for (int i = 0; i < count; i++) {
            // Transposed direct form II with b1 = 2 b0 and b2 = b0.
            double x = left[i];
            double t = gain * x;
            double y = t + l1;
            l1 = (t + t + l2) - c1 * y;
            l2 = t - c2 * y;
            t = gain * y;
            double low = t + l3;
            l3 = (t + t + l4) - c1 * low;
            l4 = t - c2 * low;
            y = c2 * x + l5;
            l5 = (c1 * x + l6) - c1 * y;
            l6 = x - c2 * y;
            lowLeft[i] = low;
            left[i] = y - low;

            x = right[i];
            t = gain * x;
            y = t + r1;
            r1 = (t + t + r2) - c1 * y;
            r2 = t - c2 * y;
            t = gain * y;
            low = t + r3;
            r3 = (t + t + r4) - c1 * low;
            r4 = t - c2 * low;
            y = c2 * x + r5;
            r5 = (c1 * x + r6) - c1 * y;
            r6 = x - c2 * y;
            lowRight[i] = low;
            right[i] = y - low;
        }
        states[0] = l1;
        states[1] = l2;
        states[2] = l3;
        states[3] = l4;
        states[4] = l5;
        states[5] = l6;
        states[6] = r1;
        states[7] = r2;
        states[8] = r3;
        states[9] = r4;
        states[10] = r5;
        states[11] = r6;
    }

    /** Makes tiny states zero; to be called on a fixed grid of frames. */
    void flush() {
        AllPass.flush(states);
    }

    void reset() {
        Arrays.fill(states, 0.0);
    }
}
