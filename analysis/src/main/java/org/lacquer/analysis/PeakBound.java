// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Require;

import java.util.stream.IntStream;

/**
 * How high a signal can be between its samples, for three operations a sample.
 *
 * <p>A point between two samples differs from the straight line through them by a filter with zeros
 * at 0 Hz, so by at most {@code Σ|q| · D}, where D is the largest second difference of the samples
 * under the kernel and q the filter's double sum: 0.64 for the kernel of {@link
 * TruePeakInterpolator}. So no point lies above the larger of its two samples by more than {@link
 * #slack()}. Not thread-safe.
 */
public final class PeakBound {
    private static final int[] OFFSETS = IntStream.range(0, 3).toArray();

    /**
     * Steps in which magnitudes are counted; from 128 times full scale on the bound is infinite.
     */
    private static final float STEPS = 1 << 24;

    /** In second differences. */
    private final float curvatureSlack;

    /** In largest samples: for what the kernel's moments and single precision leave. */
    private final float levelSlack;

    private float loudest;
    private float slack;

    /**
     * @param taps of the kernel's middle that the signal is interpolated with; even
     */
    public PeakBound(int taps) {
        Require.that(
                taps >= 2 && taps <= TruePeakInterpolator.TAPS && taps % 2 == 0,
                "taps must be even and between 2 and "
                        + TruePeakInterpolator.TAPS
                        + ", got "
                        + taps);
        double curvature = 0.0;
        double moments = 0.0;
        for (int phase = 1; phase < TruePeakInterpolator.OVERSAMPLING; phase++) {
            double[] slacks = slacks(phase, taps);
            curvature = Math.max(curvature, slacks[0]);
            moments = Math.max(moments, slacks[1]);
        }
        this.curvatureSlack = (float) (1.0001 * curvature);
        // 34 roundings of 6e-8 each in a sum of 3.2 times the largest sample, and some more.
        this.levelSlack = (float) (moments + 1e-5);
    }

    /**
     * Looks at {@code length} samples, at least two. Integers, since the compiler vectorises their
     * largest and not that of floats; offsets come from a table, since it would merge the loads of
     * neighbours into scalars.
     */
    public void measure(float[] samples, int from, int length) {
        int one = OFFSETS[1];
        int two = OFFSETS[2];
        int end = from + length;
        int magnitude = 0;
        int difference = 0;
        for (int i = from; i < end - 2; i++) {
            magnitude = Math.max(magnitude, (int) (Math.abs(samples[i]) * STEPS));
            float second = (samples[i] - samples[i + one]) - (samples[i + one] - samples[i + two]);
            difference = Math.max(difference, (int) (Math.abs(second) * STEPS));
        }
        magnitude = Math.max(magnitude, (int) (Math.abs(samples[end - 2]) * STEPS));
        magnitude = Math.max(magnitude, (int) (Math.abs(samples[end - 1]) * STEPS));
        loudest = upperBound(magnitude);
        if (magnitude == 0 && FiniteSamples.largest(samples, from, length) == 0f) {
            loudest = 0f;
        }
        slack = curvatureSlack * upperBound(difference) + levelSlack * loudest;
    }

    /** An upper bound of the magnitudes of the samples; 0 for silence. */
    public float loudest() {
        return loudest;
    }

    /** How far a point between two of the samples can lie above them. */
    public float slack() {
        return slack;
    }

    private static float upperBound(int steps) {
        return steps == Integer.MAX_VALUE ? Float.POSITIVE_INFINITY : (steps + 2) / STEPS;
    }

    /**
     * Bounds the difference e between a phase and the line between its two samples by summation by
     * parts, twice: Σ e x is Σ q x'' and, where sum and first moment of e are not quite zero, their
     * products with the last sample and the last difference.
     *
     * @return Σ|q|, and the share of the largest sample that the last two make
     */
    private static double[] slacks(int phase, int taps) {
        float[] h = TruePeakInterpolator.phase(phase);
        double position = (double) phase / TruePeakInterpolator.OVERSAMPLING;
        int first = (TruePeakInterpolator.TAPS - taps) / 2;
        int end = first + taps;
        double sum = 0.0;
        double q = 0.0;
        double total = 0.0;
        for (int k = first; k < end; k++) {
            double line =
                    k == TruePeakInterpolator.LEAD
                            ? 1.0 - position
                            : k == TruePeakInterpolator.LEAD + 1 ? position : 0.0;
            sum += h[k] - line;
            q += k < end - 1 ? sum : 0.0;
            total += k < end - 2 ? Math.abs(q) : 0.0;
        }
        return new double[] {total, Math.abs(sum) + 2.0 * Math.abs(q)};
    }
}
