// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.statistics;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.lacquer.audio.Require;

import java.util.OptionalInt;

/**
 * The exact binomial test against guessing between two answers: how likely is it that a coin does
 * as well?
 *
 * <p>The number of trials must be fixed before the first one: stopping when the figure looks good
 * makes every p-value wrong.
 */
public final class GuessingTest {
    private GuessingTest() {}

    /**
     * One-sided: P(X ≥ correct), X ~ Binomial(trials, 1/2).
     *
     * @param trials at least 1
     */
    public static double pValue(int correct, int trials) {
        requireCount(correct, trials);
        return BinomialDistribution.of(trials, 0.5).survivalProbability(correct - 1);
    }

    /** Two-sided: P(X is at least as far from half of the trials); 1 for no trials. */
    public static double twoSidedPValue(int first, int trials) {
        if (trials == 0) {
            return 1.0;
        }
        requireCount(first, trials);
        return Math.min(1.0, 2.0 * pValue(Math.max(first, trials - first), trials));
    }

    /**
     * Fewest correct answers whose p-value is below {@code alpha}; empty where not even all of them
     * are enough.
     */
    public static OptionalInt fewestCorrect(int trials, double alpha) {
        for (int correct = 0; correct <= trials; correct++) {
            if (pValue(correct, trials) < alpha) {
                return OptionalInt.of(correct);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * How likely a listener who is right in {@code trueShare} of all trials passes the test.
     *
     * @param trueShare 0 to 1
     */
    public static double power(int trials, double alpha, double trueShare) {
        OptionalInt needed = fewestCorrect(trials, alpha);
        return needed.isEmpty()
                ? 0.0
                : BinomialDistribution.of(trials, trueShare)
                        .survivalProbability(needed.getAsInt() - 1);
    }

    private static void requireCount(int correct, int trials) {
        Require.that(trials >= 1, "trials must be at least 1, got " + trials);
        Require.inRange("correct", correct, 0, trials, "");
    }
}
