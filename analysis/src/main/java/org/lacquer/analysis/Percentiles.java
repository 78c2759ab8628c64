// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/** Percentiles of sorted numbers, linear between ranks. */
final class Percentiles {
    private Percentiles() {}

    /** Value at rank {@code percent / 100 · (count - 1)}. */
    static double of(float[] sorted, int count, double percent) {
        double rank = percent / 100.0 * (count - 1);
        int low = (int) rank;
        int high = Math.min(low + 1, count - 1);
        return sorted[low] + (rank - low) * ((double) sorted[high] - sorted[low]);
    }

    /** The same of all of an array. */
    static double of(double[] sorted, double percent) {
        double rank = percent / 100.0 * (sorted.length - 1);
        int low = (int) rank;
        int high = Math.min(low + 1, sorted.length - 1);
        return sorted[low] + (rank - low) * (sorted[high] - sorted[low]);
    }
}
