// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One set of tag names for all containers, and the tags that a master must not inherit.
 *
 * <p>Names are FFmpeg's, in lower case: {@code title}, {@code artist}, {@code album_artist}, {@code
 * track} and so on; {@code isrc} and {@code bpm} join them under names of their own. Whatever
 * describes the old samples would be wrong for the new ones and is dropped: gains, peaks, gapless
 * data, loudness, encoder, time stamps.
 */
final class TagRules {
    private static final Map<String, String> CANONICAL =
            Map.ofEntries(
                    Map.entry("tsrc", "isrc"),
                    Map.entry("tbpm", "bpm"),
                    Map.entry("tmpo", "bpm"),
                    Map.entry("tempo", "bpm"),
                    Map.entry("albumartist", "album_artist"),
                    Map.entry("album artist", "album_artist"),
                    Map.entry("tracknumber", "track"),
                    Map.entry("discnumber", "disc"),
                    Map.entry("organization", "publisher"),
                    Map.entry("year", "date"));

    private static final Pattern OBSOLETE =
            Pattern.compile(
                    "replaygain.*|r128_.*|itunnorm|itunsmpb|itunpgap|itunes_cddb.*|sound"
                        + " ?check|mp3gain.*|(.*[ _])?peak([ _].*)?|loudness.*|max_.*|id3v2_priv.*"
                        + "|encod.*|tsse|tenc|tool|software|tlen|length|duration"
                        + "|major_brand|minor_version|compatible_brands|creation_.*"
                        + "|handler_name|vendor_id|vendor|time_reference|umid|coding_history"
                        + "|origination_.*|waveformatextensible_channel_mask|md5.*|accuraterip.*"
                        + "|metadata_block_picture|coverart|coverartmime|gapless_playback");

    /**
     * Tags that libavformat writes as iTunes atoms, and reads again; it does not read the tempo.
     */
    private static final Set<String> MP4_ATOMS =
            Set.of(
                    "title",
                    "artist",
                    "album_artist",
                    "album",
                    "composer",
                    "date",
                    "comment",
                    "genre",
                    "track",
                    "disc",
                    "copyright",
                    "grouping",
                    "lyrics",
                    "description",
                    "synopsis",
                    "compilation");

    /** ISO 639 code of a language that nobody has set; MPEG-4 always holds one. */
    private static final String UNDEFINED = "und";

    private TagRules() {}

    /** The tags worth keeping, under their common names, sorted so that files can be reproduced. */
    static Map<String, String> kept(Map<String, String> values) {
        Map<String, String> kept = new TreeMap<>();
        values.forEach(
                (name, value) -> {
                    String lower = name.toLowerCase(Locale.ROOT).strip();
                    String canonical = CANONICAL.getOrDefault(lower, lower);
                    boolean useless =
                            value.isBlank()
                                    || value.equals(UNDEFINED)
                                    || OBSOLETE.matcher(canonical).matches();
                    if (!useless && !canonical.isEmpty()) {
                        kept.putIfAbsent(canonical, value);
                    }
                });
        return kept;
    }

    /** The kept tags under the names that libavformat's writer of a format wants. */
    static Map<String, String> namedFor(FileFormat format, Tags tags) {
        Map<String, String> named = new TreeMap<>();
        kept(tags.values()).forEach((name, value) -> named.put(nameFor(format, name), value));
        return named;
    }

    /** The kept tags that an MPEG-4 file can only hold as free-form atoms, in capitals. */
    static Map<String, String> withoutMp4Atom(Tags tags) {
        Map<String, String> missing = new TreeMap<>();
        kept(tags.values())
                .forEach(
                        (name, value) -> {
                            if (!MP4_ATOMS.contains(name)) {
                                missing.put(name.toUpperCase(Locale.ROOT), value);
                            }
                        });
        return missing;
    }

    private static String nameFor(FileFormat format, String name) {
        return switch (format) {
            case MP3, AIFF ->
                    switch (name) {
                        case "isrc" -> "TSRC";
                        case "bpm" -> "TBPM";
                        default -> name;
                    };
            case AAC, ALAC -> name.equals("bpm") ? "tmpo" : name;
            case FLAC, OPUS -> name.toUpperCase(Locale.ROOT);
            case WAV -> name;
        };
    }
}
