// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.model;

import org.lacquer.models.GenreTarget;
import org.lacquer.models.ModelManifest;

/**
 * One question to the model: the mix, where it should go, and how sure that is.
 *
 * @param features of the mix, in the order of the feature set
 * @param targetMean of the first features, shrunk as in {@link #shrunk}
 * @param code target uncertainty: 1 when there is no target, then 1 / (1 + effective tracks)
 * @param styleDb third octaves of the target beyond what its content explains, shrunk
 */
public record Question(double[] features, double[] targetMean, double[] code, double[] styleDb) {
    /** Correlation between tracks of an album that makes many of them worth less. */
    private static final double ALBUM_CORRELATION = 0.35;

    public Question {
        features = features.clone();
        targetMean = targetMean.clone();
        code = code.clone();
        styleDb = styleDb.clone();
    }

    @Override
    public double[] features() {
        return features.clone();
    }

    @Override
    public double[] targetMean() {
        return targetMean.clone();
    }

    @Override
    public double[] code() {
        return code.clone();
    }

    @Override
    public double[] styleDb() {
        return styleDb.clone();
    }

    /** Without any target: toward what the model thinks of such a mix. */
    public static Question withoutTarget(double[] features, ModelManifest manifest) {
        double[] neutral =
                manifest.neutralTarget().stream().mapToDouble(Double::doubleValue).toArray();
        return new Question(
                features, neutral, new double[] {1.0, 1.0}, new double[manifest.styleWidth()]);
    }

    /** Toward a genre; its figures are already shrunk. */
    public static Question toward(double[] features, GenreTarget genre) {
        return toward(features, genre.mean(), genre.effectiveTracks(), genre.styleDb());
    }

    /** Toward figures that are already shrunk, worth so many independent tracks. */
    public static Question toward(
            double[] features, double[] targetMean, double effectiveTracks, double[] styleDb) {
        double[] code = {0.0, 1.0 / (1.0 + effectiveTracks)};
        return new Question(features, targetMean, code, styleDb);
    }

    /** The same target for another mix. */
    public Question of(double[] otherFeatures) {
        return new Question(otherFeatures, targetMean, code, styleDb);
    }

    /** Tracks of one album resemble each other: n_albums m / (1 + (m - 1) ρ), m tracks an album. */
    public static double effectiveTracks(int tracks, int albums) {
        double each = (double) tracks / albums;
        return albums * each / (1.0 + (each - 1.0) * ALBUM_CORRELATION);
    }

    /** (n·own + κ·neutral) / (n + κ), feature by feature. */
    public static double[] shrunk(
            double[] plainMean, double effectiveTracks, ModelManifest manifest) {
        double[] out = new double[manifest.targetWidth()];
        for (int i = 0; i < out.length; i++) {
            double kappa = manifest.targetKappa().get(i);
            out[i] =
                    (effectiveTracks * plainMean[i] + kappa * manifest.neutralTarget().get(i))
                            / (effectiveTracks + kappa);
        }
        return out;
    }
}
