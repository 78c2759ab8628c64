// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.match;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Features;
import org.lacquer.audio.Require;

import java.util.List;

/**
 * What following a reference compares, all at -20 LUFS: third octaves of mid and side, the level
 * distribution of the compressor bands, and the peak-to-loudness ratio. Of several references it is
 * the mean of each figure.
 */
public final class Sound {
    /** Third octaves of mid. */
    final double[] midDb = new double[FeatureSet.BANDS];

    /** Third octaves of side. */
    final double[] sideDb = new double[FeatureSet.BANDS];

    /** Third octaves of both together. */
    final double[] bothDb = new double[FeatureSet.BANDS];

    /** Level quantiles of the compressor bands, dB above the band's mean power. */
    final double[][] levelsDb = new double[DynamicsMatch.BANDS][FeatureSet.QUANTILES];

    private double plrDb;

    /**
     * @throws IllegalArgumentException without tracks, or when one is too short to have features
     */
    public Sound(List<Features> tracks) {
        Require.that(!tracks.isEmpty(), "at least one track is needed");
        for (Features track : tracks) {
            Require.that(track.vector().defined(), "a track must be at least 3 s of sound");
            add(track, 1.0 / tracks.size());
        }
    }

    private void add(Features track, double share) {
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            midDb[b] += share * track.midPowerDb().get(b);
            sideDb[b] += share * track.sidePowerDb().get(b);
            bothDb[b] += share * track.vector().at(FeatureSet.LTAS + b);
        }
        for (int k = 0; k < levelsDb.length; k++) {
            for (int q = 0; q < FeatureSet.QUANTILES; q++) {
                int at = FeatureSet.LEVEL_QUANTILES + k * FeatureSet.QUANTILES + q;
                levelsDb[k][q] += share * track.vector().at(at);
            }
        }
        plrDb += share * track.vector().at(FeatureSet.PLR);
    }

    /** Peak-to-loudness ratio. */
    public double plrDb() {
        return plrDb;
    }
}
