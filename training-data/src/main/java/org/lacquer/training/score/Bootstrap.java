// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Percentile bootstrap of a mean that draws whole albums, because the tracks of an album resemble
 * each other. B. Efron, "Bootstrap methods: another look at the jackknife" (1979).
 */
public final class Bootstrap {
    /** A 95 % interval. */
    public record Interval(double low, double high) {}

    private static final int DRAWS = 4_000;

    private Bootstrap() {}

    /** Interval of the mean of {@code values}; {@code albums} names the album of each. */
    public static Interval ofMean(double[] values, List<String> albums, long seed) {
        Map<String, List<Double>> clusters = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            clusters.computeIfAbsent(albums.get(i), key -> new ArrayList<>()).add(values[i]);
        }
        List<List<Double>> all = List.copyOf(clusters.values());
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[DRAWS];
        for (int d = 0; d < DRAWS; d++) {
            double sum = 0.0;
            int count = 0;
            for (int c = 0; c < all.size(); c++) {
                for (double value : all.get(random.nextInt(all.size()))) {
                    sum += value;
                    count++;
                }
            }
            means[d] = sum / count;
        }
        Arrays.sort(means);
        return new Interval(means[(int) (0.025 * DRAWS)], means[(int) (0.975 * DRAWS)]);
    }
}
