// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.tone;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.Decibels;

/** ITU-R BS.1770-5 K-weighting at third-octave centres, to follow loudness in the spectrum. */
public final class KWeights {
    /** Annex 1, tables 1 and 2, at 48 kHz. */
    private static final BiquadCoefficients SHELF =
            new BiquadCoefficients(
                    1.53512485958697,
                    -2.69169618940638,
                    1.19839281085285,
                    -1.69065929318241,
                    0.73248077421585);

    private static final BiquadCoefficients HIGH_PASS =
            new BiquadCoefficients(1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621);

    private static final double[] POWERS = powers();

    private KWeights() {}

    /** Loudness of a third-octave spectrum, dB, up to a constant. */
    public static double loudnessDb(double[] ltasDb) {
        double sum = 0.0;
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            sum += POWERS[b] * Decibels.toPower(ltasDb[b]);
        }
        return Decibels.fromPower(sum);
    }

    /** Share of each band in the loudness; adds up to 1. */
    static double[] shares(double[] ltasDb) {
        double[] shares = new double[FeatureSet.BANDS];
        double sum = 0.0;
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            shares[b] = POWERS[b] * Decibels.toPower(ltasDb[b]);
            sum += shares[b];
        }
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            shares[b] /= sum;
        }
        return shares;
    }

    private static double[] powers() {
        double[] powers = new double[FeatureSet.BANDS];
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            double hz = StrictMath.pow(10.0, (14 + b) / 10.0);
            powers[b] = SHELF.powerAt(hz, 48_000.0) * HIGH_PASS.powerAt(hz, 48_000.0);
        }
        return powers;
    }
}
