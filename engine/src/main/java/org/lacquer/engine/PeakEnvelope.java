// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.analysis.PeakBound;
import org.lacquer.analysis.TruePeakInterpolator;
import org.lacquer.audio.AudioBlock;

import java.util.Arrays;

/**
 * Largest magnitude over channels from each frame up to the next, between the samples too.
 *
 * <p>{@link #fine} reads four points a frame, {@link #coarse} two. {@link #exactAbove} finds every
 * peak above a threshold on a grid of 32 points, but computes most of them only where one can lie:
 * a band-limited function that peaks at M obeys |f(t)| &gt;= M cos(σ (t - t0)) near t0 (S.
 * Bernstein), so between neighbouring points a and b at distance d lies a peak above M only if
 * {@code acos(a/M) + acos(b/M) <= σ d}. Intervals that pass are halved. Lower peaks are reported
 * too low. Peaks that nobody acts on need not be found at all: where {@link PeakBound} says that
 * there are only such, none is reported.
 */
final class PeakEnvelope {
    private static final int TAPS = TruePeakInterpolator.TAPS;
    private static final int PHASES = TruePeakInterpolator.OVERSAMPLING;
    private static final float[][] KERNEL = TruePeakInterpolator.phases();

    /** 0, 1, 2 ... as figures that the compiler does not know; see {@link #interpolate}. */
    static final int[] OFFSETS = offsets();

    /**
     * Middle taps of the kernel that the approximate grids use. They err by some tenths of a dB
     * above 18 kHz; a pass on the exact grid comes after them.
     */
    private static final int SHORT_TAPS = 32;

    /** Frames of the future that the kernel needs. */
    private static final int AHEAD = TAPS / 2;

    /** Bandwidth in radians a frame: π, and a margin for the kernel's transition band. */
    private static final double BANDWIDTH = 1.09 * StrictMath.PI;

    /** cos(σ d) for d = 1/2, 1/4, 1/8, 1/16 frame. */
    private static final double[] COSINES = cosines();

    /** When both ends of half a frame lie below this share of M, there is no peak of M between. */
    private static final float QUICK_SHARE = (float) StrictMath.cos(BANDWIDTH / 4.0);

    /** Frames for which it is decided together whether there is anything to look for. */
    private static final int PIECE = 256;

    private enum Grid {
        COARSE,
        FINE,
        EXACT
    }

    private final Grid grid;
    private final float threshold;
    private final float negligible;
    private final PeakBound bound;
    private final int maxFrames;

    /** Per channel: the last TAPS-1 samples, then the new ones. */
    private final float[][] history;

    private final double[] sums;
    private final float[] half;
    private final float[] quarter;
    private final float[] threeQuarters;

    static PeakEnvelope coarse(int channels, int maxFrames) {
        return new PeakEnvelope(Grid.COARSE, 0.0, 0.0, channels, maxFrames);
    }

    /**
     * @param negligible lower peaks need not be reported
     */
    static PeakEnvelope fine(double negligible, int channels, int maxFrames) {
        return new PeakEnvelope(Grid.FINE, 0.0, negligible, channels, maxFrames);
    }

    /**
     * @param negligible lower peaks need not be reported
     */
    static PeakEnvelope exactAbove(
            double threshold, double negligible, int channels, int maxFrames) {
        return new PeakEnvelope(Grid.EXACT, threshold, negligible, channels, maxFrames);
    }

    private PeakEnvelope(
            Grid grid, double threshold, double negligible, int channels, int maxFrames) {
        this.grid = grid;
        this.threshold = (float) threshold;
        this.negligible = (float) negligible;
        this.bound = new PeakBound(grid == Grid.EXACT ? TAPS : SHORT_TAPS);
        this.maxFrames = maxFrames;
        this.history = new float[channels][TAPS - 1 + maxFrames];
        this.sums = new double[maxFrames];
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
        process(block, 0, start, count, peaks);
    }

    /** The same, for as many channels as this envelope reads, from {@code firstChannel}. */
    void process(AudioBlock block, int firstChannel, int start, int count, double[] peaks) {
        Arrays.fill(peaks, 0, count, 0.0);
        for (int c = 0; c < history.length; c++) {
            float[] x = history[c];
            System.arraycopy(block.channel(firstChannel + c), start, x, TAPS - 1, count);
            int step = negligible > 0f ? PIECE : count;
            for (int from = 0; from < count; from += step) {
                piece(x, from, Math.min(count, from + step), peaks);
            }
            System.arraycopy(x, count, x, 0, TAPS - 1);
        }
    }

