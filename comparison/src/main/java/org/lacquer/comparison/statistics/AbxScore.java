// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What an ABX test says: were the two told apart?
 *
 * <p>Sensitivity d′ is that of an unbiased listener who knows both stimuli (the two are the same
 * throughout) and takes independent observations: P(correct) = Φ(d′/√2) Φ(d′/2) + Φ(−d′/√2)
 * Φ(−d′/2) (N. A. Macmillan and C. D. Creelman, "Detection Theory: A User's Guide", 2nd edition,
 * 2005, chapter 9). Its interval is that of the share, carried over. Nothing is told from less than
 * half correct, so d′ is 0 there. With all correct, the share is taken as 1 − 1/(2 n) for d′, and
 * the interval is open upwards (infinite).
 *
 * @param correct share of right answers
 * @param pValue one-sided, exact
 */
public record AbxScore(Proportion correct, double pValue, double dPrime, Interval dPrimeInterval) {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0.0, 1.0);
    private static final double LARGEST = 10.0;
    private static final int HALVINGS = 60;

    /**
     * @param trials at least 1
     */
    public static AbxScore of(int correct, int trials) {
        double p = GuessingTest.pValue(correct, trials);
        Proportion share = Proportion.of(correct, trials);
        double used = Math.min(share.share(), 1.0 - 0.5 / trials);
        return new AbxScore(
                share,
                p,
                dPrime(used),
                new Interval(
                        dPrime(share.interval().lower()),
                        correct == trials
                                ? Double.POSITIVE_INFINITY
                                : dPrime(share.interval().upper())));
    }

    /** The share of right answers that a sensitivity gives. */
    static double shareOf(double dPrime) {
        double apart = NORMAL.cumulativeProbability(dPrime / Math.sqrt(2.0));
        double near = NORMAL.cumulativeProbability(dPrime / 2.0);
        return apart * near + (1.0 - apart) * (1.0 - near);
    }

    private static double dPrime(double share) {
        if (share <= 0.5) {
            return 0.0;
        }
        double low = 0.0;
        double high = LARGEST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (low + high);
            if (shareOf(middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }
}
