// SPDX-License-Identifier: Apache-2.0
package org.lacquer.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A target as text: tab-separated lines of facts, then one line for each feature with its mean and
 * spread; {@code #} starts a comment. The shipped genres and a user's own have the same form.
 */
public final class GenreTargetFile {
    private GenreTargetFile() {}

    /**
     * @throws IllegalArgumentException when a fact is missing or no number where one must be
     */
    public static GenreTarget parse(String text) {
        Map<String, String> facts = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        List<Double> means = new ArrayList<>();
        List<Double> sds = new ArrayList<>();
        for (String[] row : Resources.rowsOf(text)) {
            if (row[0].equals("feature") && row.length == 4) {
                names.add(row[1]);
                means.add(Double.valueOf(row[2]));
                sds.add(Double.valueOf(row[3]));
            } else if (row.length == 2) {
                facts.put(row[0], row[1]);
            } else {
                throw new IllegalArgumentException(
                        "a line must be a fact or a feature, got " + String.join(" ", row));
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
                means.stream().mapToDouble(Double::doubleValue).toArray(),
                sds.stream().mapToDouble(Double::doubleValue).toArray(),
                Arrays.stream(fact(facts, "styleDb").split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray(),
                number(facts, "loudnessLufs"),
                number(facts, "loudnessSdLu"),
                number(facts, "plrDb"),
                number(facts, "plrSdDb"),
                number(facts, "loudnessRangeLu"));
    }

    /** The text that {@link #parse} reads, figures to three decimals. */
    public static String text(GenreTarget target) {
        StringBuilder out = new StringBuilder();
        line(out, "name", target.name());
        line(out, "aliases", String.join(" ", target.aliases()));
        line(out, "label", target.label().name());
        line(out, "tracks", Integer.toString(target.tracks()));
        line(out, "albums", Integer.toString(target.albums()));
        line(out, "effectiveTracks", decimals(target.effectiveTracks()));
        line(out, "provenance", target.provenance().replaceAll("[\t\n\r]", " "));
        line(out, "loudnessLufs", decimals(target.loudnessLufs()));
        line(out, "loudnessSdLu", decimals(target.loudnessSdLu()));
        line(out, "plrDb", decimals(target.plrDb()));
        line(out, "plrSdDb", decimals(target.plrSdDb()));
        line(out, "loudnessRangeLu", decimals(target.loudnessRangeLu()));
        line(
                out,
                "styleDb",
                Arrays.stream(target.styleDb())
                        .mapToObj(GenreTargetFile::decimals)
                        .collect(Collectors.joining(" ")));
        for (int j = 0; j < target.featureNames().size(); j++) {
            line(
                    out,
                    "feature",
                    target.featureNames().get(j),
                    decimals(target.mean()[j]),
                    decimals(target.sd()[j]));
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String... cells) {
        out.append(String.join("\t", cells)).append('\n');
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static double number(Map<String, String> facts, String key) {
        return Double.parseDouble(fact(facts, key));
    }

    private static String fact(Map<String, String> facts, String key) {
        String value = facts.get(key);
        if (value == null) {
            throw new IllegalArgumentException(
                    "the target lacks " + key + "; make it again with this version");
        }
        return value;
    }
}
