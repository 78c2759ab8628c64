// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.evaluation;

import org.lacquer.comparison.Criterion;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One song's figures.
 *
 * @param genre as it was given, or {@link #NO_GENRE}
 * @param candidates figures by name, as far as they are defined
 */
public record SongFigures(
        String song, String genre, Map<String, Map<Criterion, Double>> candidates) {
    public static final String NO_GENRE = "not given";

    public SongFigures {
        Map<String, Map<Criterion, Double>> copy = new LinkedHashMap<>();
        candidates.forEach(
                (name, figures) -> {
                    Map<Criterion, Double> own = new EnumMap<>(Criterion.class);
                    own.putAll(figures);
                    copy.put(name, Collections.unmodifiableMap(own));
                });
        candidates = Collections.unmodifiableMap(copy);
    }

    /** NaN where there is no such candidate, or it has no such figure. */
    public double figure(String candidate, Criterion criterion) {
        return candidates.getOrDefault(candidate, Map.of()).getOrDefault(criterion, Double.NaN);
    }
}
