// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.statistics;

import org.lacquer.audio.Require;

import java.util.Arrays;

/**
 * Two columns of paired figures: how far the first is above the second.
 *
 * @param spread of the differences
 * @param meanInterval of the mean difference, by {@link Bootstrap}
 * @param test of the differences
 */
public record PairedDifference(Spread spread, Interval meanInterval, SignedRank test) {

    /** Columns of equal length; pairs in which one is NaN are left out. */
    public static PairedDifference of(double[] first, double[] second, long seed) {
        Require.that(first.length == second.length, "columns must have equal lengths");
        double[] differences = new double[first.length];
        int count = 0;
        for (int i = 0; i < first.length; i++) {
            double difference = first[i] - second[i];
            if (!Double.isNaN(difference)) {
                differences[count++] = difference;
            }
        }
        double[] used = Arrays.copyOf(differences, count);
        return new PairedDifference(
                Spread.of(used), Bootstrap.ofMean(used, seed), SignedRank.of(used));
    }
}
