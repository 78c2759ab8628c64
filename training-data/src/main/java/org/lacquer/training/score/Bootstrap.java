// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.score;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Percentile bootstrap that draws whole albums, because the tracks of an album resemble each other.
 * B. Efron, "Bootstrap methods: another look at the jackknife" (1979).
 */
public final class Bootstrap {
    private static final int DRAWS = 4_000;

    private Bootstrap() {}

    /** Mean of {@code values}; {@code albums} names the album of each. */
    public static Estimate ofMean(double[] values, List<String> albums, long seed) {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1.0);
        return ofRatio(values, ones, albums, seed);
    }

    /** Sum of {@code tops} over the sum of {@code bottoms}. */
    public static Estimate ofRatio(
            double[] tops, double[] bottoms, List<String> albums, long seed) {
        TreeMap<String, double[]> clusters = new TreeMap<>();
        for (int i = 0; i < tops.length; i++) {
            double[] sums = clusters.computeIfAbsent(albums.get(i), key -> new double[2]);
            sums[0] += tops[i];
            sums[1] += bottoms[i];
        }
        List<double[]> all = List.copyOf(clusters.values());
        SplittableRandom random = new SplittableRandom(seed);
        double[] ratios = new double[DRAWS];
        for (int d = 0; d < DRAWS; d++) {
            double[] drawn = new double[2];
            for (int c = 0; c < all.size(); c++) {
                add(drawn, all.get(random.nextInt(all.size())));
            }
            ratios[d] = drawn[0] / drawn[1];
        }
        Arrays.sort(ratios);
        double[] whole = new double[2];
        all.forEach(sums -> add(whole, sums));
        return new Estimate(
                whole[0] / whole[1], ratios[(int) (0.025 * DRAWS)], ratios[(int) (0.975 * DRAWS)]);
    }

    private static void add(double[] to, double[] sums) {
        to[0] += sums[0];
        to[1] += sums[1];
    }
}
