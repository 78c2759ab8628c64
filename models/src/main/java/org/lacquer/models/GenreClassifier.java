// SPDX-License-Identifier: Apache-2.0
package org.lacquer.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How likely each genre with measured music is for a mix: a linear discriminant on z-scores, every
 * genre as likely as any other beforehand. P(g) ∝ exp(w·z + b), z bounded; R. A. Fisher, "The use
 * of multiple measurements in taxonomic problems" (1936), with a covariance drawn toward its
 * diagonal. Genres that rest on publications alone are not told.
 */
public final class GenreClassifier {
    private static final String FILE = "genre-classifier.tsv";

    private static final GenreClassifier SHIPPED = new GenreClassifier(Resources.rows(FILE));

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<String> genres;
    private final List<String> featureNames = new ArrayList<>();
    private final List<double[]> rows = new ArrayList<>();
    private final double[] offsets;
    private final double limit;

    private GenreClassifier(List<String[]> lines) {
        List<String> names = List.of();
        double[] bias = new double[0];
        for (String[] cells : lines) {
            switch (cells[0]) {
                case "genres" -> names = List.of(cells).subList(1, cells.length);
                case "offset" -> bias = numbers(cells, 1);
                case "feature" -> {
                    featureNames.add(cells[1]);
                    rows.add(numbers(cells, 2));
                }
                default -> facts.put(cells[0], cells[1]);
            }
        }
        genres = names;
        offsets = bias;
        limit = Double.parseDouble(fact("zLimit"));
    }

    /** The one in the jar. */
    public static GenreClassifier shipped() {
        return SHIPPED;
    }

    /** Genres that it can tell. */
    public List<String> genres() {
        return genres;
    }

    /** Features that it looks at. */
    public List<String> featureNames() {
        return List.copyOf(featureNames);
    }

    /** Mean of a feature over the tracks that it was fitted on. */
    double usualValue(int feature) {
        return rows.get(feature)[0];
    }

    /**
     * A line of its manifest, for instance {@code featureSetVersion}.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public String fact(String name) {
        return Optional.ofNullable(facts.get(name))
                .orElseThrow(() -> new IllegalArgumentException(FILE + " has no " + name));
    }

    /**
     * Probability of each genre, in the order of {@link #genres}; together 1.
     *
     * @param features one for each of {@link #featureNames}, in their order
     */
    public double[] probabilities(double[] features) {
        if (features.length != rows.size()) {
            throw new IllegalArgumentException(
                    "features must be " + rows.size() + ", got " + features.length);
        }
        double[] scores = offsets.clone();
        for (int j = 0; j < features.length; j++) {
            double[] row = rows.get(j);
            double z = (features[j] - row[0]) * row[1];
            z = Math.max(-limit, Math.min(limit, z));
            for (int g = 0; g < scores.length; g++) {
                scores[g] += row[2 + g] * z;
            }
        }
        double most = Arrays.stream(scores).max().orElse(0.0);
        double total = 0.0;
        for (int g = 0; g < scores.length; g++) {
            scores[g] = StrictMath.exp(scores[g] - most);
            total += scores[g];
        }
        for (int g = 0; g < scores.length; g++) {
            scores[g] /= total;
        }
        return scores;
    }

    private static double[] numbers(String[] cells, int from) {
        double[] out = new double[cells.length - from];
        for (int i = 0; i < out.length; i++) {
            out[i] = Double.parseDouble(cells[from + i]);
        }
        return out;
    }
}
