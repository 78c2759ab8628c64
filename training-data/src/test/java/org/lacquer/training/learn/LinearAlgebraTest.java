// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.inference.tone.Cholesky;
import org.lacquer.training.algebra.Dense;
import org.lacquer.training.algebra.Eigen;
import org.lacquer.training.algebra.Ridge;
import org.lacquer.training.faults.Draws;

import java.util.ArrayList;
import java.util.List;

class LinearAlgebraTest {
    @Test
    void choleskySolvesAKnownSystem() {
        double[][] x =
                Cholesky.solve(
                        new double[][] {{4, 2, 0}, {2, 5, 1}, {0, 1, 3}},
                        new double[][] {{8}, {15}, {11}});

        assertThat(x[0][0]).isCloseTo(1.0, within(1e-12));
        assertThat(x[1][0]).isCloseTo(2.0, within(1e-12));
        assertThat(x[2][0]).isCloseTo(3.0, within(1e-12));
    }

    @Test
    void choleskyRefusesAnIndefiniteMatrix() {
        assertThatThrownBy(
                        () ->
                                Cholesky.solve(
                                        new double[][] {{1, 2}, {2, 1}}, new double[][] {{1}, {1}}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ridgeFindsTheRuleAndAPenaltyShrinksIt() {
        Draws draws = new Draws(3);
        List<double[]> x = new ArrayList<>();
        List<double[]> y = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            double a = draws.normal(1.0, 1.0);
            double b = draws.normal(-2.0, 2.0);
            x.add(new double[] {a, b});
            y.add(new double[] {3.0 * a - 0.5 * b + 7.0});
        }
        var sums = new Ridge.Sums(x, y);
        Dense exact = sums.solve(1e-9);

        assertThat(exact.weight()[0][0]).isCloseTo(3.0f, within(1e-4f));
        assertThat(exact.weight()[0][1]).isCloseTo(-0.5f, within(1e-4f));
        assertThat(exact.bias()[0]).isCloseTo(7.0f, within(1e-3f));
        assertThat(sums.solve(500.0).weight()[0][0]).isBetween(1.0f, 2.0f);
    }

    @Test
    void strongestDirectionsAreFoundInOrder() {
        double[][] matrix = {{2, 1, 0}, {1, 2, 0}, {0, 0, 5}};
        Eigen.Pairs pairs = Eigen.strongest(matrix, 3);

        assertThat(pairs.values()[0]).isCloseTo(5.0, within(1e-9));
        assertThat(pairs.values()[1]).isCloseTo(3.0, within(1e-9));
        assertThat(pairs.values()[2]).isCloseTo(1.0, within(1e-9));
        assertThat(pairs.vectors()[1][0]).isCloseTo(Math.sqrt(0.5), within(1e-6));
    }
}
