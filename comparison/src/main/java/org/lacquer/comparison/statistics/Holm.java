// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Corrects p-values for having asked several questions: S. Holm, "A simple sequentially rejective
 * multiple test procedure", Scandinavian Journal of Statistics 6 (1979). Keeps the chance of even
 * one false finding below the level, whatever the questions have to do with each other.
 */
public final class Holm {
    private Holm() {}

    /**
     * Corrected p-values, in the order given. A NaN is no question: it stays NaN and is not
     * counted.
     */
    public static double[] adjust(double... pValues) {
        double[] adjusted = new double[pValues.length];
        Arrays.fill(adjusted, Double.NaN);
        int[] order =
                IntStream.range(0, pValues.length)
                        .filter(i -> !Double.isNaN(pValues[i]))
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> pValues[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double largest = 0.0;
        for (int rank = 0; rank < order.length; rank++) {
            double factor = order.length - rank;
            largest = Math.max(largest, Math.min(1.0, factor * pValues[order[rank]]));
            adjusted[order[rank]] = largest;
        }
        return adjusted;
    }
}
