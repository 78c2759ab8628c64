// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TargetFiguresTest {
    @Test
    void perfectOrderHasAllTheArea() {
        double[] scores = {0.1, 0.4, 0.6, 0.9};

        assertThat(TargetFigures.auc(scores, new boolean[] {false, false, true, true}))
                .isCloseTo(1.0, within(1e-12));
        assertThat(TargetFigures.auc(scores, new boolean[] {true, true, false, false}))
                .isCloseTo(0.0, within(1e-12));
    }

    @Test
    void equalScoresAreACoin() {
        double[] scores = {0.5, 0.5, 0.5, 0.5, 0.5};

        assertThat(TargetFigures.auc(scores, new boolean[] {true, false, true, false, false}))
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void pairsInTheRightOrderAreCounted() {
        double[] scores = {0.2, 0.3, 0.5, 0.7};

        // Positives 0.3 and 0.7 against negatives 0.2 and 0.5: three of four pairs.
        assertThat(TargetFigures.auc(scores, new boolean[] {false, true, false, true}))
                .isCloseTo(0.75, within(1e-12));
    }
}
