// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

import org.lacquer.comparison.statistics.GuessingTest;
import org.lacquer.comparison.statistics.Proportion;

/**
 * Two versions of which one was to be preferred.
 *
 * @param firstPreferred how often the first was preferred, of the decided answers
 * @param undecided answers without a preference; they are not part of the test
 * @param pValue exact binomial test against equal preference, two-sided
 * @param correctedP corrected for the number of pairs
 */
public record PreferencePair(
        String first,
        String second,
        Proportion firstPreferred,
        int undecided,
        double pValue,
        double correctedP) {

    /**
     * @param counts first preferred, second preferred, neither
     */
    static PreferencePair of(ListeningSummary.Pair pair, int[] counts) {
        double p = GuessingTest.twoSidedPValue(counts[0], counts[0] + counts[1]);
        return new PreferencePair(
                pair.first(),
                pair.second(),
                Proportion.of(counts[0], counts[0] + counts[1]),
                counts[2],
                p,
                p);
    }

    PreferencePair withCorrectedP(double value) {
        return new PreferencePair(first, second, firstPreferred, undecided, pValue, value);
    }
}
