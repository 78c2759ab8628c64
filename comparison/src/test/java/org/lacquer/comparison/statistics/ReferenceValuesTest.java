// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against SciPy 1.17.1; the function that gave a figure stands beside it. */
final class ReferenceValuesTest {
    private static final Offset<Double> EXACT = within(1e-9);

    /** scipy.stats.binomtest(k, n).proportion_ci(0.95, "exact") */
    @ParameterizedTest
    @CsvSource({
        "12, 16, 0.4762291801038724, 0.9273379617471178",
        "9, 10, 0.5549838829718047, 0.9974714214555375",
        "0, 5, 0.0, 0.5218237501049814",
        "20, 20, 0.8315665290169145, 1.0",
        "59, 100, 0.48714420376673095, 0.6873800234324292"
    })
    void shareAndInterval(int count, int total, double lower, double upper) {
        Interval interval = Proportion.of(count, total).interval();
        assertThat(interval.lower()).isCloseTo(lower, EXACT);
        assertThat(interval.upper()).isCloseTo(upper, EXACT);
    }

    /** The formula solved by scipy.optimize.brentq. */
    @Test
    void sensitivity() {
        AbxScore twelve = AbxScore.of(12, 16);
        assertThat(twelve.dPrime()).isCloseTo(1.7904342888943519, EXACT);
        assertThat(twelve.pValue()).isCloseTo(0.0384063720703125, EXACT);
        assertThat(twelve.dPrimeInterval().lower()).isZero();
        assertThat(twelve.dPrimeInterval().upper()).isCloseTo(3.1046984294289452, EXACT);
        assertThat(AbxScore.of(9, 10).dPrime()).isCloseTo(2.807294337985299, EXACT);
        AbxScore all = AbxScore.of(20, 20);
        assertThat(all.dPrime()).isCloseTo(3.999452397745725, EXACT);
        assertThat(all.dPrimeInterval().upper()).isInfinite();
        assertThat(AbxScore.of(3, 10).dPrime()).isZero();
    }

    /**
     * The depression scores of M. Hollander and D. A. Wolfe, "Nonparametric Statistical Methods",
     * 1973, page 29; scipy.stats.wilcoxon.
     */
    @Test
    void signedRanksWithoutTiesAreExact() {
        SignedRank test = SignedRank.of(0.952, -0.147, 1.022, 0.43, 0.62, 0.59, 0.49, -0.08, 0.01);
        assertThat(test.exact()).isTrue();
        assertThat(test.positiveRanks()).isEqualTo(40.0);
        assertThat(test.pValue()).isEqualTo(0.0390625);
        assertThat(test.effect()).isCloseTo((40.0 - 5.0) / 45.0, EXACT);
    }

    /** scipy.stats.wilcoxon(zero_method="wilcox", correction=True, method="approx") */
    @Test
    void signedRanksWithTiesAndZeros() {
        SignedRank test = SignedRank.of(3, -1, 2, 2, 5, -2, 4, 1, 0, 6);
        assertThat(test.exact()).isFalse();
        assertThat(test.pairs()).isEqualTo(9);
        assertThat(test.positiveRanks()).isEqualTo(39.5);
        assertThat(test.pValue()).isCloseTo(0.04960185169639386, EXACT);
    }

    /** numpy.percentile, scipy.stats.t.interval(0.95, 6, mean, sem) */
    @Test
    void spread() {
        Spread spread = Spread.of(12, 15, 9, 22, 17, 8, 14);
        assertThat(spread.mean()).isCloseTo(13.857142857142858, EXACT);
        assertThat(spread.deviation()).isCloseTo(4.810702354423639, EXACT);
        assertThat(spread.meanInterval().lower()).isCloseTo(9.407985238230548, EXACT);
        assertThat(spread.meanInterval().upper()).isCloseTo(18.306300476055167, EXACT);
        assertThat(spread.lowerQuartile()).isEqualTo(10.5);
        assertThat(spread.median()).isEqualTo(14.0);
        assertThat(spread.upperQuartile()).isEqualTo(16.0);
    }

    /**
     * The spatial test data of Efron and Tibshirani, table 14.1, and a skewed sample;
     * scipy.stats.bootstrap(method="BCa", n_resamples=200000), whose ends move by 0.05 (0.01) with
     * its seed.
     */
    @Test
    void bootstrapIsBiasCorrectedAndAccelerated() {
        double[] spatial = {
            48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24,
            26, 30, 41
        };
        Interval interval = Bootstrap.ofMean(spatial, Bootstrap.SEED);
        assertThat(interval.lower()).isCloseTo(24.115, within(0.25));
        assertThat(interval.upper()).isCloseTo(34.26, within(0.25));
        double[] skewed = {.1, .2, .3, .2, .5, .4, .9, 3., 8., .3};
        Interval wide = Bootstrap.ofMean(skewed, Bootstrap.SEED);
        // The percentile interval would end at 3.1.
        assertThat(wide.lower()).isCloseTo(0.43, within(0.02));
        assertThat(wide.upper()).isCloseTo(4.15, within(0.15));
        assertThat(Bootstrap.ofMean(skewed, Bootstrap.SEED)).isEqualTo(wide);
        assertThat(Bootstrap.ofMean(skewed, 7L)).isNotEqualTo(wide);
    }

    /** The penalised likelihood maximised by scipy.optimize.minimize(method="BFGS"). */
    @Test
    void bradleyTerry() {
        double[] shares = BradleyTerry.shares(new double[][] {{0, 7, 9}, {3, 0, 6}, {1, 4, 0}});
        assertThat(shares)
                .containsExactly(new double[] {0.64797264, 0.22681191, 0.12521545}, within(1e-6));
        assertThat(BradleyTerry.shares(new double[][] {{0, 5}, {5, 0}}))
                .containsExactly(new double[] {0.5, 0.5}, within(1e-9));
        assertThat(BradleyTerry.shares(new double[][] {{0, 5}, {0, 0}})[0]).isBetween(0.8, 0.99);
    }
}
