// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.statistics;

import org.lacquer.audio.Require;

import java.util.Arrays;

/**
 * Strengths from paired preferences: P(i is preferred to j) = s(i) / (s(i) + s(j)). R. A. Bradley
 * and M. E. Terry, "Rank analysis of incomplete block designs", Biometrika 39 (1952); solved by the
 * iteration of D. R. Hunter, "MM algorithms for generalized Bradley–Terry models", Annals of
 * Statistics 32 (2004), equation 3.
 *
 * <p>Everyone also wins and loses half a comparison against an imaginary candidate of average
 * strength. That keeps strengths finite for one who won or lost everything, and pulls few
 * comparisons towards equality.
 */
public final class BradleyTerry {
    private static final double PRIOR = 0.5;
    private static final int ITERATIONS = 10_000;
    private static final double SETTLED = 1e-12;

    private BradleyTerry() {}

    /**
     * Shares of a candidate in a choice among all, adding up to 1.
     *
     * @param wins {@code wins[i][j]}: how often i was preferred to j; no preference counts half for
     *     both
     */
    public static double[] shares(double[][] wins) {
        int n = wins.length;
        Require.that(n >= 1, "wins must hold at least one candidate");
        double[] strength = new double[n];
        Arrays.fill(strength, 1.0);
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[] next = step(wins, strength);
            double moved = 0.0;
            for (int i = 0; i < n; i++) {
                moved = Math.max(moved, Math.abs(next[i] - strength[i]) / strength[i]);
            }
            strength = next;
            if (moved < SETTLED) {
                break;
            }
        }
        double sum = Arrays.stream(strength).sum();
        return Arrays.stream(strength).map(value -> value / sum).toArray();
    }

    /** The imaginary candidate's strength is held at 1. */
    private static double[] step(double[][] wins, double[] strength) {
        int n = wins.length;
        double[] next = new double[n];
        for (int i = 0; i < n; i++) {
            double won = PRIOR;
            double weight = 2.0 * PRIOR / (strength[i] + 1.0);
            for (int j = 0; j < n; j++) {
                if (j != i) {
                    won += wins[i][j];
                    weight += (wins[i][j] + wins[j][i]) / (strength[i] + strength[j]);
                }
            }
            next[i] = won / weight;
        }
        return next;
    }
}
