// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

final class TargetChoiceTest {
    /** Rounded one by one these are 101 and 99; the target's figures would be off by 1 %. */
    @Test
    void sharesStillSumToOneWhenRounded() {
        assertThat(TargetChoice.hundredths(shares(0.377, 0.356, 0.267)))
                .containsExactly(Map.entry("0", 0.38), Map.entry("1", 0.35), Map.entry("2", 0.27));
        assertThat(TargetChoice.hundredths(shares(0.325, 0.303, 0.194, 0.178)))
                .containsExactly(
                        Map.entry("0", 0.33),
                        Map.entry("1", 0.30),
                        Map.entry("2", 0.19),
                        Map.entry("3", 0.18));
        assertThat(TargetChoice.hundredths(shares(1.0))).containsExactly(Map.entry("0", 1.0));
    }

    @Test
    void anySharesSumToOneAndMoveByLessThanAHundredth() {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            double[] raw = random.doubles(1 + round % 7, 0.1, 1.0).toArray();
            double total = Arrays.stream(raw).sum();
            Map<String, Double> shares = new LinkedHashMap<>();
            for (int g = 0; g < raw.length; g++) {
                shares.put(String.valueOf(g), raw[g] / total);
            }
            Map<String, Double> rounded = TargetChoice.hundredths(shares);
            assertThat(rounded.values().stream().mapToDouble(Double::doubleValue).sum())
                    .isCloseTo(1.0, within(1e-12));
            shares.forEach(
                    (name, share) -> assertThat(rounded.get(name)).isCloseTo(share, within(0.01)));
        }
    }

    private static Map<String, Double> shares(double... values) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int g = 0; g < values.length; g++) {
            shares.put(String.valueOf(g), values[g]);
        }
        return shares;
    }
}
