// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.duplicates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.audio.AudioClip;
import org.lacquer.training.SyntheticMusic;
import org.lacquer.training.corpus.CorpusManifest;
import org.lacquer.training.corpus.Track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class DuplicateTableTest {
    private static final List<Track> TRACKS = CorpusManifest.tracks();

    @Test
    void pairAcrossSplitsIsMarked() {
        int test = indexOf("flare-game/", "/battle_theme.ogg");
        int train = indexOf("supertux-data/", "/battle_theme.ogg");

        String text =
                DuplicateTable.text(
                        TRACKS, List.of(new SameRecording(test, train, -1.25, 0.0591, 0.996)));

        assertThat(text.lines().skip(1))
                .containsExactly(
                        "duplicate\ttest/train CROSSES\t0.059\t1.00\t-1.25\t"
                                + TRACKS.get(test).key()
                                + "\t"
                                + TRACKS.get(train).key()
                                + "\tfirst");
    }

    @Test
    void fingerprintIsMadeOnceForAFile(@TempDir Path work) throws IOException {
        Track track = TRACKS.getFirst();
        Path file = track.under(work.resolve("root"));
        Files.createDirectories(file.getParent());
        Files.writeString(file, "not audio; the decoder below knows better");
        AudioClip song =
                new AudioClip(SyntheticMusic.RATE, SyntheticMusic.samples("song of a file", 3.0));

        Fingerprint made = new CorpusFingerprints(work, (path, most) -> song).of(track);
        Fingerprint kept =
                new CorpusFingerprints(
                                work,
                                (path, most) -> {
                                    throw new IOException("decoded again: " + path);
                                })
                        .of(track);

        assertThat(kept.toBytes()).isEqualTo(made.toBytes());
        assertThat(kept.frames()).isPositive();
    }

    private static int indexOf(String start, String end) {
        for (int k = 0; k < TRACKS.size(); k++) {
            if (TRACKS.get(k).key().startsWith(start) && TRACKS.get(k).key().endsWith(end)) {
                return k;
            }
        }
        throw new AssertionError("no track " + start + "..." + end);
    }
}
