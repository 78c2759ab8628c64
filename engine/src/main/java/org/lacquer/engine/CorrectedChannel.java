// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.analysis.TruePeakInterpolator;

import java.util.Arrays;

/**
 * One channel of {@link PeakCorrection}: the audio around the place of work, and the search for
 * peaks in it.
 *
 * <p>Time moves in hops, half the longest frame. Peaks are corrected in the three hops for which
 * all frames are known. Each sweep goes through them in the order of time and lowers each peak that
 * it meets to the limit; since kernels overlap, later sweeps find what earlier ones left. A hop is
 * swept again while it moves through the three, and leaves when no kernel can reach it any more.
 * The grid of hops begins with the stream, so block sizes change nothing.
 */
final class CorrectedChannel {
    private static final int TAPS = TruePeakInterpolator.TAPS;
    private static final int LEAD = TruePeakInterpolator.LEAD;
    private static final int PHASES = TruePeakInterpolator.OVERSAMPLING;
    private static final float[][] KERNEL = TruePeakInterpolator.phases();
    private static final int SWEEPS = 4;

    /** Rounds in which corrections that have turned out too large are made smaller. */
    private static final int EASINGS = 3;

    /**
     * Levels between the limit and the highest peak to which all peaks are lowered first: the
     * highest ones need the least corrections when they are met first, since theirs lower the rest.
     */
    private static final double[] LEVELS = {0.5, 0.25, 0.1, 0.05};

    /** Levels nearer to the limit than this are not worth a sweep. */
    private static final double LEAST_STEP = 0.02;

    /** Bounds the cost of hopeless input; the passes after this one do the rest. */
    private static final int MAX_CORRECTIONS_PER_HOP = 2_000;

    /**
     * Where the signal is in line with the peak at all frequencies the response is 2 / (1 + γ) =
     * 0.065 of the plain one; far below that a correction would be too large elsewhere.
     */
    private static final double LEAST_RESPONSE = 0.04;

    /** By more than this a sample may not have grown after corrections; then there are none. */
    private static final double MOST_GROWTH = 1.25;

    /** Zeros in a row that are digital silence, which stays silent. */
    static final int SILENT_FRAMES = 64;

    /** Grid points from this share of the limit on may have a peak beside them. */
    private static final float NEAR = 0.93f;

    /** Below this share of the limit no peak between samples is looked for. */
    private static final float FAR = 0.4f;

    /** Middle taps for the grid on which peaks are looked for, and for responses. */
    static final int SHORT_TAPS = 32;

    /** Hops that the buffers hold; corrections fall in the third to the fifth. */
    private static final int HOPS = 6;

    private static final int FIRST_HOP = 2;
    private static final int LAST_HOP = 5;

    private final double limit;
    private final int hop;
    private final CorrectionKernels[] bands;

    private final float[] incoming;
    private final float[] outgoing;
    private final float[] heard;
    private final double[] corrected;
    private final float[] rounded;
    private final float[] half;
    private final double[] sums;

    /** 0 in digital silence, as before the start and after the end, otherwise 1. */
    private final float[] sounding;

    /** By frame, how much of its kernel has been taken; the signs are those of the peaks. */
    private final double[] amounts;

    private final double[] snapshot;
    private final double[] amountsSnapshot;
    private int zeros;
    private double topValue;

    /** Frame number of the first frame in the buffers. */
    private long origin;

    private int corrections;

    CorrectedChannel(double limit, int sampleRateHz) {
        this.limit = limit;
        this.bands = CorrectionKernels.bands(limit, sampleRateHz);
        this.hop = bands[0].hopFrames();
        this.incoming = new float[hop];
        this.outgoing = new float[hop];
        this.heard = new float[HOPS * hop];
        this.corrected = new double[HOPS * hop];
        this.rounded = new float[HOPS * hop];
        this.half = new float[HOPS * hop];
        this.sums = new double[HOPS * hop];
        this.sounding = new float[HOPS * hop];
        this.amounts = new double[HOPS * hop];
        this.snapshot = new double[HOPS * hop];
        this.amountsSnapshot = new double[HOPS * hop];
        reset();
    }

    int hopFrames() {
        return hop;
    }

    int latencyFrames() {
        return LAST_HOP * hop;
    }

    /** Takes samples for the hop that is coming and gives those of the one that is leaving. */
    void exchange(float[] samples, int start, int count, int position) {
        for (int i = 0; i < count; i++) {
            float leaving = outgoing[position + i];
            incoming[position + i] = samples[start + i];
            samples[start + i] = leaving;
        }
    }

