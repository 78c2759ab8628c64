// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

import java.util.Arrays;

/**
 * Numbers in short.
 *
 * <p>Quartiles interpolate between order statistics (type 7 of R. J. Hyndman and Y. Fan, "Sample
 * quantiles in statistical packages", The American Statistician 50, 1996). The interval of the mean
 * is Student's: mean ± t(n − 1) · s / √n.
 *
 * @param mean NaN when there are no numbers, like all that follow
 * @param meanInterval unknown below two numbers
 */
public record Spread(
        int count,
        double mean,
        Interval meanInterval,
        double deviation,
        double median,
        double lowerQuartile,
        double upperQuartile,
        double least,
        double most) {

    public static Spread of(double... values) {
        int n = values.length;
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double mean = Arrays.stream(sorted).sum() / n;
        double squares = Arrays.stream(sorted).map(x -> (x - mean) * (x - mean)).sum();
        double deviation = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1));
        return new Spread(
                n,
                mean,
                n < 2 ? Interval.UNKNOWN : student(mean, deviation, n),
                deviation,
                quantile(sorted, 0.5),
                quantile(sorted, 0.25),
                quantile(sorted, 0.75),
                quantile(sorted, 0.0),
                quantile(sorted, 1.0));
    }

    private static Interval student(double mean, double deviation, int n) {
        double reach =
                TDistribution.of(n - 1.0).inverseCumulativeProbability(Interval.UPPER_TAIL)
                        * deviation
                        / Math.sqrt(n);
        return new Interval(mean - reach, mean + reach);
    }

    /** Of sorted numbers; NaN when there are none. */
    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
