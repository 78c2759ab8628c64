// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.audio.FailureException;
import org.lacquer.comparison.CandidateChoice;
import org.lacquer.comparison.Criterion;
import org.lacquer.comparison.evaluation.CandidatePair.CriterionDifference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

final class EvaluationTest {
    @TempDir Path folder;

    /** Eight songs; ai is nearer to the target by 0.1, 0.2, ..., 0.8 dB, but for one tie. */
    private static List<SongFigures> songs() {
        List<SongFigures> songs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            double step = i == 0 ? 0.03 : 0.1 * (i + 1);
            songs.add(
                    new SongFigures(
                            "song " + i,
                            i % 2 == 0 ? "rock" : "jazz",
                            Map.of(
                                    "mix",
                                    Map.of(Criterion.TONE_TO_TARGET, 2.0 + 0.01 * i),
                                    "ai",
                                    Map.of(
                                            Criterion.TONE_TO_TARGET,
                                            2.0 + 0.01 * i - step,
                                            Criterion.WIDTH,
                                            -10.0))));
        }
        return songs;
    }

    @Test
    void pairedFiguresAreThoseByHand() {
        Evaluation evaluation = Evaluation.of(songs());
        assertThat(evaluation.candidates()).containsExactly("ai", "mix");
        CandidatePair pair = evaluation.pairs().getFirst();
        assertThat(pair.songs()).isEqualTo(8);
        CriterionDifference tone = pair.differences().get(Criterion.TONE_TO_TARGET.ordinal());
        assertThat(tone.difference().spread().mean()).isCloseTo(-3.53 / 8.0, within(1e-9));
        // All eight differ in one direction: 2 / 2^8.
        assertThat(tone.difference().test().pValue()).isEqualTo(2.0 / 256.0);
        assertThat(tone.correctedP()).isEqualTo(2.0 / 256.0);
        assertThat(tone.firstBetter()).isEqualTo(7);
        assertThat(tone.ties()).isEqualTo(1);
        assertThat(tone.secondBetter()).isZero();
        assertThat(tone.difference().meanInterval().holds(-3.53 / 8.0)).isTrue();
        assertThat(tone.difference().meanInterval().upper()).isLessThan(-0.2);
    }

    @Test
    void figureThatOneDoesNotHaveIsNotCompared() {
        CriterionDifference width =
                Evaluation.of(songs())
                        .pairs()
                        .getFirst()
                        .differences()
                        .get(Criterion.WIDTH.ordinal());
        assertThat(width.difference().spread().count()).isZero();
        assertThat(width.correctedP()).isEqualTo(1.0);
        assertThat(width.firstBetter() + width.ties() + width.secondBetter()).isZero();
    }

    @Test
    void moreCandidatesAreCorrectedFor() {
        List<SongFigures> songs = new ArrayList<>();
        for (SongFigures song : songs()) {
            songs.add(
                    new SongFigures(
                            song.song(),
                            song.genre(),
                            Map.of(
                                    "ai",
                                    song.candidates().get("ai"),
                                    "mix",
                                    song.candidates().get("mix"),
                                    "human",
                                    Map.of(Criterion.TONE_TO_TARGET, 9.0))));
        }
        Evaluation evaluation = Evaluation.of(songs);
        assertThat(evaluation.candidates()).containsExactly("ai", "mix", "human");
        assertThat(evaluation.pairs()).hasSize(3);
        assertThat(evaluation.pairs())
                .allSatisfy(
                        pair ->
                                assertThat(
                                                pair.differences()
                                                        .get(Criterion.TONE_TO_TARGET.ordinal())
                                                        .correctedP())
                                        .isEqualTo(3.0 * 2.0 / 256.0));
    }

    @Test
    void genresHaveTheirOwnMeans() {
        Evaluation evaluation = Evaluation.of(songs());
        assertThat(evaluation.genres())
                .extracting(Evaluation.Genre::name)
                .containsExactly("jazz", "rock");
        assertThat(evaluation.genres()).extracting(Evaluation.Genre::songs).containsExactly(4, 4);
        double mean =
                evaluation.genres().getFirst().figures().stream()
                        .filter(figure -> figure.criterion() == Criterion.TONE_TO_TARGET)
                        .filter(figure -> figure.candidate().equals("mix"))
                        .findFirst()
                        .orElseThrow()
                        .spread()
                        .mean();
        assertThat(mean).isCloseTo(2.04, within(1e-9));
    }

    @Test
    void folderHoldsMixPlansMastersAndGenre() throws IOException {
        Path song = Files.createDirectory(folder.resolve("song"));
        for (String name :
                List.of("Mix.FLAC", "b.wav", "a.yaml", "cover.jpg", ".hidden.wav", "notes.txt")) {
            Files.writeString(song.resolve(name), "");
        }
        Files.writeString(song.resolve("genre.txt"), " jazz\n");
        Files.createDirectory(folder.resolve(".git"));
        SongFolder read = SongFolder.read(song);
        assertThat(SongFolder.in(folder)).containsExactly(song);
        assertThat(read.mix()).hasFileName("Mix.FLAC");
        assertThat(read.genre()).contains("jazz");
        assertThat(read.candidates())
                .containsExactly(
                        new CandidateChoice.Ai(),
                        new CandidateChoice.Mix(),
                        new CandidateChoice.Plan(song.resolve("a.yaml")),
                        new CandidateChoice.Master(song.resolve("b.wav")));
        Files.writeString(song.resolve("mix.wav"), "");
        assertThatThrownBy(() -> SongFolder.read(song)).isInstanceOf(FailureException.class);
    }
}
