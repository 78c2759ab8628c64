// SPDX-License-Identifier: Apache-2.0
package org.lacquer.models;

import java.util.List;

/**
 * What finished masters of a genre measure: the mean and the spread between tracks of every target
 * feature, already shrunk toward the mean of all music by what the data can carry.
 *
 * @param name as the user writes it
 * @param aliases other names for it
 * @param label how far the figures may be trusted
 * @param tracks measured tracks behind the figures, 0 when they rest on publications alone
 * @param albums packages or albums that those tracks come from
 * @param effectiveTracks what the tracks are worth as independent ones; the model is told 1 / this
 * @param provenance where the figures come from, in one sentence
 * @param featureNames names of the features, in the order of {@code mean} and {@code sd}
 * @param mean one figure per feature, in the feature's own unit
 * @param sd spread between tracks, same units
 * @param styleDb third octaves beyond what the genre's content explains, see {@link SpectrumPrior},
 *     drawn toward none by what the data can carry
 * @param loudnessLufs usual integrated loudness of a release
 * @param loudnessSdLu its spread between tracks
 * @param plrDb usual peak-to-loudness ratio
 * @param plrSdDb its spread between tracks
 * @param loudnessRangeLu usual loudness range of a whole track
 */
public record GenreTarget(
        String name,
        List<String> aliases,
        Label label,
        int tracks,
        int albums,
        double effectiveTracks,
        String provenance,
        List<String> featureNames,
        double[] mean,
        double[] sd,
        double[] styleDb,
        double loudnessLufs,
        double loudnessSdLu,
        double plrDb,
        double plrSdDb,
        double loudnessRangeLu) {

    /** How far a target may be trusted. */
    public enum Label {
        /** Many measured tracks of several albums. */
        SOLID,
        /** Some measured tracks, or few albums. */
        PROVISIONAL,
        /** Published figures or fewer than three tracks: moves less, and the report says so. */
        ANECDOTAL
    }

    public GenreTarget {
        aliases = List.copyOf(aliases);
        featureNames = List.copyOf(featureNames);
        mean = mean.clone();
        sd = sd.clone();
        styleDb = styleDb.clone();
        if (styleDb.length != SpectrumPrior.BANDS) {
            throw new IllegalArgumentException(
                    "target " + name + " must have a style of 30 third octaves");
        }
        if (mean.length != featureNames.size() || sd.length != featureNames.size()) {
            throw new IllegalArgumentException(
                    "target " + name + " must have one mean and one sd for each feature");
        }
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

    /** The mean of one feature. */
    public double mean(String featureName) {
        int index = featureNames.indexOf(featureName);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "target " + name + " has no feature called " + featureName);
        }
        return mean[index];
    }
}
