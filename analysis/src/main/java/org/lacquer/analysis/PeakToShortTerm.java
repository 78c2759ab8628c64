// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.Arrays;

/**
 * Peak to short-term loudness ratio (PSR): highest peak within 3 s less their short-term loudness,
 * every 100 ms. Windows more than 10 LU below the integrated loudness do not count: a fade-out has
 * no punch to measure.
 */
final class PeakToShortTerm {
    private static final double QUIETEST_LU = -10.0;
    private static final int WINDOW_TENTHS = Tech3342.WINDOW_HOPS / 10;

    private PeakToShortTerm() {}

    static Series ratios(Loudness loudness, TruePeakMeter peaks) {
        Series shortTerm = loudness.shortTermLufs();
        double[] ratios = new double[shortTerm.size()];
        for (int i = 0; i < ratios.length; i++) {
            double quietest = loudness.integratedLufs() + QUIETEST_LU;
            ratios[i] =
                    shortTerm.at(i) >= quietest
                            ? TruePeakMeter.decibels(windowPeak(peaks, i)) - shortTerm.at(i)
                            : Double.NaN;
        }
        return new Series(shortTerm.startSeconds(), shortTerm.stepSeconds(), ratios);
    }

    /** Value at a percentile of the defined ratios, nearest rank; NaN when there is none. */
    static double percentile(Series ratios, double percent) {
        double[] sorted =
                Arrays.stream(ratios.values()).filter(Double::isFinite).sorted().toArray();
        return sorted.length == 0
                ? Double.NaN
                : sorted[(int) Math.round((sorted.length - 1) * percent / 100.0)];
    }

    private static float windowPeak(TruePeakMeter peaks, int first) {
        float largest = 0f;
        for (int i = first; i < first + WINDOW_TENTHS; i++) {
            largest = Math.max(largest, peaks.tenthPeak(i));
        }
        return largest;
    }
}
