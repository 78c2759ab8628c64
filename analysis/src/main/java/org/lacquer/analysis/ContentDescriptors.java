// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;

import java.util.Arrays;

/**
 * The 235 descriptors of content. All are computed from e(b, t): the level of band b in gated frame
 * t, mid and side together, in dB above the band's own gated mean power, limited from below to -60.
 * An equaliser or a gain moves level and mean alike and leaves e unchanged, but for slopes within a
 * band and for frames at the gate.
 */
final class ContentDescriptors {
    private static final double FLOOR_DB = -60.0;

    /** Onsets rise this much more than ... */
    private static final double ONSET_DB = 1.0;

    /** ... this many medians; the flux of steady noise stays below. */
    private static final double ONSET_MEDIANS = 2.0;

    /** -60 dB. */
    private static final double AUDIBLE = 1e-6;

    private static final int ONSET_NEIGHBOURS = 2;

    private final GatedFrames frames;
    private final int count;

    /** e(b, t) */
    private final float[][] levels = new float[ThirdOctaves.COUNT][];

    ContentDescriptors(GatedFrames frames) {
        this.frames = frames;
        this.count = frames.count();
        for (int b = 0; b < levels.length; b++) {
            levels[b] = levels(b);
        }
    }

    /** Writes all descriptors to their places in the vector. */
    void write(double[] vector) {
        int[] previous = before(1);
        for (int b = 0; b < levels.length; b++) {
            writePercentiles(vector, b);
            writeChanges(vector, b, previous);
        }
        for (int b = 0; b + 1 < levels.length; b++) {
            vector[FeatureSet.CONTENT_NEIGHBOUR + b] = correlation(levels[b], levels[b + 1]);
        }
        for (int b = 0; b + 4 < levels.length; b++) {
            vector[FeatureSet.CONTENT_FOURTH + b] = correlation(levels[b], levels[b + 4]);
        }
        int place = FeatureSet.CONTENT_LAG;
        for (int lag : FeatureSet.LAGS) {
            int[] earlier = before(lag);
            for (int octave = 0; octave < levels.length / 3; octave++) {
                double sum = 0.0;
                for (int b = 3 * octave; b < 3 * octave + 3; b++) {
                    sum += lagCorrelation(levels[b], earlier);
                }
                vector[place++] = sum / 3.0;
            }
        }
    }

    /**
     * Onsets a second of gated time. Flux is the mean rise since the frame before over the bands
     * whose mean power is at most 60 dB below the strongest band's; an onset is a frame whose flux
     * is the largest among two neighbours on either side, and at least 1 dB more than twice the
     * median flux.
     */
    double transientsPerSecond(double hopSeconds) {
        int[] previous = before(1);
        boolean[] audible = audible();
        int bands = 0;
        for (boolean heard : audible) {
            bands += heard ? 1 : 0;
        }
        float[] flux = new float[count];
        for (int t = 0; t < count; t++) {
            double sum = 0.0;
            for (int b = 0; previous[t] >= 0 && b < levels.length; b++) {
                sum += audible[b] ? Math.max(0f, levels[b][t] - levels[b][previous[t]]) : 0.0;
            }
            flux[t] = (float) (sum / bands);
        }
        float[] sorted = flux.clone();
        Arrays.sort(sorted);
        double least = ONSET_DB + ONSET_MEDIANS * Percentiles.of(sorted, count, 50.0);
        int onsets = 0;
        for (int t = 0; t < count; t++) {
            if (flux[t] >= least && largestAround(flux, t)) {
                onsets++;
            }
        }
        return onsets / (count * hopSeconds);
    }

    /** Bands at most 60 dB below the strongest; the strongest is always among them. */
    private boolean[] audible() {
        double strongest = 0.0;
        for (int b = 0; b < levels.length; b++) {
            strongest = Math.max(strongest, bandPower(b));
        }
        boolean[] audible = new boolean[levels.length];
        for (int b = 0; b < levels.length; b++) {
            audible[b] = bandPower(b) >= AUDIBLE * strongest;
        }
        return audible;
    }

