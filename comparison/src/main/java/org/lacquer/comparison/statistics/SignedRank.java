// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.statistics;

import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

import java.util.Arrays;

/**
 * F. Wilcoxon's signed-rank test of paired differences, two-sided: "Individual comparisons by
 * ranking methods", Biometrics Bulletin 1 (1945).
 *
 * <p>Differences of zero are dropped, as Wilcoxon did. Up to {@value #EXACT_UP_TO} differences
 * without ties the p-value is exact; else it is that of the normal distribution with corrections
 * for ties and continuity.
 *
 * @param pairs differences that are not zero
 * @param positiveRanks sum of the ranks of the positive ones
 * @param effect matched-pairs rank-biserial correlation, from −1 (all negative) to 1 (all
 *     positive); NaN without pairs
 * @param exact whether the p-value is exact
 * @param pValue 1 without pairs
 */
public record SignedRank(
        int pairs, double positiveRanks, double effect, boolean exact, double pValue) {
    private static final int EXACT_UP_TO = 50;

    public static SignedRank of(double... differences) {
        double[] used = Arrays.stream(differences).filter(value -> value != 0.0).toArray();
        int pairs = used.length;
        if (pairs == 0) {
            return new SignedRank(0, 0.0, Double.NaN, true, 1.0);
        }
        boolean exact = pairs <= EXACT_UP_TO && !ties(used);
        var result =
                WilcoxonSignedRankTest.withDefaults()
                        .with(exact ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC)
                        .test(used);
        double all = pairs * (pairs + 1.0) / 2.0;
        return new SignedRank(
                pairs,
                result.getStatistic(),
                2.0 * result.getStatistic() / all - 1.0,
                exact,
                result.getPValue());
    }

    private static boolean ties(double[] differences) {
        return Arrays.stream(differences).map(Math::abs).distinct().count() < differences.length;
    }
}
