// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Intervals by drawing the sample again from itself: B. Efron and R. J. Tibshirani, "An
 * Introduction to the Bootstrap", 1993, bias-corrected and accelerated (equations 14.9 to 14.15),
 * {@value #DRAWS} draws. The generator is seeded: the same numbers give the same interval.
 */
public final class Bootstrap {
    /** Seed where the caller has no reason for another. */
    public static final long SEED = 20_261_122L;

    private static final int DRAWS = 10_000;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0.0, 1.0);

    private Bootstrap() {}

    /** Of the mean; for paired data, of the mean difference. */
    public static Interval ofMean(double[] values, long seed) {
        return of(values, drawn -> Arrays.stream(drawn).sum() / drawn.length, seed);
    }

    /** Of the median; for paired data, of the median difference. */
    public static Interval ofMedian(double[] values, long seed) {
        return of(
                values,
                drawn -> {
                    double[] sorted = drawn.clone();
                    Arrays.sort(sorted);
                    return Spread.quantile(sorted, 0.5);
                },
                seed);
    }

    /** Unknown below two values; a point when all are equal. */
    static Interval of(double[] values, ToDoubleFunction<double[]> statistic, long seed) {
        int n = values.length;
        if (n < 2) {
            return Interval.UNKNOWN;
        }
        double[] draws = draws(values, statistic, seed);
        double estimate = statistic.applyAsDouble(values);
        if (draws[0] == draws[DRAWS - 1]) {
            return new Interval(draws[0], draws[0]);
        }
        double z0 = bias(draws, estimate);
        double acceleration = acceleration(values, statistic);
        return new Interval(
                Spread.quantile(draws, share(z0, acceleration, Interval.LOWER_TAIL)),
                Spread.quantile(draws, share(z0, acceleration, Interval.UPPER_TAIL)));
    }

    private static double[] draws(
            double[] values, ToDoubleFunction<double[]> statistic, long seed) {
        var random = new SplittableRandom(seed);
        double[] draws = new double[DRAWS];
        double[] drawn = new double[values.length];
        for (int d = 0; d < DRAWS; d++) {
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = values[random.nextInt(values.length)];
            }
            draws[d] = statistic.applyAsDouble(drawn);
        }
        Arrays.sort(draws);
        return draws;
    }

    /** Equation 14.14; draws that equal the estimate count half, and neither tail may be empty. */
    private static double bias(double[] draws, double estimate) {
        double below = 0.0;
        for (double draw : draws) {
            below += draw < estimate ? 1.0 : draw == estimate ? 0.5 : 0.0;
        }
        double share = Math.min(Math.max(below, 0.5), DRAWS - 0.5) / DRAWS;
        return NORMAL.inverseCumulativeProbability(share);
    }

    /** Equation 14.15, by leaving out one value at a time. */
    private static double acceleration(double[] values, ToDoubleFunction<double[]> statistic) {
        int n = values.length;
        double[] without = new double[n];
        double[] rest = new double[n - 1];
        for (int i = 0; i < n; i++) {
            System.arraycopy(values, 0, rest, 0, i);
            System.arraycopy(values, i + 1, rest, i, n - 1 - i);
            without[i] = statistic.applyAsDouble(rest);
        }
        double mean = Arrays.stream(without).sum() / n;
        double squares = 0.0;
        double cubes = 0.0;
        for (double value : without) {
            double off = mean - value;
            squares += off * off;
            cubes += off * off * off;
        }
        return squares == 0.0 ? 0.0 : cubes / (6.0 * squares * Math.sqrt(squares));
    }

    /** Equation 14.10. */
    private static double share(double z0, double acceleration, double tail) {
        double z = z0 + NORMAL.inverseCumulativeProbability(tail);
        return NORMAL.cumulativeProbability(z0 + z / (1.0 - acceleration * z));
    }
}
