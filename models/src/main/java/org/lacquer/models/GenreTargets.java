// SPDX-License-Identifier: Apache-2.0
package org.lacquer.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The shipped genre targets, one file each under {@code genres/}. */
public final class GenreTargets {
    /** The target of all music: no genre asked for, none recognised. */
    public static final String NEUTRAL = "neutral";

    private static final List<GenreTarget> ALL =
            Resources.rows("genres/index.tsv").stream().map(row -> read(row[0])).toList();

    private GenreTargets() {}

    public static List<GenreTarget> all() {
        return ALL;
    }

    /** The target of that name or alias, in any case of letters. */
    public static Optional<GenreTarget> named(String nameOrAlias) {
        String wanted = nameOrAlias.strip().toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(genre -> genre.name().equals(wanted) || genre.aliases().contains(wanted))
                .findFirst();
    }

    private static GenreTarget read(String name) {
        Map<String, String> facts = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        List<double[]> figures = new ArrayList<>();
        for (String[] row : Resources.rows("genres/" + name + ".tsv")) {
            if (row[0].equals("feature")) {
                names.add(row[1]);
                figures.add(new double[] {Double.parseDouble(row[2]), Double.parseDouble(row[3])});
            } else {
                facts.put(row[0], row[1]);
            }
        }
        return new GenreTarget(
                fact(facts, "name"),
                Arrays.stream(fact(facts, "aliases").split(" ")).filter(s -> !s.isEmpty()).toList(),
                GenreTarget.Label.valueOf(fact(facts, "label")),
                Integer.parseInt(fact(facts, "tracks")),
                Integer.parseInt(fact(facts, "albums")),
                number(facts, "effectiveTracks"),
                fact(facts, "provenance"),
                names,
                figures.stream().mapToDouble(pair -> pair[0]).toArray(),
                figures.stream().mapToDouble(pair -> pair[1]).toArray(),
                number(facts, "loudnessLufs"),
                number(facts, "loudnessSdLu"),
                number(facts, "plrDb"),
                number(facts, "plrSdDb"),
                number(facts, "loudnessRangeLu"));
    }

    private static double number(Map<String, String> facts, String key) {
        return Double.parseDouble(fact(facts, key));
    }

    private static String fact(Map<String, String> facts, String key) {
        String value = facts.get(key);
        if (value == null) {
            throw new IllegalStateException("genre target without " + key);
        }
        return value;
    }
}
