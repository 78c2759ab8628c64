// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.analysis.TruePeakInterpolator;
import org.lacquer.audio.AudioBlock;

import java.util.Arrays;

/**
 * Largest magnitude over channels from each frame up to the next, between the samples too.
 *
 * <p>{@link #coarse}: four times the rate everywhere. {@link #exactAbove}: 32 times the rate, but
 * finer grids are looked at only where a coarser one comes near the threshold. A band-limited
 * signal that peaks at M is at least M cos(πd) a distance of d sample periods away from the peak
 * (S. Bernstein's inequality), so a peak above the threshold t leaves a value above t cos(π/4) =
 * 0.707 t on the half-sample grid, 0.924 t on the quarter and 0.981 t on the eighth; the factors
 * used are a little lower, for the kernel is finite. Peaks well below the threshold are reported
 * too low.
 */
final class PeakEnvelope {
    private static final int TAPS = TruePeakInterpolator.TAPS;
    private static final int PHASES = TruePeakInterpolator.OVERSAMPLING;
    private static final float[][] KERNEL = TruePeakInterpolator.phases();

    /** Frames of the future that the kernel needs. */
    private static final int AHEAD = TAPS / 2;

    private static final double HALF_FACTOR = 0.69;
    private static final double QUARTER_FACTOR = 0.91;
    private static final double EIGHTH_FACTOR = 0.972;

    private final double threshold;
    private final int maxFrames;

    /** Per channel: the last TAPS-1 samples, then the new ones. */
    private final float[][] history;

    private final float[] half;
    private final float[] quarter;
    private final float[] threeQuarters;

    static PeakEnvelope coarse(int channels, int maxFrames) {
        return new PeakEnvelope(0.0, channels, maxFrames);
    }

    static PeakEnvelope exactAbove(double threshold, int channels, int maxFrames) {
        return new PeakEnvelope(threshold, channels, maxFrames);
    }

    private PeakEnvelope(double threshold, int channels, int maxFrames) {
        this.threshold = threshold;
        this.maxFrames = maxFrames;
        this.history = new float[channels][TAPS - 1 + maxFrames];
        this.half = new float[maxFrames];
        this.quarter = new float[maxFrames];
        this.threeQuarters = new float[maxFrames];
    }

    int maxFrames() {
        return maxFrames;
    }

    int latencyFrames() {
        return AHEAD;
    }

    /**
     * Writes the peaks of {@code count} frames, {@link #latencyFrames()} late, to {@code peaks[0 ..
     * count)}.
     */
    void process(AudioBlock block, int start, int count, double[] peaks) {
        Arrays.fill(peaks, 0, count, 0.0);
        for (int c = 0; c < history.length; c++) {
            float[] x = history[c];
            System.arraycopy(block.channel(c), start, x, TAPS - 1, count);
            interpolate(x, count, KERNEL[PHASES / 2], half);
            if (threshold == 0.0) {
                interpolate(x, count, KERNEL[PHASES / 4], quarter);
                interpolate(x, count, KERNEL[3 * PHASES / 4], threeQuarters);
                coarsePeaks(x, count, peaks);
            } else {
                exactPeaks(x, count, peaks);
            }
            System.arraycopy(x, count, x, 0, TAPS - 1);
        }
    }

    private void coarsePeaks(float[] x, int count, double[] peaks) {
        for (int i = 0; i < count; i++) {
            float between = Math.max(Math.abs(quarter[i]), Math.abs(threeQuarters[i]));
            float largest =
                    Math.max(Math.max(Math.abs(x[i + AHEAD - 1]), Math.abs(half[i])), between);
            peaks[i] = Math.max(peaks[i], largest);
        }
    }

    private void exactPeaks(float[] x, int count, double[] peaks) {
        for (int i = 0; i < count; i++) {
            // The far end of the interval counts too: the peak may lie just before the next sample.
            float ends = Math.max(Math.abs(x[i + AHEAD - 1]), Math.abs(x[i + AHEAD]));
            float largest = Math.max(ends, Math.abs(half[i]));
            if (largest > HALF_FACTOR * threshold) {
                largest = refine(x, i, largest);
            }
            peaks[i] = Math.max(peaks[i], largest);
        }
    }

    private float refine(float[] x, int i, float coarse) {
        float largest = largest(x, i, PHASES / 4, PHASES / 2, coarse);
        if (largest <= QUARTER_FACTOR * threshold) {
            return largest;
        }
        largest = largest(x, i, PHASES / 8, PHASES / 4, largest);
        if (largest <= EIGHTH_FACTOR * threshold) {
            return largest;
        }
        for (int phase = 1; phase < PHASES; phase++) {
            if (phase % (PHASES / 8) != 0) {
                largest = Math.max(largest, Math.abs(TruePeakInterpolator.at(x, i, phase)));
            }
        }
        return largest;
    }

    private static float largest(float[] x, int i, int firstPhase, int phaseStep, float known) {
        float largest = known;
        for (int phase = firstPhase; phase < PHASES; phase += phaseStep) {
            largest = Math.max(largest, Math.abs(TruePeakInterpolator.at(x, i, phase)));
        }
        return largest;
    }

    /**
     * One phase for all frames; four taps at a time over a plain array, which the compiler
     * vectorises.
     */
    private static void interpolate(float[] x, int count, float[] h, float[] out) {
        Arrays.fill(out, 0, count, 0f);
        for (int k = 0; k < TAPS; k += 4) {
            float h0 = h[k];
            float h1 = h[k + 1];
            float h2 = h[k + 2];
            float h3 = h[k + 3];
            for (int i = 0; i < count; i++) {
                out[i] +=
                        (h0 * x[i + k] + h1 * x[i + k + 1])
                                + (h2 * x[i + k + 2] + h3 * x[i + k + 3]);
            }
        }
    }

    void reset() {
        for (float[] x : history) {
            Arrays.fill(x, 0f);
        }
    }
}
