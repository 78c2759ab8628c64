// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How often each loudness occurs: counts of the values every 100 ms that are above the absolute
 * gate of ITU-R BS.1770-5, -70 LUFS. Bin i holds the values from {@code lowestLufs + i * BIN_LU}
 * inclusive to the next bin; both lists have the same bins, from the lowest to the highest that is
 * not empty.
 *
 * @param lowestLufs lower edge of the first bin, a multiple of {@link #BIN_LU}; NaN when there are
 *     no values
 * @param momentary counts of momentary loudness (400 ms)
 * @param shortTerm counts of short-term loudness (3 s)
 * @param usualLufs level at which the song spends its time: middle of those 2 LU that hold the most
 *     short-term values; of equal ones the loudest. NaN when there are none
 * @param usualShare share of the short-term values within those 2 LU, 0 to 1; NaN when there are
 *     none
 */
public record LoudnessHistogram(
        double lowestLufs,
        List<Integer> momentary,
        List<Integer> shortTerm,
        double usualLufs,
        double usualShare) {

    /** Width of a bin. */
    public static final double BIN_LU = 0.5;

    /** Bins of the stretch in which most of the time is spent: 2 LU. */
    private static final int USUAL_BINS = 4;

    /** From -70 LUFS to +30 LUFS: no stream of finite samples below 30 dBFS is louder. */
    private static final int BINS = 200;

    public LoudnessHistogram {
        momentary = List.copyOf(momentary);
        shortTerm = List.copyOf(shortTerm);
    }

    static LoudnessHistogram of(Series momentaryLufs, Series shortTermLufs) {
        int[] momentary = counts(momentaryLufs);
        int[] shortTerm = counts(shortTermLufs);
        int first = 0;
        while (first < BINS && momentary[first] == 0 && shortTerm[first] == 0) {
            first++;
        }
        if (first == BINS) {
            return new LoudnessHistogram(Double.NaN, List.of(), List.of(), Double.NaN, Double.NaN);
        }
        int end = BINS;
        while (momentary[end - 1] == 0 && shortTerm[end - 1] == 0) {
            end--;
        }
        int all = sum(shortTerm, 0, BINS);
        int most = 0;
        int usual = 0;
        for (int start = 0; start + USUAL_BINS <= BINS; start++) {
            int inside = sum(shortTerm, start, start + USUAL_BINS);
            if (inside >= most) {
                most = inside;
                usual = start;
            }
        }
        return new LoudnessHistogram(
                edgeLufs(first),
                list(momentary, first, end),
                list(shortTerm, first, end),
                all == 0 ? Double.NaN : edgeLufs(usual) + USUAL_BINS * BIN_LU / 2.0,
                all == 0 ? Double.NaN : (double) most / all);
    }

    /** Number of bins. */
    public int bins() {
        return momentary.size();
    }

    /** Middle of a bin. */
    public double middleLufs(int bin) {
        return lowestLufs + (bin + 0.5) * BIN_LU;
    }

    private static int[] counts(Series series) {
        int[] counts = new int[BINS];
        for (int i = 0; i < series.size(); i++) {
            double value = series.at(i);
            if (value > Bs1770.ABSOLUTE_GATE_LUFS) {
                int bin = (int) ((value - Bs1770.ABSOLUTE_GATE_LUFS) / BIN_LU);
                counts[Math.min(bin, BINS - 1)]++;
            }
        }
        return counts;
    }

    private static double edgeLufs(int bin) {
        return Bs1770.ABSOLUTE_GATE_LUFS + bin * BIN_LU;
    }

    private static int sum(int[] counts, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += counts[i];
        }
        return sum;
    }

    private static List<Integer> list(int[] counts, int from, int to) {
        List<Integer> list = new ArrayList<>();
        for (int i = from; i < to; i++) {
            list.add(counts[i]);
        }
        return Collections.unmodifiableList(list);
    }
}
