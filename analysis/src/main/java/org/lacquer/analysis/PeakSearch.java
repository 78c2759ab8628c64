// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The largest magnitude of one channel between its samples, without looking everywhere.
 *
 * <p>Two bounds say where not to look. The first is {@link PeakBound}. Music bends little: of its
 * half-way points some 0.5 % can exceed the largest sample of their 100 ms, and only those are
 * computed. Signals that bend more have all of theirs computed at once.
 *
 * <p>The second says where between known points a new highest peak can lie. Bernstein: a function
 * of bandwidth σ with the global maximum M at t0 obeys |f(t)| ≥ M cos(σ (t - t0)) for |t - t0| ≤
 * π/σ. So between two known points a and b, at distance d, lies a new highest peak only if both
 * have its sign and {@code acos(a/M) + acos(b/M) ≤ σ d}, that is {@code ab - √(M² - a²) √(M² - b²)
 * ≥ M² cos(σ d)}. Since the condition weakens when M grows, it may be asked with the largest value
 * so far. Intervals that pass are halved until points are 1/32 frame apart.
 *
 * <p>Work happens on a fixed grid of chunks, so block sizes change nothing. The largest known point
 * of every 100 ms, samples and half-way points only, is kept for figures over time.
 */
final class PeakSearch {
    private static final int CHUNK = 1024;
    private static final int HISTORY = TruePeakInterpolator.TAPS - 1;
    private static final int[] OFFSETS = IntStream.range(0, TruePeakInterpolator.TAPS).toArray();
    private static final int HALF = TruePeakInterpolator.OVERSAMPLING / 2;

    /**
     * Bandwidth of the interpolated signal in radians a frame. The kernel's stop band begins at
     * 1.05 π; 1.09 π also covers what it lets through at -100 dB.
     */
    private static final double BANDWIDTH = 1.09 * StrictMath.PI;

    /** M² cos(σ d) for d = 1/2, 1/4, 1/8, 1/16, by level; for M = 1. */
    private static final double[] LEAST_COSINES = leastCosines();

    /** Both neighbours are below this: no new peak between them. From the condition with a = b. */
    private static final float QUICK_LEVEL = (float) (StrictMath.cos(BANDWIDTH / 4.0) - 0.01);

    /** Of a chunk with more points to compute than this share, all are computed: it is faster. */
    private static final int DENSE_SHARE = 8;

    private final float[] buffer = new float[HISTORY + CHUNK];
    private final double[] sums = new double[CHUNK];

    /** Half-way points of the chunk where {@link #candidates} says so, or all of them. */
    private final float[] half = new float[CHUNK];

    private final int[] candidates = new int[CHUNK];
    private boolean allHalves;

    /** Of the samples in the buffer. */
    private final PeakBound bound = new PeakBound(TruePeakInterpolator.TAPS);

    private int filled = HISTORY;

    /** Frame of {@code buffer[LEAD]}. */
    private long firstFrame = -TruePeakInterpolator.LEAD - 1;

    private final int sampleRateHz;
    private float[] tenths = new float[64];
    private int tenth;
    private float samplePeak;
    private float peak;
    private long peakPosition = Long.MIN_VALUE;

    PeakSearch(int sampleRateHz) {
        this.sampleRateHz = sampleRateHz;
    }

    void write(float[] samples, int count) {
        int position = 0;
        while (position < count) {
            int take = Math.min(count - position, buffer.length - filled);
            System.arraycopy(samples, position, buffer, filled, take);
            filled += take;
            position += take;
            if (filled == buffer.length) {
                search(CHUNK);
            }
        }
    }

    /** Lets the last samples pass through the kernel. */
    void finish() {
        int tail = HISTORY;
        while (tail > 0) {
            int take = Math.min(tail, buffer.length - filled);
            Arrays.fill(buffer, filled, filled + take, 0f);
            filled += take;
            tail -= take;
            search(filled - HISTORY);
        }
    }

    float peak() {
        return peak;
    }

    float samplePeak() {
        return samplePeak;
    }

    /** Place of the peak in 1/32 frames; meaningless while all is silent. */
    long peakPosition() {
        return peakPosition;
    }

    /** Largest known point of each 100 ms, not a copy; later ones are silent. */
    float[] tenths() {
        return tenths;
    }

    /** Searches between {@code count} frames and moves the rest to the front. */
    private void search(int count) {
        bound.measure(buffer, 0, count + HISTORY);
        float loudest = bound.loudest();
        if (loudest > 0f) {
            float slack = bound.slack();
            allHalves = false;
            int from = 0;
            while (from < count) {
                int to = (int) Math.min(count, advanceTenth(firstFrame + from) - firstFrame);
                offerKnown(from, to, count, slack);
                from = to;
            }
            if (loudest + slack >= peak) {
                refineAll(count, slack);
            }
        }
        System.arraycopy(buffer, count, buffer, 0, filled - count);
        filled -= count;
        firstFrame += count;
    }

    /** Makes room for the 100 ms that a frame lies in and returns the frame after them. */
    private long advanceTenth(long frame) {
        while (frame >= Hops.startFrame(10L * (tenth + 1), sampleRateHz)) {
            tenth++;
        }
        if (tenth >= tenths.length) {
            tenths = Arrays.copyOf(tenths, 2 * tenth);
        }
        return Hops.startFrame(10L * (tenth + 1), sampleRateHz);
    }

