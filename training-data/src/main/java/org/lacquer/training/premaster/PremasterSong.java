// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import org.lacquer.training.corpus.CorpusManifest;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.corpus.Track.Split;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A song of the committed list.
 *
 * @param source groove, or path of a file inside the package
 * @param details what a groove is played with: tempo, progression, lead, key and so on
 */
public record PremasterSong(
        Split split,
        Kind kind,
        String packageName,
        String source,
        String title,
        String artist,
        String licence,
        String genre,
        Map<String, String> details) {

    /** Packages of premasters are called so in caches, before the Debian package's name. */
    public static final String PREFIX = "premaster-";

    /** How a song is rendered. */
    public enum Kind {
        /** An MMA groove over chords of ours, through FluidSynth. */
        GROOVE,
        /** A MIDI file, through FluidSynth. */
        MIDI,
        /** A tracker module, through libopenmpt. */
        MODULE,
        /** An LMMS project. */
        PROJECT
    }

    public PremasterSong {
        details = Map.copyOf(details);
    }

    /** The songs in the list's order. */
    public static List<PremasterSong> all() {
        return CorpusManifest.rows("premasters.tsv").stream().map(PremasterSong::of).toList();
    }

    private static PremasterSong of(String[] row) {
        return new PremasterSong(
                Split.valueOf(row[0].toUpperCase(Locale.ROOT)),
                Kind.valueOf(row[1].toUpperCase(Locale.ROOT)),
                row[2],
                row[3],
                row[4],
                row[5],
                row[6],
                row[7],
                row[8].equals("-")
                        ? Map.of()
                        : Stream.of(row[8].split(" ", -1))
                                .map(pair -> pair.split("=", 2))
                                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
    }

    /** A name for files: the title in lower case, with dashes. */
    public String name() {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    /** Names the song in caches and in all draws. */
    public String key() {
        return PREFIX + packageName + "/" + name();
    }

    /** The good mix as a track below the folder of premasters. */
    public Track track() {
        return new Track(
                split,
                PREFIX + packageName,
                name() + "/good.wav",
                artist,
                title,
                SongRenderer.SECONDS,
                licence,
                genre,
                PremasterBuilder.LOUDNESS_LUFS,
                0.0,
                20_000.0);
    }

    double number(String name, double otherwise) {
        String value = details.get(name);
        return value == null ? otherwise : Double.parseDouble(value);
    }
}
