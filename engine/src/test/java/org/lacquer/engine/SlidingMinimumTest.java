// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;

class SlidingMinimumTest {
    private static final int LENGTH = 4_000;

    @Test
    void isTheMinimumOfTheWindowHoweverTheValuesArrive() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            double rest = random.nextBoolean() ? 1.0 : -1.0;
            int window = 1 + random.nextInt(300);
            double[] values = valuesWithRests(random, rest);
            double[] expected = minima(values, window);

            double[] heard = values.clone();
            SlidingMinimum minimum = new SlidingMinimum(window, rest);
            for (int start = 0; start < LENGTH; ) {
                int count = Math.min(LENGTH - start, 1 + random.nextInt(200));
                double[] chunk = new double[count];
                System.arraycopy(values, start, chunk, 0, count);
                boolean resting = minimum.process(chunk, count, allAre(rest, chunk));
                assertThat(!resting || allAre(rest, chunk)).isTrue();
                System.arraycopy(chunk, 0, heard, start, count);
                start += count;
            }
            assertThat(heard).as("seed %d", seed).containsExactly(expected);
        }
    }

    /** Bursts of values above or below the rest, with long rests between. */
    private static double[] valuesWithRests(Random random, double rest) {
        double[] values = new double[LENGTH];
        double loud = 0.0;
        for (int i = 0; i < LENGTH; i++) {
            if (random.nextInt(400) == 0) {
                loud = random.nextBoolean() ? 0.0 : random.nextDouble();
            }
            values[i] = loud == 0.0 ? rest : rest * (1.0 - loud * random.nextDouble());
        }
        return values;
    }

    private static double[] minima(double[] values, int window) {
        double[] minima = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            minima[i] = 1.0;
            for (int k = Math.max(0, i - window + 1); k <= i; k++) {
                minima[i] = Math.min(minima[i], values[k]);
            }
        }
        return minima;
    }

    private static boolean allAre(double rest, double[] values) {
        for (double value : values) {
            if (value != rest) {
                return false;
            }
        }
        return true;
    }
}
