// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.audio.Require;

import java.util.Map;

/**
 * What the master shall measure like.
 *
 * @param name for people: a genre, a blend of genres, or the references' file names
 * @param label how far it may be trusted: solid, provisional, anecdotal, reference
 * @param provenance where the figures come from
 * @param weights share of each genre or reference, summing to 1
 * @param mean the target features, the first of the feature set, at -20 LUFS
 * @param sd their spread between tracks
 * @param styleDb third octaves beyond what its content explains, drawn toward none
 * @param effectiveTracks what the target is worth in independent tracks
 * @param trust share of what the target changes in the model's answer that is followed, 0 to 1
 * @param loudnessLufs usual loudness of such a release
 * @param plrDb usual peak-to-loudness ratio
 */
public record Target(
        String name,
        String label,
        String provenance,
        Map<String, Double> weights,
        double[] mean,
        double[] sd,
        double[] styleDb,
        double effectiveTracks,
        double trust,
        double loudnessLufs,
        double plrDb) {
    public Target {
        weights = Map.copyOf(weights);
        mean = mean.clone();
        sd = sd.clone();
        styleDb = styleDb.clone();
        Require.that(mean.length == sd.length, "mean and sd must have equal lengths");
    }

    @Override
    public double[] mean() {
        return mean.clone();
    }

    @Override
    public double[] sd() {
        return sd.clone();
    }

    @Override
    public double[] styleDb() {
        return styleDb.clone();
    }
}
