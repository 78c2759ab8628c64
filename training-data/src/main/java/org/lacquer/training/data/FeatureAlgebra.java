// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.audio.Decibels;
import org.lacquer.inference.tone.KWeights;
import org.lacquer.training.faults.ToneFault;

/**
 * What an EQ and a side gain do to a feature vector, computed from third-octave mid and side powers
 * instead of rendered: spectrum, side level and correlation move, dynamics and content stay.
 *
 * <p>With M, S the mid and side powers of a group and C = ⟨ms⟩: L² = M + S + 2C, R² = M + S − 2C,
 * LR = M − S, so the correlation is (M − S) / √((M + S)² − 4C²). C is read back from the measured
 * correlation and scaled with the gains.
 */
public final class FeatureAlgebra {
    private static final double FLOOR_DB = -40.0;

    private FeatureAlgebra() {}

    /** Features of a row after a tone fault, at unchanged loudness. */
    public static double[] apply(BaseRow row, ToneFault fault) {
        double[] features = new double[row.features().length];
        for (int i = 0; i < features.length; i++) {
            features[i] = row.features()[i];
        }
        double[] ltas = new double[Layout.BANDS];
        double[] midBefore = new double[Layout.BANDS];
        double[] sideBefore = new double[Layout.BANDS];
        double[] mid = new double[Layout.BANDS];
        double[] side = new double[Layout.BANDS];
        double[] eqDb = fault.eqDb();
        double[] widthDb = fault.sideDb();
        for (int b = 0; b < Layout.BANDS; b++) {
            midBefore[b] = Decibels.toPower(row.midDb()[b]);
            sideBefore[b] = Decibels.toPower(row.sideDb()[b]);
            mid[b] = midBefore[b] * Decibels.toPower(eqDb[b]);
            side[b] = sideBefore[b] * Decibels.toPower(eqDb[b] + widthDb[b]);
            double change =
                    Decibels.fromPower(
                            (mid[b] + side[b] + 1e-30) / (midBefore[b] + sideBefore[b] + 1e-30));
            ltas[b] = row.features()[Layout.LTAS + b] + change;
        }
        double before = KWeights.loudnessDb(ltasOf(features));
        double shiftDb = before - KWeights.loudnessDb(ltas);
        for (int b = 0; b < Layout.BANDS; b++) {
            features[Layout.LTAS + b] = ltas[b] + shiftDb;
        }
        for (int g = 0; g < 6; g++) {
            moveGroup(features, g, midBefore, sideBefore, mid, side);
        }
        return features;
    }

    /** Adds a curve to the spectrum part of target means, at unchanged loudness. */
    public static double[] applyToMeans(double[] means, double[] eqDb) {
        double[] out = means.clone();
        for (int b = 0; b < Layout.BANDS; b++) {
            out[Layout.LTAS + b] += eqDb[b];
        }
        double shiftDb = KWeights.loudnessDb(ltasOf(means)) - KWeights.loudnessDb(ltasOf(out));
        for (int b = 0; b < Layout.BANDS; b++) {
            out[Layout.LTAS + b] += shiftDb;
        }
        return out;
    }

    /** The spectrum part of a feature vector. */
    public static double[] ltasOf(double[] features) {
        double[] ltas = new double[Layout.BANDS];
        System.arraycopy(features, Layout.LTAS, ltas, 0, Layout.BANDS);
        return ltas;
    }

    private static void moveGroup(
            double[] features,
            int group,
            double[] midBefore,
            double[] sideBefore,
            double[] mid,
            double[] side) {
        int from = Layout.GROUP_STARTS[group];
        int to = Layout.GROUP_STARTS[group + 1];
        double m0 = sum(midBefore, from, to) + 1e-30;
        double s0 = sum(sideBefore, from, to) + 1e-30;
        double m1 = sum(mid, from, to) + 1e-30;
        double s1 = sum(side, from, to) + 1e-30;
        double measured = features[Layout.SIDE_MID + group];
        double changeDb = Decibels.fromPower(s1 / m1 * (m0 / s0));
        features[Layout.SIDE_MID + group] =
                measured <= FLOOR_DB ? FLOOR_DB : Math.max(FLOOR_DB, measured + changeDb);

        double correlation = features[Layout.CORRELATION + group];
        double product = Math.abs(correlation) < 0.02 ? m0 + s0 : (m0 - s0) / correlation;
        double cross = Math.max(0.0, (m0 + s0) * (m0 + s0) - product * product) / (m0 * s0);
        double denominator = (m1 + s1) * (m1 + s1) - Math.min(cross, 3.99) * m1 * s1;
        features[Layout.CORRELATION + group] =
                Math.min(1.0, Math.max(-1.0, (m1 - s1) / StrictMath.sqrt(denominator)));
    }

    private static double sum(double[] values, int from, int to) {
        double sum = 0.0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum;
    }
}