    private double bandPower(int band) {
        return frames.mean(FrameColumns.MID + band) + frames.mean(FrameColumns.SIDE + band);
    }

    private static boolean largestAround(float[] flux, int t) {
        int from = Math.max(0, t - ONSET_NEIGHBOURS);
        int to = Math.min(flux.length - 1, t + ONSET_NEIGHBOURS);
        for (int i = from; i <= to; i++) {
            // Of equal neighbours the first counts.
            if (flux[i] > flux[t] || (i < t && flux[i] == flux[t])) {
                return false;
            }
        }
        return true;
    }

    private float[] levels(int band) {
        float[] list = new float[count];
        double mean = bandPower(band);
        if (mean == 0.0) {
            return list;
        }
        for (int t = 0; t < count; t++) {
            double power =
                    (double) frames.get(t, FrameColumns.MID + band)
                            + frames.get(t, FrameColumns.SIDE + band);
            list[t] = (float) Math.max(FLOOR_DB, Decibels.fromPower(power / mean));
        }
        return list;
    }

    private int[] before(int lag) {
        int[] list = new int[count];
        for (int t = 0; t < count; t++) {
            list[t] = frames.before(t, lag);
        }
        return list;
    }

    private void writePercentiles(double[] vector, int band) {
        float[] sorted = levels[band].clone();
        Arrays.sort(sorted);
        int place = FeatureSet.CONTENT_PERCENTILES + band;
        for (double percent : new double[] {10.0, 50.0, 90.0}) {
            vector[place] = Percentiles.of(sorted, count, percent);
            place += ThirdOctaves.COUNT;
        }
    }

    private void writeChanges(double[] vector, int band, int[] previous) {
        float[] changes = new float[count];
        int pairs = 0;
        double sum = 0.0;
        for (int t = 0; t < count; t++) {
            if (previous[t] >= 0) {
                float change = levels[band][t] - levels[band][previous[t]];
                changes[pairs++] = change;
                sum += Math.abs(change);
            }
        }
        Arrays.sort(changes, 0, pairs);
        vector[FeatureSet.CONTENT_MEAN_CHANGE + band] = pairs == 0 ? 0.0 : sum / pairs;
        vector[FeatureSet.CONTENT_P95_CHANGE + band] =
                pairs == 0 ? 0.0 : Percentiles.of(changes, pairs, 95.0);
    }

    private double correlation(float[] a, float[] b) {
        double sumA = 0.0;
        double sumB = 0.0;
        double squareA = 0.0;
        double squareB = 0.0;
        double product = 0.0;
        for (int t = 0; t < count; t++) {
            sumA += a[t];
            sumB += b[t];
            squareA += (double) a[t] * a[t];
            squareB += (double) b[t] * b[t];
            product += (double) a[t] * b[t];
        }
        return pearson(count, sumA, sumB, squareA, squareB, product);
    }

    private double lagCorrelation(float[] a, int[] earlier) {
        int pairs = 0;
        double sumA = 0.0;
        double sumB = 0.0;
        double squareA = 0.0;
        double squareB = 0.0;
        double product = 0.0;
        for (int t = 0; t < count; t++) {
            if (earlier[t] >= 0) {
                double x = a[t];
                double y = a[earlier[t]];
                pairs++;
                sumA += x;
                sumB += y;
                squareA += x * x;
                squareB += y * y;
                product += x * y;
            }
        }
        return pearson(pairs, sumA, sumB, squareA, squareB, product);
    }

    /** 0 where one side does not vary. */
    private static double pearson(
            int n, double sumA, double sumB, double squareA, double squareB, double product) {
        if (n < 2) {
            return 0.0;
        }
        double varianceA = squareA - sumA * sumA / n;
        double varianceB = squareB - sumB * sumB / n;
        // A thousandth of a dB² a frame: below this there is only rounding.
        if (varianceA <= 1e-3 * n || varianceB <= 1e-3 * n) {
            return 0.0;
        }
        return (product - sumA * sumB / n) / Math.sqrt(varianceA * varianceB);
    }
}
