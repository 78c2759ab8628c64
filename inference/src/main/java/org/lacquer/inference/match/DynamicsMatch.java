// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.match;

import org.lacquer.analysis.CompressorBands;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.audio.Decibels;
import org.lacquer.engine.CompressorBand;
import org.lacquer.engine.MultibandCompressorSettings;

import java.util.ArrayList;
import java.util.List;

/**
 * Thresholds and ratios that give a mix the level distribution of its references, band by band.
 *
 * <p>The quantiles of a band's detector level (of the engine's own ballistics) pass through the
 * compressor's static curve, and the band keeps its mean power. A grid of thresholds and slopes
 * finds what comes closest; a slope above 1 expands. What the real compressor does beyond the
 * static curve is learned from a rendering and added to what is wanted of the next fit.
 */
final class DynamicsMatch {
    static final int BANDS = 3;

    /** Share of time that each level quantile (5, 10, 25, 50, 75, 90, 95, 99 %) stands for. */
    private static final double[] TIME = {.075, .10, .20, .25, .20, .10, .045, .03};

    /** What is far below the median is heard less. */
    private static final double[] WEIGHTS = {.3, .5, .8, 1.0, 1.0, 1.0, 1.0, .8};

    private static final double KNEE_DB = 6.0;
    private static final double RANGE_DB = 9.0;
    private static final double LEAST_SLOPE = 0.4;
    private static final double MOST_SLOPE = 2.0;
    private static final double SLOPE_STEP = 0.05;
    private static final double LOWEST_THRESHOLD_DB = -15.0;
    private static final double HIGHEST_THRESHOLD_DB = 9.0;
    private static final double THRESHOLD_STEP_DB = 1.5;

    /** In dB² for a slope of 0 or 2: a useless ratio is not chosen for a hundredth of a dB. */
    private static final double RESTRAINT = 0.05;

    /** Differences below this, root mean square, are left alone. */
    private static final double CLOSE_DB = 0.1;

    private final double[][] asked = new double[BANDS][FeatureSet.QUANTILES];
    private final Curve[] curves = {Curve.NONE, Curve.NONE, Curve.NONE};
    private final double[][] mixLevelsDb;

    /**
     * @param thresholdDb above the band's mean power
     * @param slope output dB per input dB above it
     */
    private record Curve(double thresholdDb, double slope) {
        static final Curve NONE = new Curve(0.0, 1.0);

        double changeDb(double levelDb) {
            CompressorBand band =
                    new CompressorBand(0.0, 1.0 / slope, KNEE_DB, 12.0, 140.0, 0.0)
                            .withRangeDb(RANGE_DB);
            return band.gainDb(levelDb - thresholdDb);
        }
    }

    DynamicsMatch(Sound mix, Sound wanted) {
        this.mixLevelsDb = mix.levelsDb;
        for (int b = 0; b < BANDS; b++) {
            asked[b] = wanted.levelsDb[b].clone();
            fit(b);
        }
    }

    /** Asks for more where less was heard than the static curves promised. */
    void correct(Sound heard, Sound wanted) {
        for (int b = 0; b < BANDS; b++) {
            if (distance(heard.levelsDb[b], wanted.levelsDb[b]) < CLOSE_DB * CLOSE_DB) {
                continue;
            }
            double[] promised = after(mixLevelsDb[b], curves[b]);
            for (int q = 0; q < FeatureSet.QUANTILES; q++) {
                asked[b][q] = wanted.levelsDb[b][q] + promised[q] - heard.levelsDb[b][q];
            }
            fit(b);
        }
    }

    private void fit(int band) {
        Curve best = Curve.NONE;
        double least = distance(mixLevelsDb[band], asked[band]);
        if (least < CLOSE_DB * CLOSE_DB) {
            curves[band] = best;
            return;
        }
        int slopes = (int) Math.rint((MOST_SLOPE - LEAST_SLOPE) / SLOPE_STEP);
        int thresholds =
                (int) Math.rint((HIGHEST_THRESHOLD_DB - LOWEST_THRESHOLD_DB) / THRESHOLD_STEP_DB);
        for (int t = 0; t <= thresholds; t++) {
            for (int s = 0; s <= slopes; s++) {
                double slope = LEAST_SLOPE + s * SLOPE_STEP;
                Curve curve = new Curve(LOWEST_THRESHOLD_DB + t * THRESHOLD_STEP_DB, slope);
                double sum =
                        distance(after(mixLevelsDb[band], curve), asked[band])
                                + RESTRAINT * (slope - 1.0) * (slope - 1.0);
                if (sum < least) {
                    least = sum;
                    best = curve;
                }
            }
        }
        curves[band] = best;
    }

    /** Mean square difference, weighted. */
    private static double distance(double[] one, double[] other) {
        double sum = 0.0;
        double weights = 0.0;
        for (int q = 0; q < one.length; q++) {
            sum += WEIGHTS[q] * (one[q] - other[q]) * (one[q] - other[q]);
            weights += WEIGHTS[q];
        }
        return sum / weights;
    }

    /** Quantiles behind a curve, above the mean power behind it. */
    private static double[] after(double[] levelsDb, Curve curve) {
        double lossDb = lossDb(levelsDb, curve);
        double[] out = new double[levelsDb.length];
        for (int q = 0; q < out.length; q++) {
            out[q] = levelsDb[q] + curve.changeDb(levelsDb[q]) + lossDb;
        }
        return out;
    }

    /** Mean power before over mean power behind a curve: the make-up gain. */
    private static double lossDb(double[] levelsDb, Curve curve) {
        double before = 0.0;
        double behind = 0.0;
        for (int q = 0; q < TIME.length; q++) {
            before += TIME[q] * Decibels.toPower(levelsDb[q]);
            behind += TIME[q] * Decibels.toPower(levelsDb[q] + curve.changeDb(levelsDb[q]));
        }
        return Decibels.fromPower(before / behind);
    }

    /**
     * @param powersDb mean power of each band in front of the compressor, full scale
     * @param amount 0 to 1, share of the move
     */
    MultibandCompressorSettings settings(double[] powersDb, double amount) {
        List<CompressorBand> bands = new ArrayList<>();
        for (int b = 0; b < BANDS; b++) {
            double slope = 1.0 + amount * (curves[b].slope() - 1.0);
            Curve curve = new Curve(curves[b].thresholdDb(), slope);
            double thresholdDb = rounded(powersDb[b] + curve.thresholdDb(), 10.0);
            double makeupDb = slope == 1.0 ? 0.0 : lossDb(mixLevelsDb[b], curve);
            bands.add(
                    new CompressorBand(
                                    Math.max(-80.0, Math.min(0.0, thresholdDb)),
                                    rounded(1.0 / slope, 100.0),
                                    KNEE_DB,
                                    CompressorBands.ATTACKS_MS.get(b),
                                    CompressorBands.RELEASES_MS.get(b),
                                    rounded(Math.max(-12.0, Math.min(12.0, makeupDb)), 10.0))
                            .withRangeDb(RANGE_DB));
        }
        return new MultibandCompressorSettings(CompressorBands.CROSSOVERS_HZ, bands);
    }

    private static double rounded(double value, double steps) {
        return Math.rint(value * steps) / steps;
    }
}
