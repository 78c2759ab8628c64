// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.duplicates;

import org.lacquer.training.corpus.CorpusManifest;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.data.TrackDecoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** Pairs of tracks as lines of tab-separated cells. */
public final class DuplicateTable {
    private static final String HEAD =
            "# kind\tsplits\tbitErrorRate\tshare\toffsetSeconds\tfirst\tsecond\tleft out";

    /** Shares below this are not told: chance, or a sample that many use. */
    private static final double LEAST_SHARE = 0.1;

    private DuplicateTable() {}

    /** Of all tracks of the corpus that are on disk. */
    public static String ofCorpus(Path work, TrackDecoder decoder, Consumer<String> notes)
            throws IOException {
        CorpusFingerprints made = new CorpusFingerprints(work, decoder);
        List<Track> tracks = new ArrayList<>();
        List<Fingerprint> fingerprints = new ArrayList<>();
        for (Track track : CorpusManifest.tracks()) {
            if (Files.isRegularFile(track.under(work.resolve("root")))) {
                fingerprints.add(made.of(track));
                tracks.add(track);
                if (tracks.size() % 25 == 0) {
                    notes.accept(tracks.size() + " tracks");
                }
            }
        }
        return text(tracks, new DuplicateFinder(fingerprints).pairs(LEAST_SHARE));
    }

    /**
     * @param tracks what the pairs' indices mean
     */
    static String text(List<Track> tracks, List<SameRecording> pairs) {
        List<String> lines = new ArrayList<>();
        lines.add(HEAD);
        for (SameRecording pair : pairs) {
            Track first = tracks.get(pair.first());
            Track second = tracks.get(pair.second());
            String splits = name(first) + "/" + name(second);
            lines.add(
                    String.join(
                            "\t",
                            pair.duplicate() ? "duplicate" : "passage",
                            first.split() == second.split() ? splits : splits + " CROSSES",
                            text("%.3f", pair.bitErrorRate()),
                            text("%.2f", pair.share()),
                            text("%+.2f", pair.offsetSeconds()),
                            first.key(),
                            second.key(),
                            leftOut(first, second)));
        }
        return String.join("\n", lines) + "\n";
    }

    /** Which of the two the manifest leaves out already. */
    private static String leftOut(Track first, Track second) {
        Set<String> duplicates = CorpusManifest.duplicates();
        if (duplicates.contains(first.key())) {
            return "first";
        }
        return duplicates.contains(second.key()) ? "second" : "-";
    }

    private static String name(Track track) {
        return track.split().name().toLowerCase(Locale.ROOT);
    }

    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
