// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PairedDifferenceTest {
    @Test
    void holmMultipliesBySmallestFirstAndNeverFalls() {
        assertThat(Holm.adjust(0.01, 0.04, 0.03, 0.005))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
        assertThat(Holm.adjust(0.6, Double.NaN, 0.5))
                .containsExactly(new double[] {1.0, Double.NaN, 1.0}, within(1e-12));
        assertThat(Holm.adjust()).isEmpty();
    }

    @Test
    void pairsThatLackAFigureAreLeftOut() {
        PairedDifference difference =
                PairedDifference.of(
                        new double[] {3, 4, Double.NaN, 8},
                        new double[] {1, 1, 1, 4},
                        Bootstrap.SEED);
        assertThat(difference.spread().count()).isEqualTo(3);
        assertThat(difference.spread().mean()).isEqualTo(3.0);
        assertThat(difference.test().effect()).isEqualTo(1.0);
        assertThat(difference.meanInterval().holds(3.0)).isTrue();
    }

    @Test
    void equalColumnsDoNotDiffer() {
        double[] column = {1, 2, 3, 4};
        PairedDifference difference = PairedDifference.of(column, column, Bootstrap.SEED);
        assertThat(difference.test().pValue()).isEqualTo(1.0);
        assertThat(difference.meanInterval()).isEqualTo(new Interval(0.0, 0.0));
    }

    @Test
    void swappingColumnsSwapsTheSign() {
        double[] first = {1.0, 2.5, 3.1, 4.7, 5.2};
        double[] second = {0.4, 2.9, 2.2, 3.1, 4.0};
        PairedDifference one = PairedDifference.of(first, second, Bootstrap.SEED);
        PairedDifference other = PairedDifference.of(second, first, Bootstrap.SEED);
        assertThat(other.spread().mean()).isCloseTo(-one.spread().mean(), within(1e-12));
        assertThat(other.test().pValue()).isEqualTo(one.test().pValue());
        assertThat(other.test().effect()).isCloseTo(-one.test().effect(), within(1e-12));
    }

    @Test
    void nothingAndOneSayNothing() {
        assertThat(Spread.of().mean()).isNaN();
        assertThat(Spread.of(3.0).meanInterval()).isEqualTo(Interval.UNKNOWN);
        assertThat(Bootstrap.ofMedian(new double[] {3.0}, 1L)).isEqualTo(Interval.UNKNOWN);
        assertThat(SignedRank.of(0.0, 0.0).pValue()).isEqualTo(1.0);
        assertThat(Proportion.of(0, 0).share()).isNaN();
    }
}
