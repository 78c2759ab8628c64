// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference.model;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.models.ModelManifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The features of average training music, where every cause of a setting starts. */
final class AverageMusic {
    private static final String CONTENT = "/org/lacquer/inference/average-content.tsv";

    private AverageMusic() {}

    /** All features: the manifest's mean of all music, and the mean content. */
    static double[] features(ModelManifest manifest) {
        double[] out = new double[FeatureSet.SIZE];
        for (int j = 0; j < manifest.targetWidth(); j++) {
            out[j] = manifest.neutralTarget().get(j);
        }
        List<String> rows =
                text().lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        for (String row : rows) {
            String[] cells = row.split("\t");
            out[FeatureSet.indexOf(cells[0])] = Double.parseDouble(cells[1]);
        }
        return out;
    }

    private static String text() {
        try (InputStream in = AverageMusic.class.getResourceAsStream(CONTENT)) {
            if (in == null) {
                throw new IllegalStateException("resource " + CONTENT + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