    /** A hop is complete: corrects what can be corrected now. */
    void advance() {
        int kept = (HOPS - 1) * hop;
        System.arraycopy(heard, hop, heard, 0, kept);
        System.arraycopy(corrected, hop, corrected, 0, kept);
        System.arraycopy(sounding, hop, sounding, 0, kept);
        System.arraycopy(amounts, hop, amounts, 0, kept);
        Arrays.fill(amounts, kept, kept + hop, 0.0);
        System.arraycopy(incoming, 0, heard, kept, hop);
        for (int i = kept; i < kept + hop; i++) {
            corrected[i] = heard[i];
            sounding[i] = 1f;
            zeros = heard[i] == 0f ? zeros + 1 : 0;
            if (zeros == SILENT_FRAMES) {
                Arrays.fill(sounding, i + 1 - SILENT_FRAMES, i + 1, 0f);
            } else if (zeros > SILENT_FRAMES) {
                sounding[i] = 0f;
            }
        }
        origin += hop;
        correct(FIRST_HOP * hop, LAST_HOP * hop);
        for (int i = 0; i < hop; i++) {
            outgoing[i] = (float) corrected[hop + i];
        }
    }

    float largestInput(int from, int to) {
        float largest = 0f;
        for (int i = hop + from; i < hop + to; i++) {
            largest = Math.max(largest, Math.abs(heard[i]));
        }
        return largest;
    }

