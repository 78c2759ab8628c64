// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.comparison.statistics.Interval;
import org.lacquer.comparison.statistics.Proportion;
import org.lacquer.comparison.statistics.SignedRank;
import org.lacquer.comparison.statistics.Spread;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statistics for scripts and for people. */
final class StatisticsText {
    /** p-values in JSON have six decimals at most. */
    private static final double P_STEPS = 1_000_000.0;

    private StatisticsText() {}

    static double p(double value) {
        return Math.rint(value * P_STEPS) / P_STEPS;
    }

    /** Lower and upper end; null where nothing is known, or the end is open. */
    static List<Double> json(Interval interval) {
        return Arrays.asList(Figure.rounded(interval.lower()), Figure.rounded(interval.upper()));
    }

    static Map<String, Object> json(Spread spread) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("count", spread.count());
        object.put("mean", Figure.rounded(spread.mean()));
        object.put("meanInterval", json(spread.meanInterval()));
        object.put("deviation", Figure.rounded(spread.deviation()));
        object.put("median", Figure.rounded(spread.median()));
        object.put(
                "quartiles",
                Arrays.asList(
                        Figure.rounded(spread.lowerQuartile()),
                        Figure.rounded(spread.upperQuartile())));
        return object;
    }

    static Map<String, Object> json(Proportion share) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("count", share.count());
        object.put("total", share.total());
        object.put("share", Figure.rounded(share.share()));
        object.put("interval", json(share.interval()));
        return object;
    }

    static Map<String, Object> json(SignedRank test) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("pairs", test.pairs());
        object.put("positiveRanks", Figure.rounded(test.positiveRanks()));
        object.put("effect", Figure.rounded(test.effect()));
        object.put("exact", test.exact());
        object.put("p", p(test.pValue()));
        return object;
    }

    static String text(Interval interval, int digits) {
        return Double.isNaN(interval.lower())
                ? "n/a"
                : Figure.text(interval.lower(), digits)
                        + " to "
                        + Figure.text(interval.upper(), digits);
    }

    static String percent(double share) {
        return Double.isNaN(share) ? "n/a" : Figure.text(100.0 * share, 0) + " %";
    }

    static String percent(Interval interval) {
        return Double.isNaN(interval.lower())
                ? "n/a"
                : percent(interval.lower()) + " to " + percent(interval.upper());
    }

    static String pText(double p) {
        return p < 0.0001 ? "<0.0001" : Figure.text(p, 4);
    }
}
