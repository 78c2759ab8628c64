// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.List;

/**
 * Channels into bands by fourth-order Linkwitz-Riley crossovers (S. Linkwitz, "Active crossover
 * networks for noncoincident drivers", JAES 24, 1976). Bands below a split pass through the
 * all-pass that the split amounts to, so that the sum of all bands is flat.
 *
 * <p>Channels run in pairs, since recursions of two channels overlap in the processor; an odd last
 * channel is paired with silence.
 */
final class BandSplitter {
    /** Crossovers above this share of the sample rate do not fit. */
    private static final double HIGHEST_SHARE = 0.45;

    /** splits[pair][k]. */
    private final Crossover[][] splits;

    /** allPasses[pair][k][b]: what split k does to band b below it. */
    private final AllPass[][][] allPasses;

    private final double[] silence = new double[BandChain.CHUNK];

    BandSplitter(List<Double> crossoversHz, StreamFormat format) {
        int rate = format.sampleRateHz();
        int pairs = (format.channels() + 1) / 2;
        int count = crossoversHz.size();
        this.splits = new Crossover[pairs][count];
        this.allPasses = new AllPass[pairs][count][];
        for (int p = 0; p < pairs; p++) {
            for (int k = 0; k < count; k++) {
                splits[p][k] = new Crossover(crossoversHz.get(k), rate);
                allPasses[p][k] = new AllPass[k];
                for (int b = 0; b < k; b++) {
                    allPasses[p][k][b] = AllPass.ofCrossover(crossoversHz.get(k), rate);
                }
            }
        }
    }

    /**
     * What every stage with bands demands of its settings: one to five bands, and between them
     * rising crossovers of 20 to 16,000 Hz.
     */
    static void requireBands(List<Double> crossoversHz, List<?> bands) {
        Require.inRange("bands", bands.size(), 1, 5, "bands");
        Require.that(
                crossoversHz.size() == bands.size() - 1,
                "crossoversHz must have one entry fewer than bands, got "
                        + crossoversHz.size()
                        + " for "
                        + bands.size());
        double last = 20.0;
        for (double crossover : crossoversHz) {
            Require.inRange("crossoversHz", crossover, last, 16_000.0, "Hz and rise");
            last = crossover;
        }
    }

    /** The crossovers that fit below half the sample rate; the rest goes with the band above it. */
    static List<Double> fitting(List<Double> crossoversHz, int sampleRateHz) {
        return crossoversHz.stream()
                .filter(crossover -> crossover < HIGHEST_SHARE * sampleRateHz)
                .toList();
    }

    /**
     * Takes {@code count} frames from the last of {@code bands[band][channel]} and leaves every
     * band in its place.
     */
    void split(double[][][] bands, int count) {
        double[][] rest = bands[bands.length - 1];
        for (int p = 0; p < splits.length; p++) {
            int left = 2 * p;
            boolean both = left + 1 < rest.length;
            for (int k = 0; k < splits[p].length; k++) {
                splits[p][k].split(
                        rest[left],
                        both ? rest[left + 1] : silence,
                        bands[k][left],
                        both ? bands[k][left + 1] : silence,
                        count);
                for (int b = 0; b < k; b++) {
                    allPasses[p][k][b].process(
                            bands[b][left], both ? bands[b][left + 1] : silence, count);
                }
            }
        }
    }

    /** Makes tiny states zero; to be called on a fixed grid of frames. */
    void flush() {
        for (int p = 0; p < splits.length; p++) {
            for (int k = 0; k < splits[p].length; k++) {
                splits[p][k].flush();
                for (AllPass allPass : allPasses[p][k]) {
                    allPass.flush();
                }
            }
        }
    }

    void reset() {
        for (int p = 0; p < splits.length; p++) {
            for (int k = 0; k < splits[p].length; k++) {
                splits[p][k].reset();
                for (AllPass allPass : allPasses[p][k]) {
                    allPass.reset();
                }
            }
        }
    }
}