    /**
     * Reads samples, and half-way points that can exceed them; looks for their places only when
     * there is a new peak.
     */
    private void offerKnown(int from, int to, int count, float slack) {
        float samples = FiniteSamples.largest(buffer, from + TruePeakInterpolator.LEAD, to - from);
        samplePeak = Math.max(samplePeak, samples);
        float known = Math.max(samples, tenths[tenth]);
        int found = allHalves ? 0 : findCandidates(from, to, 2f * (known - slack));
        if (found > count / DENSE_SHARE) {
            halves(buffer, sums, half, count);
            allHalves = true;
        }
        if (allHalves) {
            known = Math.max(known, FiniteSamples.largest(half, from, to - from));
        } else {
            for (int n = 0; n < found; n++) {
                int i = candidates[n];
                half[i] = half(buffer, i);
                known = Math.max(known, Math.abs(half[i]));
            }
        }
        tenths[tenth] = known;
        if (known > peak) {
            offerAll(from, to, found);
        }
    }

    /** Frames whose half-way point can reach half of {@code twice}. */
    private int findCandidates(int from, int to, float twice) {
        int found = 0;
        for (int i = from; i < to; i++) {
            float sum =
                    buffer[i + TruePeakInterpolator.LEAD]
                            + buffer[i + TruePeakInterpolator.LEAD + 1];
            if (Math.abs(sum) >= twice) {
                candidates[found++] = i;
            }
        }
        return found;
    }

    private void offerAll(int from, int to, int found) {
        int next = 0;
        for (int i = from; i < to; i++) {
            offer(Math.abs(buffer[i + TruePeakInterpolator.LEAD]), i, 0);
            if (allHalves) {
                offer(Math.abs(half[i]), i, HALF);
            } else if (next < found && candidates[next] == i) {
                offer(Math.abs(half[i]), i, HALF);
                next++;
            }
        }
    }

    /** Refines the intervals in which a point can exceed the peak. */
    private void refineAll(int count, float slack) {
        int found = findIntervals(count, peak - slack);
        for (int n = 0; n < found; n++) {
            refineInterval(candidates[n]);
        }
    }

    private int findIntervals(int count, float limit) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (Math.abs(buffer[i + TruePeakInterpolator.LEAD]) >= limit
                    || Math.abs(buffer[i + TruePeakInterpolator.LEAD + 1]) >= limit) {
                candidates[found++] = i;
            }
        }
        return found;
    }

    private void refineInterval(int i) {
        float a = buffer[i + TruePeakInterpolator.LEAD];
        float b = allHalves ? half[i] : half(buffer, i);
        float c = buffer[i + TruePeakInterpolator.LEAD + 1];
        float quick = peak * QUICK_LEVEL;
        if (Math.abs(a) > quick || Math.abs(b) > quick) {
            refine(i, 0, HALF, a, b, 0);
        }
        if (Math.abs(b) > quick || Math.abs(c) > quick) {
            refine(i, HALF, 2 * HALF, b, c, 0);
        }
    }

    private void refine(int i, int low, int high, float a, float b, int level) {
        double square = (double) peak * peak;
        double product = (double) a * b;
        double sines =
                Math.sqrt(
                        Math.max(square - (double) a * a, 0.0)
                                * Math.max(square - (double) b * b, 0.0));
        if (product - sines < square * LEAST_COSINES[level]) {
            return;
        }
        int middle = (low + high) / 2;
        float value = TruePeakInterpolator.at(buffer, i, middle);
        offer(Math.abs(value), i, middle);
        if (level + 1 < LEAST_COSINES.length) {
            refine(i, low, middle, a, value, level + 1);
            refine(i, middle, high, value, b, level + 1);
        }
    }

    private void offer(float value, int i, int phase) {
        if (value > peak) {
            peak = value;
            peakPosition = (firstFrame + i) * TruePeakInterpolator.OVERSAMPLING + phase;
        }
    }

    /**
     * Half-way points, by pairs of equal taps, which the compiler vectorises over i. It does so
     * only because the sums have another element type than the samples (it would have to fear that
     * two float arrays are the same), and because the offsets come from a table (it would merge the
     * loads of neighbouring taps into scalars). Two pairs a pass are the fastest.
     */
    static void halves(float[] x, double[] sums, float[] out, int count) {
        float[] h = TruePeakInterpolator.phase(HALF);
        Arrays.fill(sums, 0, count, 0.0);
        for (int k = 0; k < TruePeakInterpolator.TAPS / 2; k += 2) {
            float h0 = h[k];
            float h1 = h[k + 1];
            int a0 = OFFSETS[k];
            int b0 = OFFSETS[TruePeakInterpolator.TAPS - 1 - k];
            int a1 = OFFSETS[k + 1];
            int b1 = OFFSETS[TruePeakInterpolator.TAPS - 2 - k];
            for (int i = 0; i < count; i++) {
                sums[i] += h0 * (x[i + a0] + x[i + b0]) + h1 * (x[i + a1] + x[i + b1]);
            }
        }
        for (int i = 0; i < count; i++) {
            out[i] = (float) sums[i];
        }
    }

    /** One half-way point, with the sums in the order of {@link #halves}: the same bits. */
    static float half(float[] x, int i) {
        float[] h = TruePeakInterpolator.phase(HALF);
        double sum = 0.0;
        int last = i + TruePeakInterpolator.TAPS - 1;
        for (int k = 0; k < TruePeakInterpolator.TAPS / 2; k += 2) {
            sum += h[k] * (x[i + k] + x[last - k]) + h[k + 1] * (x[i + k + 1] + x[last - k - 1]);
        }
        return (float) sum;
    }

    private static double[] leastCosines() {
        double[] cosines = new double[4];
        for (int level = 0; level < cosines.length; level++) {
            cosines[level] = StrictMath.cos(BANDWIDTH / (2 << level) + 0.01);
        }
        return cosines;
    }
}
