// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.training.corpus.Track.Split;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

class CorpusManifestTest {
    private final List<Track> tracks = CorpusManifest.tracks();

    @Test
    void everyPackageBelongsToOneSplit() {
        Map<String, Split> splits = new HashMap<>();
        for (Track track : tracks) {
            Split known = splits.putIfAbsent(track.packageName(), track.split());
            assertThat(known == null || known == track.split()).as(track.packageName()).isTrue();
        }
        assertThat(splits.values()).contains(Split.TRAIN, Split.CALIBRATION, Split.TEST);
    }

    @Test
    void noNamedArtistOfTheTestTracksIsHeardInTraining() {
        Set<String> unseen = artists(Split.TEST);
        Set<String> seen = artists(Split.TRAIN);
        seen.addAll(artists(Split.CALIBRATION));

        assertThat(unseen).isNotEmpty().doesNotContainAnyElementsOf(seen);
    }

    @Test
    void everyTrackHasALicenceAndAPackageWithAHash() {
        Map<String, String> hashes =
                CorpusManifest.packages().stream()
                        .collect(
                                Collectors.toMap(
                                        CorpusManifest.DebianPackage::name,
                                        CorpusManifest.DebianPackage::sha256));

        assertThat(tracks).hasSizeGreaterThan(700);
        assertThat(tracks).allSatisfy(t -> assertThat(t.licence()).isNotBlank().isNotEqualTo("?"));
        assertThat(tracks).allSatisfy(t -> assertThat(hashes.get(t.packageName())).hasSize(64));
    }

    @Test
    void noFileIsListedTwice() {
        Set<String> seen = new HashSet<>();
        assertThat(tracks)
                .allSatisfy(t -> assertThat(seen.add(t.packageName() + "/" + t.file())).isTrue());
    }

    @Test
    void fileInsideAnArchiveLandsBesideIt() {
        Track inside =
                tracks.stream().filter(t -> t.file().contains("!/")).findFirst().orElseThrow();

        assertThat(inside.under(Path.of("root")).toString()).contains(".d/").doesNotContain("!");
        assertThat(inside.packagedFile()).doesNotContain("!");
    }

    @Test
    void noPackageGivesMoreThanTheLimit() {
        Map<String, Long> counts =
                CorpusManifest.usableTracks(5).stream()
                        .collect(Collectors.groupingBy(Track::packageName, Collectors.counting()));

        assertThat(counts.values()).allMatch(count -> count <= 5).contains(5L);
    }

    @Test
    void duplicateIsLeftOutAndItsTwinIsNot() {
        Map<String, Track> byKey =
                tracks.stream().collect(Collectors.toMap(Track::key, track -> track));
        Set<String> used =
                CorpusManifest.usableTracks(Integer.MAX_VALUE).stream()
                        .map(Track::key)
                        .collect(Collectors.toSet());

        assertThat(CorpusManifest.duplicates()).isNotEmpty();
        for (String[] row : CorpusManifest.rows("duplicates.tsv")) {
            String twin = row[2] + "/" + row[3];
            assertThat(byKey).containsKeys(row[0] + "/" + row[1], twin);
            assertThat(used).doesNotContain(row[0] + "/" + row[1]);
            assertThat(used.contains(twin)).as(twin).isEqualTo(byKey.get(twin).usable());
        }
    }

    private Set<String> artists(Split split) {
        return tracks.stream()
                .filter(t -> t.split() == split && !t.artist().isBlank())
                .map(t -> t.artist().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.toSet());
    }

    @Test
    void tableOfOnesOwnIsRead(@TempDir Path folder) throws IOException {
        Path table = folder.resolve("mine.tsv");
        String row =
                "test album song.ogg me - 85 44100 vorbis - rock -15 5 -1 14 -10 16284"
                        .replace(' ', '\t');
        Files.writeString(table, "# mine\n" + row + "\n");
        List<Track> tracks = CorpusManifest.tracks(table);
        assertThat(tracks).hasSize(1);
        assertThat(tracks.getFirst().key()).isEqualTo("album/song.ogg");
        assertThat(tracks.getFirst().usable()).isTrue();
    }

    @Test
    void lineAtFaultIsNamed(@TempDir Path folder) throws IOException {
        Path table = folder.resolve("mine.tsv");
        Files.writeString(table, "\ntrain\tjust\tthree\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusManifest.tracks(table))
                .withMessageContaining("line 2 must have 16 columns, has 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CorpusManifest.tracks(folder.resolve("none.tsv")))
                .withMessageContaining("cannot read");
    }
}
