// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.score;

import static org.assertj.core.api.Assertions.assertThat;

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
        Bootstrap.Interval clustered = Bootstrap.ofMean(values, albums, 1);
        Bootstrap.Interval naive = Bootstrap.ofMean(values, singles, 1);
        double mean = sum / values.length;

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
}
