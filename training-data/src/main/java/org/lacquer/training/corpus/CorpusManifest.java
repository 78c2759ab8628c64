// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The committed list of packages and tracks. */
public final class CorpusManifest {
    /** One Debian package: exact version and hash of the .deb. */
    public record DebianPackage(String name, String version, String sha256) {}

    /** System property that names a table of tracks of one's own. */
    public static final String OWN_TRACKS = "lacquer.tracks";

    private static final int TRACK_CELLS = 16;

    private CorpusManifest() {}

    public static List<DebianPackage> packages() {
        return packages("packages.tsv");
    }

    /** The packages of another list in the same form. */
    public static List<DebianPackage> packages(String resource) {
        return rows(resource).stream()
                .map(row -> new DebianPackage(row[0], row[1], row[2]))
                .toList();
    }

    /**
     * The committed tracks, or those of the table that {@value #OWN_TRACKS} names.
     *
     * @throws IllegalArgumentException when that table is not one, with the line at fault
     */
    public static List<Track> tracks() {
        String own = System.getProperty(OWN_TRACKS, "");
        return own.isEmpty()
                ? rows("tracks.tsv").stream().map(CorpusManifest::track).toList()
                : tracks(Path.of(own));
    }

    /** Tracks of a table like {@code tracks.tsv}. */
    static List<Track> tracks(Path table) {
        try {
            List<String> lines = Files.readAllLines(table);
            List<Track> tracks = new ArrayList<>();
            for (int k = 0; k < lines.size(); k++) {
                String line = lines.get(k);
                if (!line.isBlank() && !line.startsWith("#")) {
                    tracks.add(track(line.split("\t", -1), table + ", line " + (k + 1)));
                }
            }
            return tracks;
        } catch (IOException problem) {
            throw new IllegalArgumentException("cannot read " + table + ": " + problem, problem);
        }
    }

    private static Track track(String[] cells, String where) {
        if (cells.length != TRACK_CELLS) {
            throw new IllegalArgumentException(
                    where + " must have " + TRACK_CELLS + " columns, has " + cells.length);
        }
        try {
            return track(cells);
        } catch (IllegalArgumentException problem) {
            throw new IllegalArgumentException(where + ": " + problem.getMessage(), problem);
        }
    }

    /** Keys of the tracks that are left out, since another one is the same recording. */
    public static Set<String> duplicates() {
        return rows("duplicates.tsv").stream()
                .map(row -> row[0] + "/" + row[1])
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Usable tracks without the {@link #duplicates}, at most {@code limit} of each package, in the
     * manifest's order.
     */
    public static List<Track> usableTracks(int limit) {
        Set<String> duplicates = duplicates();
        Map<String, Integer> taken = new HashMap<>();
        List<Track> chosen = new ArrayList<>();
        for (Track track : tracks()) {
            if (track.usable()
                    && !duplicates.contains(track.key())
                    && taken.merge(track.packageName(), 1, Integer::sum) <= limit) {
                chosen.add(track);
            }
        }
        return chosen;
    }

    private static Track track(String[] row) {
        return new Track(
                Track.Split.valueOf(row[0].toUpperCase(Locale.ROOT)),
                row[1],
                row[2],
                row[3],
                row[4],
                Double.parseDouble(row[5]),
                row[8],
                row[9],
                Double.parseDouble(row[10]),
                Double.parseDouble(row[14]),
                Double.parseDouble(row[15]));
    }

    /** Cells of a tab-separated resource of this package, comments left out. */
    public static List<String[]> rows(String resource) {
        try (InputStream in =
                CorpusManifest.class.getResourceAsStream("/org/lacquer/training/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
