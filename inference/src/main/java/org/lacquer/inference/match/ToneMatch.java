// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.match;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.engine.ChannelPlacement;
import org.lacquer.engine.EqPhase;
import org.lacquer.engine.MatchingEqSettings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The curve that gives a mix the third octaves of its references: the difference of both spectra,
 * for mid and side of their own, held back where the mix has nothing that could be turned up.
 *
 * <p>The stage smooths its curve, so the points are found by repeating: what the smoothed curve
 * lacks at a band is added to the point (Van Cittert, 1931).
 */
final class ToneMatch {
    /** Nominal centres are the exact ones within 1 %. */
    private static final List<Double> CENTRES_HZ = centres();

    private static final double LIMIT_DB = 24.0;
    private static final double SMOOTHING_OCTAVES = 0.2;
    private static final double FURTHEST_POINT_DB = 24.0;
    private static final int ROUNDS = 8;
    private static final int RATE_HZ = 96_000;

    /** A band so far below the strongest is turned up in full from here, not at all 20 dB lower. */
    private static final double LIFTED_ABOVE_DB = -75.0;

    /** The same for side against mid of the mix. */
    private static final double WIDENED_ABOVE_DB = -40.0;

    private static final double FADE_DB = 20.0;

    private final boolean stereo;

    /** Wanted gains of mid, or of both channels. */
    private final double[] gainsDb = new double[FeatureSet.BANDS];

    private final double[] sideGainsDb = new double[FeatureSet.BANDS];

    /** Share of a gain above 0 dB that a band may have. */
    private final double[] lift = new double[FeatureSet.BANDS];

    private final double[] sideLift = new double[FeatureSet.BANDS];

    ToneMatch(Sound mix, boolean stereo) {
        this.stereo = stereo;
        double strongest = Arrays.stream(mix.bothDb).max().orElseThrow();
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            lift[b] = fade(mix.bothDb[b] - strongest - LIFTED_ABOVE_DB);
            sideLift[b] = lift[b] * fade(mix.sideDb[b] - mix.midDb[b] - WIDENED_ABOVE_DB);
        }
    }

    /** 1 from 0 on, 0 from -20 down. */
    private static double fade(double db) {
        return Math.max(0.0, Math.min(1.0, 1.0 + db / FADE_DB));
    }

    /** Moves the gains by what still lies between what is heard and what is wanted. */
    void correct(Sound heard, Sound wanted) {
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            if (stereo) {
                gainsDb[b] = held(gainsDb[b], wanted.midDb[b] - heard.midDb[b], lift[b]);
                sideGainsDb[b] =
                        held(sideGainsDb[b], wanted.sideDb[b] - heard.sideDb[b], sideLift[b]);
            } else {
                gainsDb[b] = held(gainsDb[b], wanted.bothDb[b] - heard.bothDb[b], lift[b]);
            }
        }
    }

    private static double held(double before, double change, double lift) {
        double after = before + (change > 0.0 ? lift * change : change);
        return Math.max(-LIMIT_DB, Math.min(LIMIT_DB, after));
    }

    /**
     * @param tone 0 to 1, share of the curve that mid and side have in common
     * @param width 0 to 1, share of the difference between them
     */
    MatchingEqSettings settings(double tone, double width) {
        double[] mid = new double[FeatureSet.BANDS];
        double[] side = new double[FeatureSet.BANDS];
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            mid[b] = tone * gainsDb[b];
            side[b] = mid[b] + width * (sideGainsDb[b] - gainsDb[b]);
        }
        return curve(points(mid), stereo ? points(side) : List.of());
    }

    private static MatchingEqSettings curve(List<Double> gains, List<Double> sideGains) {
        return new MatchingEqSettings(
                CENTRES_HZ,
                gains,
                sideGains,
                FURTHEST_POINT_DB,
                SMOOTHING_OCTAVES,
                EqPhase.MINIMUM);
    }

    /** Points whose smoothed curve has the wanted gain at each band, to 0.01 dB. */
    private static List<Double> points(double[] wantedDb) {
        double[] points = wantedDb.clone();
        for (int round = 0; round < ROUNDS; round++) {
            MatchingEqSettings smoothed = curve(rounded(points), List.of());
            for (int b = 0; b < points.length; b++) {
                double have = smoothed.responseDb(CENTRES_HZ.get(b), RATE_HZ, ChannelPlacement.MID);
                points[b] += wantedDb[b] - have;
                points[b] = Math.max(-FURTHEST_POINT_DB, Math.min(FURTHEST_POINT_DB, points[b]));
            }
        }
        return rounded(points);
    }

    private static List<Double> rounded(double[] db) {
        List<Double> out = new ArrayList<>();
        for (double value : db) {
            out.add(Math.rint(value * 100.0) / 100.0);
        }
        return out;
    }

    private static List<Double> centres() {
        List<Double> centres = new ArrayList<>();
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            double hz = StrictMath.pow(10.0, (14 + b) / 10.0);
            centres.add(Math.rint(hz * 10.0) / 10.0);
        }
        return List.copyOf(centres);
    }
}
