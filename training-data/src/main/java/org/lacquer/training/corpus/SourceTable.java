// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.corpus;

import org.lacquer.training.corpus.CorpusManifest.DebianPackage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who made the music behind a feature cache, as a Markdown table. */
public final class SourceTable {
    private SourceTable() {}

    /**
     * One row for each package with tracks in use.
     *
     * @param used tracks as {@code package/file}
     */
    public static String text(Set<String> used) {
        List<String> lines = new ArrayList<>();
        lines.add("| Package | Version | Use | Tracks | Artists | Licences" + " |");
        lines.add("|---|---|---|---|---|---|");
        for (DebianPackage one : CorpusManifest.packages()) {
            List<Track> tracks =
                    CorpusManifest.tracks().stream()
                            .filter(t -> t.packageName().equals(one.name()))
                            .filter(t -> used.contains(t.key()))
                            .toList();
            if (!tracks.isEmpty()) {
                lines.add(
                        "| "
                                + String.join(
                                        " | ",
                                        one.name(),
                                        one.version(),
                                        tracks.getFirst().split().name().toLowerCase(Locale.ROOT),
                                        Integer.toString(tracks.size()),
                                        artists(tracks),
                                        licences(tracks))
                                + " |");
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String artists(List<Track> tracks) {
        Set<String> names = new TreeSet<>();
        tracks.stream().map(t -> t.artist().strip()).filter(a -> !a.isEmpty()).forEach(names::add);
        String named = names.isEmpty() ? "see the package" : String.join(", ", names);
        return named.replace("|", "/");
    }

    private static String licences(List<Track> tracks) {
        return tracks.stream()
                .map(Track::licence)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(", "))
                .replace("|", "/");
    }
}
