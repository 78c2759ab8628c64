// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.lacquer.audio.Require;

/**
 * A share that was counted, with its exact interval: C. J. Clopper and E. S. Pearson, "The use of
 * confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26 (1934), by
 * the quantiles of the beta distribution.
 *
 * @param share NaN when nothing was counted
 */
public record Proportion(int count, int total, double share, Interval interval) {

    /**
     * @param count 0 to {@code total}
     */
    public static Proportion of(int count, int total) {
        Require.that(total >= 0, "total must be 0 or more, got " + total);
        Require.inRange("count", count, 0, total, "");
        if (total == 0) {
            return new Proportion(0, 0, Double.NaN, Interval.UNKNOWN);
        }
        double lower =
                count == 0
                        ? 0.0
                        : BetaDistribution.of(count, total - count + 1.0)
                                .inverseCumulativeProbability(Interval.LOWER_TAIL);
        double upper =
                count == total
                        ? 1.0
                        : BetaDistribution.of(count + 1.0, total - count)
                                .inverseCumulativeProbability(Interval.UPPER_TAIL);
        return new Proportion(count, total, (double) count / total, new Interval(lower, upper));
    }
}
