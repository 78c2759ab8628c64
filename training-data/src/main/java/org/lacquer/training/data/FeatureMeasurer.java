// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.analysis.FeatureExtractor;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Features;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.training.corpus.Track;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures rendered excerpts with the features that inference uses. */
public final class FeatureMeasurer {
    /** Names the feature set in caches and manifests. */
    public static final String VERSION = Integer.toString(FeatureSet.VERSION);

    private FeatureMeasurer() {}

    /** Base rows of a track; renders that are silent or undefined are left out. */
    public static List<BaseRow> measure(Track track, List<ExcerptRenderer.Rendered> renders)
            throws IOException {
        List<BaseRow> rows = new ArrayList<>();
        for (ExcerptRenderer.Rendered one : renders) {
            row(track, one.excerpt(), one.variant(), one.load()).ifPresent(rows::add);
        }
        return rows;
    }

    /** A base row of a clip, when it has features. */
    static Optional<BaseRow> row(Track track, int excerpt, int variant, AudioClip clip)
            throws IOException {
        return features(clip)
                .map(
                        f ->
                                new BaseRow(
                                        track.key(),
                                        track.packageName(),
                                        track.genre(),
                                        track.split(),
                                        excerpt,
                                        variant,
                                        floats(f.vector().values()),
                                        floats(f.midPowerDb()),
                                        floats(f.sidePowerDb())));
    }

    /** Features of a clip, when it has any. */
    public static Optional<Features> features(AudioClip clip) throws IOException {
        FeatureExtractor extractor = new FeatureExtractor(clip.format());
        AudioBlock block = new AudioBlock(clip.format().channels(), 8_192);
        try (AudioSource source = clip.source()) {
            while (source.read(block) > 0) {
                extractor.write(block);
            }
        }
        Features features = extractor.finish();
        return features.vector().defined() ? Optional.of(features) : Optional.empty();
    }

    static float[] floats(double[] values) {
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) values[i];
        }
        return out;
    }

    static float[] floats(List<Double> values) {
        return floats(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