    private void piece(float[] x, int from, int to, double[] peaks) {
        if (negligible > 0f) {
            bound.measure(x, from, to - from + TAPS - 1);
            if (bound.loudest() + bound.slack() <= negligible) {
                return;
            }
        }
        switch (grid) {
            case COARSE -> {
                interpolate(x, from, to, PHASES / 2, SHORT_TAPS, half);
                coarsePeaks(x, from, to, peaks);
            }
            case FINE -> {
                interpolate(x, from, to, PHASES / 2, SHORT_TAPS, half);
                interpolate(x, from, to, PHASES / 4, SHORT_TAPS, quarter);
                interpolate(x, from, to, 3 * PHASES / 4, SHORT_TAPS, threeQuarters);
                finePeaks(x, from, to, peaks);
            }
            case EXACT -> {
                interpolate(x, from, to, PHASES / 2, TAPS, half);
                exactPeaks(x, from, to, peaks);
            }
        }
    }

    private void coarsePeaks(float[] x, int from, int to, double[] peaks) {
        for (int i = from; i < to; i++) {
            float largest = Math.max(Math.abs(x[i + AHEAD - 1]), Math.abs(half[i]));
            peaks[i] = Math.max(peaks[i], largest);
        }
    }

    private void finePeaks(float[] x, int from, int to, double[] peaks) {
        for (int i = from; i < to; i++) {
            float between = Math.max(Math.abs(quarter[i]), Math.abs(threeQuarters[i]));
            float known = Math.max(Math.abs(x[i + AHEAD - 1]), Math.abs(half[i]));
            peaks[i] = Math.max(peaks[i], Math.max(known, between));
        }
    }

    private void exactPeaks(float[] x, int from, int to, double[] peaks) {
        float quick = QUICK_SHARE * threshold;
        for (int i = from; i < to; i++) {
            float a = x[i + AHEAD - 1];
            float b = half[i];
            float c = x[i + AHEAD];
            float largest = Math.max(Math.abs(a), Math.abs(b));
            if (largest > quick) {
                largest = Math.max(largest, refine(x, i, 0, PHASES / 2, a, b, 0));
            }
            if (Math.max(Math.abs(b), Math.abs(c)) > quick) {
                largest = Math.max(largest, refine(x, i, PHASES / 2, PHASES, b, c, 0));
            }
            peaks[i] = Math.max(peaks[i], largest);
        }
    }

    /**
     * Largest magnitude strictly between phases {@code low} and {@code high}, 0 if none matters.
     */
    private float refine(float[] x, int i, int low, int high, float a, float b, int level) {
        double square = (double) threshold * threshold;
        double sines =
                Math.max(square - (double) a * a, 0.0) * Math.max(square - (double) b * b, 0.0);
        if ((double) a * b - Math.sqrt(sines) < square * COSINES[level]) {
            return 0f;
        }
        int middle = (low + high) / 2;
        float value = TruePeakInterpolator.at(x, i, middle);
        float largest = Math.abs(value);
        if (level + 1 < COSINES.length) {
            largest = Math.max(largest, refine(x, i, low, middle, a, value, level + 1));
            largest = Math.max(largest, refine(x, i, middle, high, value, b, level + 1));
        }
        return largest;
    }

    private static double[] cosines() {
        double[] cosines = new double[4];
        for (int level = 0; level < cosines.length; level++) {
            cosines[level] = StrictMath.cos(BANDWIDTH / (2 << level));
        }
        return cosines;
    }

    /**
     * One phase for all frames, four taps a pass, which the compiler vectorises over i. It does so
     * only because the sums have another element type than the samples (it would have to fear that
     * two float arrays are the same), and because the offsets come from a table (it would merge the
     * loads of neighbouring taps into scalars).
     */
    private void interpolate(float[] x, int from, int to, int phase, int taps, float[] out) {
        float[] h = KERNEL[phase];
        Arrays.fill(sums, from, to, 0.0);
        int first = (TAPS - taps) / 2;
        for (int k = first; k < first + taps; k += 4) {
            float h0 = h[k];
            float h1 = h[k + 1];
            float h2 = h[k + 2];
            float h3 = h[k + 3];
            int o0 = OFFSETS[k];
            int o1 = OFFSETS[k + 1];
            int o2 = OFFSETS[k + 2];
            int o3 = OFFSETS[k + 3];
            for (int i = from; i < to; i++) {
                sums[i] += (h0 * x[i + o0] + h1 * x[i + o1]) + (h2 * x[i + o2] + h3 * x[i + o3]);
            }
        }
        for (int i = from; i < to; i++) {
            out[i] = (float) sums[i];
        }
    }

    private static int[] offsets() {
        int[] offsets = new int[TAPS];
        for (int k = 0; k < TAPS; k++) {
            offsets[k] = k;
        }
        return offsets;
    }

    void reset() {
        for (float[] x : history) {
            Arrays.fill(x, 0f);
        }
    }
}
