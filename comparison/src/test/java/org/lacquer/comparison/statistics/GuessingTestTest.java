// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the table of ABX tests that circulates in print: exact binomial, one-sided. */
final class GuessingTestTest {
    @ParameterizedTest
    @CsvSource({
        "5, 5, 0.0313, 0, 0, 0.17, 0.33",
        "8, 7, 0.0352, 8, 0, 0.26, 0.50",
        "10, 9, 0.0107, 10, 10, 0.15, 0.38",
        "12, 10, 0.0193, 11, 12, 0.25, 0.56",
        "13, 10, 0.0461, 12, 13, 0.42, 0.75",
        "16, 12, 0.0384, 14, 15, 0.45, 0.80",
        "18, 13, 0.0481, 15, 16, 0.53, 0.87",
        "20, 15, 0.0207, 16, 18, 0.42, 0.80",
        "24, 17, 0.0320, 19, 20, 0.56, 0.91",
        "25, 18, 0.0216, 19, 21, 0.51, 0.89",
        "30, 20, 0.0494, 22, 24, 0.73, 0.97",
        "40, 26, 0.0403, 28, 31, 0.81, 0.99",
        "50, 32, 0.0325, 34, 37, 0.86, 1.00",
        "100, 59, 0.0443, 63, 66, 0.99, 1.00"
    })
    void fewestCorrectAndPowerAreThoseOfTheTable(
            int trials,
            int five,
            double pOfFive,
            int one,
            int tenth,
            double powerAt70,
            double powerAt80) {
        assertThat(GuessingTest.fewestCorrect(trials, 0.05)).hasValue(five);
        assertThat(GuessingTest.pValue(five, trials)).isCloseTo(pOfFive, within(5e-5));
        assertThat(GuessingTest.fewestCorrect(trials, 0.01).orElse(0)).isEqualTo(one);
        assertThat(GuessingTest.fewestCorrect(trials, 0.001).orElse(0)).isEqualTo(tenth);
        assertThat(GuessingTest.power(trials, 0.05, 0.7)).isCloseTo(powerAt70, within(0.0051));
        assertThat(GuessingTest.power(trials, 0.05, 0.8)).isCloseTo(powerAt80, within(0.0051));
    }

    @ParameterizedTest
    @CsvSource({
        "8, 0.598",
        "9, 0.402",
        "10, 0.227",
        "11, 0.105",
        "12, 0.0384",
        "13, 0.0106",
        "14, 0.0021",
        "15, 0.00026"
    })
    void sixteenTrials(int correct, double p) {
        assertThat(GuessingTest.pValue(correct, 16)).isCloseTo(p, within(0.005 * p));
    }

    @Test
    void allOfFiveIsOneInThirtyTwo() {
        assertThat(GuessingTest.pValue(5, 5)).isEqualTo(1.0 / 32.0);
        assertThat(GuessingTest.pValue(0, 5)).isEqualTo(1.0);
        assertThat(GuessingTest.twoSidedPValue(5, 5)).isEqualTo(1.0 / 16.0);
        assertThat(GuessingTest.twoSidedPValue(0, 5)).isEqualTo(1.0 / 16.0);
        assertThat(GuessingTest.twoSidedPValue(2, 4)).isEqualTo(1.0);
        assertThat(GuessingTest.twoSidedPValue(0, 0)).isEqualTo(1.0);
    }

    @Test
    void impossibleCountsAreRefused() {
        assertThatThrownBy(() -> GuessingTest.pValue(6, 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GuessingTest.pValue(0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
