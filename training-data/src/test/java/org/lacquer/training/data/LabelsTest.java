// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.inference.tone.EqSolver;

import java.util.Arrays;

class LabelsTest {
    private final double[] features = plausible();

    @Test
    void nothingToDoGivesNeutralSettings() {
        double[] labels = Labels.solve(features, features);

        for (int k = 0; k < Labels.SLOPES; k++) {
            assertThat(labels[k]).as(Labels.NAMES.get(k)).isCloseTo(0.0, within(1e-9));
        }
        for (int k = Labels.SLOPES; k < Labels.SIDES; k++) {
            assertThat(labels[k]).as(Labels.NAMES.get(k)).isCloseTo(1.0, within(1e-9));
        }
        assertThat(labels[Labels.PLR]).isEqualTo(features[Layout.PLR]);
    }

    @Test
    void gainsThatTheBandsCanDrawAreFoundAgain() {
        double[] gains = {3.0, -2.0, 1.0, 0.0, -3.0, 2.0, 4.0, -2.0};
        double[] from = FeatureAlgebra.ltasOf(features);
        double[] weights = new double[Layout.BANDS];
        Arrays.fill(weights, 1.0);

        double[] found = EqSolver.solve(from, EqSolver.apply(from, gains), weights, 1e-6);

        double[] miss = new double[Layout.BANDS];
        double[] wanted = EqSolver.apply(from, gains);
        double[] got = EqSolver.apply(from, found);
        Arrays.setAll(miss, b -> Math.abs(got[b] - wanted[b]));
        assertThat(Arrays.stream(miss).max().orElseThrow()).isLessThan(0.05);
    }

    @Test
    void livelierQuantilesAskForCompression() {
        double[] lively = features.clone();
        for (int q = 4; q < 8; q++) {
            lively[Layout.LEVELS + q] *= 1.6;
        }
        double[] labels = Labels.solve(lively, features);

        assertThat(labels[Labels.SLOPES]).isLessThan(0.85);
        assertThat(labels[Labels.SLOPES + 1]).isCloseTo(1.0, within(1e-9));
    }

    @Test
    void narrowedSideAsksForTheMissingGain() {
        double[] narrow = features.clone();
        for (int g = 0; g < 6; g++) {
            narrow[Layout.SIDE_MID + g] -= 3.0;
        }
        double[] labels = Labels.solve(narrow, features);

        for (int band = 0; band < 3; band++) {
            assertThat(labels[Labels.SIDES + band]).isCloseTo(3.0, within(1e-9));
        }
    }

    @Test
    void audibilityFallsWithLevel() {
        double[] ltas = new double[Layout.BANDS];
        ltas[5] = -45.0;
        ltas[6] = -80.0;
        double[] weights = EqSolver.audibility(ltas);

        assertThat(weights[0]).isEqualTo(1.0);
        assertThat(weights[5]).isCloseTo(0.5, within(1e-12));
        assertThat(weights[6]).isEqualTo(0.02);
    }

    private static double[] plausible() {
        double[] features = new double[Layout.WIDTH];
        for (int b = 0; b < Layout.BANDS; b++) {
            features[b] = -35.0 - 0.6 * Math.abs(b - 8);
        }
        Arrays.fill(features, Layout.SIDE_MID, Layout.CORRELATION, -10.0);
        double[] quantiles = {-12, -9, -5, -1, 2, 4, 5, 7};
        for (int band = 0; band < 3; band++) {
            System.arraycopy(quantiles, 0, features, Layout.LEVELS + 8 * band, 8);
        }
        features[Layout.PLR] = 12.0;
        return features;
    }
}
