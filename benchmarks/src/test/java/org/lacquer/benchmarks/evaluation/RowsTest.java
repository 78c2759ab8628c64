// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.training.corpus.Track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a broken run leaves behind. */
final class RowsTest {
    private static final Set<Competitor> BOTH = EnumSet.of(Competitor.NOTHING, Competitor.AUTO);
    private static final CaseName CASE =
            new CaseName(
                    new Track(
                            Track.Split.TEST, "p", "a b.ogg", "", "", 90, "", "rock", -14, -9, 2e4),
                    Family.TRAINED,
                    1);
    private static final List<Outcome> OUTCOMES =
            List.of(
                    new Outcome(
                            Competitor.NOTHING, true, 1.0, new Distances(3, 2, .5, 1, .25, .125)),
                    new Outcome(
                            Competitor.AUTO, false, 0.5, new Distances(1, 1.5, .5, 1, .75, .5)));

    @TempDir Path folder;

    @Test
    void outcomesAreReadAgain() throws IOException {
        Path file = folder.resolve("deep/rows.tsv");
        Rows.of(file, "print").add(CASE, OUTCOMES);
        assertThat(Rows.of(file, "print").of(CASE, BOTH)).contains(OUTCOMES);
    }

    @Test
    void caseWithoutOneOfItsCompetitorsIsOpen() throws IOException {
        Path file = folder.resolve("rows.tsv");
        Rows rows = Rows.of(file, "print");
        rows.add(CASE, OUTCOMES.subList(0, 1));
        assertThat(rows.of(CASE, BOTH)).isEmpty();
        assertThat(rows.of(CASE, EnumSet.of(Competitor.NOTHING))).isPresent();
    }

    @Test
    void rowsOfAnotherBuildDoNotCount() throws IOException {
        Path file = folder.resolve("rows.tsv");
        Rows.of(file, "print").add(CASE, OUTCOMES);
        assertThat(Rows.of(file, "other").of(CASE, BOTH)).isEmpty();
    }

    /** A process that was ended while it wrote leaves part of a line. */
    @Test
    void lineThatWasCutOffDoesNotCount() throws IOException {
        Path file = folder.resolve("rows.tsv");
        Rows.of(file, "print").add(CASE, OUTCOMES);
        String text = Files.readString(file);
        for (int end = text.length() - 2; end > text.indexOf('\n'); end--) {
            Files.writeString(file, text.substring(0, end));
            assertThat(Rows.of(file, "print").of(CASE, BOTH)).isEmpty();
        }
    }
}