    float largestOutput(int from, int to) {
        float largest = 0f;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(outgoing[i]));
        }
        return largest;
    }

    private void correct(int from, int to) {
        corrections = 0;
        double highest = grid(from, to);
        if (highest <= NEAR * limit) {
            return;
        }
        System.arraycopy(corrected, 0, snapshot, 0, corrected.length);
        System.arraycopy(amounts, 0, amountsSnapshot, 0, amounts.length);
        double before = largestCorrected();
        double over = highest / limit - 1.0;
        for (double share : LEVELS) {
            if (share * over >= LEAST_STEP) {
                sweep(from, to, limit * (1.0 + share * over));
                grid(from, to);
            }
        }
        for (int round = 0; round < EASINGS && sweep(from, to, limit); round++) {
            ease(from, to);
            grid(from, to);
        }
        for (int sweep = 0; sweep < SWEEPS && sweep(from, to, limit); sweep++) {
            grid(from, to);
        }
        if (!(largestCorrected() <= MOST_GROWTH * before)) {
            // Near the highest frequencies kernels can feed each other.
            System.arraycopy(snapshot, 0, corrected, 0, corrected.length);
            System.arraycopy(amountsSnapshot, 0, amounts, 0, amounts.length);
        }
    }

    private double largestCorrected() {
        double largest = 0.0;
        for (int i = hop; i < HOPS * hop; i++) {
            largest = Math.max(largest, Math.abs(corrected[i]));
        }
        return largest;
    }

    /** Reads two points a frame and returns the highest. */
    private double grid(int from, int to) {
        float largest = 0f;
        for (int i = hop; i < HOPS * hop; i++) {
            corrected[i] *= sounding[i];
            rounded[i] = (float) corrected[i];
        }
        for (int i = from - LEAD - 1; i < to + TAPS; i++) {
            largest = Math.max(largest, Math.abs(rounded[i]));
        }
        if (largest < FAR * limit) {
            return largest;
        }
        interpolate(from - 1, to + 1);
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(half[i]));
        }
        return largest;
    }

    /** Lowers all peaks to a level; whether there was one. */
    private boolean sweep(int from, int to, double level) {
        float near = (float) (NEAR * level);
        int before = corrections;
        for (int i = from; i < to && corrections < MAX_CORRECTIONS_PER_HOP; i++) {
            float here = Math.abs(rounded[i]);
            float next = Math.abs(half[i]);
            if (here > near && here >= Math.abs(half[i - 1]) && here >= next) {
                lower(i, 0, from, to, level);
            }
            if (next > near && next > here && next > Math.abs(rounded[i + 1])) {
                lower(i, PHASES / 2, from, to, level);
            }
        }
        return corrections > before;
    }

    /** Gives back what the corrections of peaks that now lie below the limit took too much. */
    private void ease(int from, int to) {
        for (int i = from; i < to && corrections < MAX_CORRECTIONS_PER_HOP; i++) {
            double amount = amounts[i];
            if (amount == 0.0) {
                continue;
            }
            double sign = Math.signum(amount);
            climb(i, 0, sign, sign * corrected[i]);
            double slack = limit - topValue;
            if (slack > 0.0) {
                change(i, -sign * Math.min(Math.abs(amount), slack / response(i, 0)));
            }
        }
    }

    /** Looks for the top around a grid point, and lowers it when it is above the level. */
    private void lower(int frame, int phase, int from, int to, double level) {
        double value = at(frame, phase);
        double sign = Math.signum(value);
        int top = climb(frame, phase, sign, sign * value);
        double over = topValue - level;
        int nearest = frame + Math.floorDiv(top + PHASES / 2, PHASES);
        if (over <= 0.0 || nearest < from || nearest >= to) {
            return;
        }
        change(nearest, sign * over / response(nearest, top - (nearest - frame) * PHASES));
    }

    /** Where the top lies, in 1/32 frames after {@code frame}; sets {@link #topValue}. */
    private int climb(int frame, int phase, double sign, double height) {
        int top = phase;
        topValue = height;
        for (int step = PHASES / 4; step > 1; step /= 2) {
            double earlier = sign * at(frame, top - step);
            double later = sign * at(frame, top + step);
            if (earlier > topValue && earlier >= later) {
                topValue = earlier;
                top -= step;
            } else if (later > topValue) {
                topValue = later;
                top += step;
            }
        }
        return top;
    }

    /** What a correction of one at a frame takes from the signal beside it. */
    private double response(int frame, int offset) {
        double response = 0.0;
        double plain = 0.0;
        for (CorrectionKernels band : bands) {
            response += band.response(heard, origin, frame, offset);
            plain += band.plainResponse(origin, frame);
        }
        return plain > 0.0 ? Math.max(response, LEAST_RESPONSE * plain) : Double.POSITIVE_INFINITY;
    }

    private void change(int frame, double amount) {
        for (CorrectionKernels band : bands) {
            band.subtract(corrected, origin, frame, amount);
        }
        amounts[frame] += amount;
        corrections++;
    }

    /** The corrected signal {@code phase}/32 of a frame after {@code frame}. */
    private double at(int frame, int phase) {
        int whole = frame + Math.floorDiv(phase, PHASES);
        int part = Math.floorMod(phase, PHASES);
        if (part == 0) {
            return corrected[whole];
        }
        float[] h = KERNEL[part];
        double even = 0.0;
        double odd = 0.0;
        for (int k = 0; k < TAPS; k += 2) {
            even += h[k] * corrected[whole - LEAD + k];
            odd += h[k + 1] * corrected[whole - LEAD + k + 1];
        }
        return even + odd;
    }

    /** Half-way points; see {@link PeakEnvelope} on the shape of the loop. */
    private void interpolate(int from, int to) {
        float[] h = KERNEL[PHASES / 2];
        Arrays.fill(sums, from, to, 0.0);
        int first = (TAPS - SHORT_TAPS) / 2;
        for (int k = first; k < first + SHORT_TAPS; k += 4) {
            float h0 = h[k];
            float h1 = h[k + 1];
            float h2 = h[k + 2];
            float h3 = h[k + 3];
            int o0 = PeakEnvelope.OFFSETS[k] - LEAD;
            int o1 = PeakEnvelope.OFFSETS[k + 1] - LEAD;
            int o2 = PeakEnvelope.OFFSETS[k + 2] - LEAD;
            int o3 = PeakEnvelope.OFFSETS[k + 3] - LEAD;
            for (int i = from; i < to; i++) {
                sums[i] +=
                        (h0 * rounded[i + o0] + h1 * rounded[i + o1])
                                + (h2 * rounded[i + o2] + h3 * rounded[i + o3]);
            }
        }
        for (int i = from; i < to; i++) {
            half[i] = (float) sums[i];
        }
    }

    void reset() {
        Arrays.fill(incoming, 0f);
        Arrays.fill(outgoing, 0f);
        Arrays.fill(heard, 0f);
        Arrays.fill(corrected, 0.0);
        Arrays.fill(rounded, 0f);
        Arrays.fill(half, 0f);
        Arrays.fill(sounding, 0f);
        Arrays.fill(amounts, 0.0);
        zeros = SILENT_FRAMES;
        for (CorrectionKernels band : bands) {
            band.reset();
        }
        origin = -(long) HOPS * hop;
        corrections = 0;
    }
}
