// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.inference.UserTargets;
import org.lacquer.models.GenreTarget;
import org.lacquer.models.GenreTargets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A target for people and for scripts. */
record TargetText(UserTargets own, GenreTarget target) {

    String json() {
        boolean shipped = GenreTargets.named(target.name()).isPresent();
        Path file = own.folder().resolve(target.name() + ".tsv");
        Map<String, Object> object = Json.object(shipped ? target.name() : file);
        object.put("name", target.name());
        object.put("shipped", shipped);
        object.put("label", label());
        object.put("tracks", target.tracks());
        object.put("albums", target.albums());
        object.put("effectiveTracks", Figure.rounded(target.effectiveTracks()));
        object.put("provenance", target.provenance());
        object.put("usualLoudnessLufs", Figure.rounded(target.loudnessLufs()));
        object.put("usualPlrDb", Figure.rounded(target.plrDb()));
        object.put("loudnessRangeLu", Figure.rounded(target.loudnessRangeLu()));
        Map<String, Object> features = new LinkedHashMap<>();
        double[] mean = target.mean();
        double[] sd = target.sd();
        for (int j = 0; j < mean.length; j++) {
            Map<String, Object> feature = new LinkedHashMap<>();
            feature.put("mean", Figure.rounded(mean[j]));
            feature.put("sd", Figure.rounded(sd[j]));
            features.put(target.featureNames().get(j), feature);
        }
        object.put("features", features);
        return Json.line(object);
    }

    /** A line of figures and one that says where they come from. */
    String summary(Terminal terminal) {
        String figures =
                String.format(
                        Locale.ROOT,
                        "   %s LUFS, PLR %s dB, %s",
                        Figure.text(target.loudnessLufs(), 1),
                        Figure.text(target.plrDb(), 1),
                        label());
        List<String> lines = new ArrayList<>(List.of(terminal.bold(target.name()) + figures));
        lines.addAll(Paragraph.lines("  ", target.provenance()));
        return String.join("\n", lines);
    }

    /** The summary and every feature. */
    String table(Terminal terminal) {
        List<String> lines = new ArrayList<>(List.of(summary(terminal)));
        lines.add(terminal.faint(row("", "mean", "spread")));
        double[] mean = target.mean();
        double[] sd = target.sd();
        for (int j = 0; j < mean.length; j++) {
            lines.add(
                    row(
                            target.featureNames().get(j),
                            Figure.text(mean[j], 1),
                            Figure.text(sd[j], 1)));
        }
        return String.join("\n", lines);
    }

    private static String row(String name, String mean, String sd) {
        return String.format(Locale.ROOT, "  %-28s %8s %8s", name, mean, sd);
    }

    private String label() {
        return target.label().name().toLowerCase(Locale.ROOT);
    }
}
