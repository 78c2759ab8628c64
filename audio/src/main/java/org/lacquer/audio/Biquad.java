// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/**
 * A second-order section with its state, transposed direct form II in double precision.
 *
 * <p>{@code y = b0 x + s1; s1 = b1 x - a1 y + s2; s2 = b2 x - a2 y}. States below {@value
 * #SMALLEST} become zero at every frame, so that decaying tails never reach denormal numbers and
 * the block size stays inaudible.
 */
public final class Biquad {
    private static final double SMALLEST = 1e-60;

    private final double b0;
    private final double b1;
    private final double b2;
    private final double a1;
    private final double a2;
    private double s1;
    private double s2;

    public Biquad(BiquadCoefficients coefficients) {
        this.b0 = coefficients.b0();
        this.b1 = coefficients.b1();
        this.b2 = coefficients.b2();
        this.a1 = coefficients.a1();
        this.a2 = coefficients.a2();
    }

    /** Filters one sample. */
    public double process(double x) {
        double y = b0 * x + s1;
        s1 = flush(b1 * x - a1 * y + s2);
        s2 = flush(b2 * x - a2 * y);
        return y;
    }

    /**
     * Filters {@code count} samples from {@code in} to {@code out}, which may be the same array.
     */
    public void process(float[] in, float[] out, int count) {
        double t1 = s1;
        double t2 = s2;
        for (int i = 0; i < count; i++) {
            double x = in[i];
            double y = b0 * x + t1;
            t1 = flush(b1 * x - a1 * y + t2);
            t2 = flush(b2 * x - a2 * y);
            out[i] = (float) y;
        }
        s1 = t1;
        s2 = t2;
    }

    /**
     * Filters {@code count} samples from {@code in} to {@code out}, which may be the same array.
     */
    public void process(double[] in, double[] out, int count) {
        double t1 = s1;
        double t2 = s2;
        for (int i = 0; i < count; i++) {
            double x = in[i];
            double y = b0 * x + t1;
            t1 = flush(b1 * x - a1 * y + t2);
            t2 = flush(b2 * x - a2 * y);
            out[i] = y;
        }
        s1 = t1;
        s2 = t2;
    }

    /**
     * Filters two signals in place, each with its own section, side by side; the same bits as one
     * after the other.
     */
    public static void process(Biquad first, double[] a, Biquad second, double[] b, int count) {
        double t1 = first.s1;
        double t2 = first.s2;
        double u1 = second.s1;
        double u2 = second.s2;
        for (int i = 0; i < count; i++) {
            double x = a[i];
            double y = first.b0 * x + t1;
            t1 = flush(first.b1 * x - first.a1 * y + t2);
            t2 = flush(first.b2 * x - first.a2 * y);
            a[i] = y;
            double v = b[i];
            double w = second.b0 * v + u1;
            u1 = flush(second.b1 * v - second.a1 * w + u2);
            u2 = flush(second.b2 * v - second.a2 * w);
            b[i] = w;
        }
        first.s1 = t1;
        first.s2 = t2;
        second.s1 = u1;
        second.s2 = u2;
    }

    public void reset() {
        s1 = 0.0;
        s2 = 0.0;
    }

    private static double flush(double state) {
        return Math.abs(state) < SMALLEST ? 0.0 : state;
    }
}
