// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.training.faults.Draws;

import java.util.ArrayList;
import java.util.List;

class BootstrapTest {
    @Test
    void intervalHoldsTheMeanAndAlbumsWidenIt() {
        Draws draws = new Draws(5);
        double[] values = new double[400];
        List<String> albums = new ArrayList<>();
        List<String> singles = new ArrayList<>();
        double sum = 0.0;
        for (int album = 0; album < 20; album++) {
            double level = draws.normal(0.0, 1.0);
            for (int i = 0; i < 20; i++) {
                int at = 20 * album + i;
                values[at] = level + draws.normal(0.0, 0.2);
                sum += values[at];
                albums.add("album" + album);
                singles.add("track" + at);
            }
        }
        Estimate clustered = Bootstrap.ofMean(values, albums, 1);
        Estimate naive = Bootstrap.ofMean(values, singles, 1);
        double mean = sum / values.length;

        assertThat(clustered.value()).isCloseTo(mean, within(1e-12));
        assertThat(mean).isBetween(clustered.low(), clustered.high());
        assertThat(clustered.high() - clustered.low())
                .isGreaterThan(2.0 * (naive.high() - naive.low()));
    }

    @Test
    void sameSeedGivesTheSameInterval() {
        double[] values = {1, 2, 3, 4};
        List<String> albums = List.of("a", "a", "b", "c");

        assertThat(Bootstrap.ofMean(values, albums, 7))
                .isEqualTo(Bootstrap.ofMean(values, albums, 7));
    }

    /** Of albums that all have the same ratio, whatever their size, every draw has it. */
    @Test
    void ratioIsThatOfTheSums() {
        double[] tops = {1, 2, 30, 5};
        double[] bottoms = {2, 4, 60, 10};
        List<String> albums = List.of("a", "a", "b", "c");

        Estimate same = Bootstrap.ofRatio(tops, bottoms, albums, 7);
        tops[2] = 0;
        Estimate mixed = Bootstrap.ofRatio(tops, bottoms, albums, 7);

        assertThat(same).isEqualTo(new Estimate(0.5, 0.5, 0.5));
        assertThat(mixed.value()).isCloseTo(8.0 / 76.0, within(1e-12));
        assertThat(mixed.low()).isZero();
        assertThat(mixed.high()).isEqualTo(0.5);
        assertThat(mixed.percent().words("%.0f")).isEqualTo("11 [0, 50]");
    }
}
