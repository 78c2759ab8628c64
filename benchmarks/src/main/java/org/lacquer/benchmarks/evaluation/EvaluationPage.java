// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.app.chart.Axis;
import org.lacquer.app.chart.Chart;
import org.lacquer.app.chart.ChartFile;
import org.lacquer.app.chart.Curve;
import org.lacquer.app.chart.Ink;
import org.lacquer.app.chart.Pen;
import org.lacquer.benchmarks.evaluation.Scoreboard.Entry;
import org.lacquer.benchmarks.evaluation.Scoreboard.Line;
import org.lacquer.models.ModelManifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The scoreboard as Markdown, plots and JSON. */
final class EvaluationPage {
    private static final String PICTURES = "images/evaluation";

    private final Scoreboard board;
    private final StringBuilder page = new StringBuilder();

    EvaluationPage(Scoreboard board) {
        this.board = board;
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder.resolve(PICTURES));
        long packages = board.tracks().stream().map(t -> t.packageName()).distinct().count();
        paragraph(
                """
                # Evaluation

                Made by `benchmarks/run evaluation CORPUS`; do not edit. What is compared, and why like this, stands in
                [model-card.md](model-card.md#how-it-was-measured).

                """
                        + String.format(
                                Locale.ROOT,
                                "%d tracks of %d packages of the test split, %d cases. Model `%s`,"
                                        + " SHA-256 `%s…`.",
                                board.tracks().size(),
                                packages,
                                board.entries().size(),
                                ModelManifest.shipped().name(),
                                ModelManifest.shipped().sha256().substring(0, 12)));
        paragraph(
                """
                The loudest 20 s of a track, turned down until their true peak is at most −1.1 dBTP, are the *hidden master*. They are
                spoiled by code that is not the engine's, written to a file, and mastered from that file by each competitor through the
                same engine, to the hidden master's loudness at −1 dBTP. All figures compare the written master with the hidden one at equal
                loudness; windows, bands and time constants are neither the engine's nor the model's. References are other tracks of
                the album, whole up to three minutes.

                - **third octave**: rms difference of long-term third octaves, 25 Hz to 20 kHz, weighted by audibility, dB
                - **STFT**: mean absolute difference of levels in 512, 2048 and 8192 points, mid and side, within 60 dB of the loudest, dB
                - **dynamics**: of level quantiles about the mean in three bands, 10 ms up and 150 ms down, dB
                - **harm**: share of cases more than 0.3 dB of third octave worse than with loudness only
                - **skill**: mean of 1 − error / error with loudness only (at least 0.5 dB)
                - **broken**: share of masters off by more than 0.2 LU, over −0.95 dBTP or of another length; such a case scores as
                  *loudness only* and 1 dB more

                Intervals are 95 %, of paired differences, by 4000 bootstrap draws of whole packages.
                """);
        page.append(new GoalTable(board).text());
        for (Family family : Family.values()) {
            section(family);
        }
        differences();
        references();
        backingOff();
        plots(folder);
        Files.writeString(folder.resolve("evaluation.md"), page);
        Files.writeString(folder.resolve("evaluation.json"), json());
    }

    private void section(Family family) {
        List<Entry> cases = board.of(family);
        if (cases.isEmpty()) {
            return;
        }
        String words = family.words();
        page.append("\n## Mixes: ").append(words).append("\n\n");
        if (family == Family.PREMASTER) {
            page.append("Songs of Debian packages rendered part by part: the hidden original is");
            page.append(" their good mix, the mix has faults in single stems, which mastering can");
            page.append(" only soften ([training-data.md](training-data.md#premasters)).\n\n");
        }
        table(cases);
        if (family == Family.TRAINED) {
            page.append("\nThe third with the largest faults:\n\n");
            table(Scoreboard.heavyThird(cases));
            List<Entry> fresh =
                    cases.stream()
                            .filter(
                                    e ->
                                            List.of("singularity-music", "noiz2sa-data")
                                                    .contains(e.one().track().packageName()))
                            .toList();
            if (!fresh.isEmpty()) {
                page.append("\nOnly the two packages that joined the test split after all");
                page.append(" choices but those of this model were made:\n\n");
                table(fresh);
            }
        }
    }

    private void table(List<Entry> cases) {
        page.append("| | n | third octave | change [95 %] | STFT | dynamics | width | PLR | LRA |");
        page.append(" skill | harm | broken |\n");
        page.append("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        for (Competitor competitor : Competitor.values()) {
            Scoreboard.line(competitor, cases).ifPresent(this::row);
        }
    }

    private void row(Line line) {
        double[] m = line.means();
        page.append("| ").append(line.competitor().words());
        page.append(String.format(Locale.ROOT, " | %d | %.2f", line.cases(), m[0]));
        page.append(relative(line.reduction()));
        page.append(String.format(Locale.ROOT, " | %s | %.2f", line.change().words("%+.2f"), m[1]));
        page.append(relative(line.stftChange()));
        page.append(String.format(Locale.ROOT, " | %.2f", m[2]));
        page.append(relative(line.dynamicsChange()));
        page.append(
                String.format(
                        Locale.ROOT,
                        " | %.2f | %.2f | %.2f | %+.2f | %.0f %% | %.0f %% |\n",
                        m[3],
                        m[4],
                        m[5],
                        line.skill(),
                        100 * line.harm(),
                        100 * line.broken()));
    }

    /** Nothing where there was no error to begin with. */
    private static String relative(double change) {
        return Double.isFinite(change) && Math.abs(change) < 10.0
                ? String.format(Locale.ROOT, " (%+.0f %%)", 100 * change)
                : "";
    }

    private void differences() {
        List<Entry> cases = board.of(Family.TRAINED);
        if (cases.isEmpty()) {
            return;
        }
        page.append("\n## Lacquer against each competitor, faults as in training\n\n");
        page.append("Difference of the genre-named master, negative is better for Lacquer.\n\n");
        page.append("| against | third octave [95 %] | STFT [95 %] | dynamics [95 %] |\n");
        page.append("|---|---|---|---|\n");
        for (Competitor rival :
                List.of(
                        Competitor.NOTHING,
                        Competitor.FIXED,
                        Competitor.GENRE_CHAIN,
                        Competitor.FULL_MATCH,
                        Competitor.RIDGE)) {
            page.append("| ").append(rival.words()).append(" |");
            difference(rival, cases, Distances::thirdOctaveDb);
            difference(rival, cases, Distances::stftDb);
            difference(rival, cases, Distances::dynamicsDb);
            page.append('\n');
        }
    }

    /** What references with the hidden master's style are worth. */
    private void references() {
        List<Entry> cases = board.of(Family.STYLED);
        if (cases.isEmpty()) {
            return;
        }
        page.append("\n## Lacquer with references that share the hidden master's style\n\n");
        page.append("Against Lacquer with no target named, on the same mixes; skill is 1 − mean");
        page.append(" error / mean error with loudness only. Four references where the album has");
        page.append(" as many other tracks.\n\n| | n | skill without [95 %] | skill with [95 %] |");
        page.append(" third octave [95 %] |\n|---|---|---|---|---|\n");
        for (Competitor one :
                List.of(Competitor.REFERENCE, Competitor.REFERENCES, Competitor.FULL_MATCH)) {
            List<Entry> played = Scoreboard.playedBy(cases, one);
            if (played.isEmpty()) {
                continue;
            }
            page.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %d | %s | %s | %s |\n",
                            one.words(),
                            played.size(),
                            Scoreboard.skill(Competitor.AUTO, played).words("%.2f"),
                            Scoreboard.skill(one, played).words("%.2f"),
                            Scoreboard.difference(
                                            one, Competitor.AUTO, played, Distances::thirdOctaveDb)
                                    .words("%+.2f")));
        }
    }

    /** How often a master was rendered again with less, and what that was worth. */
    private void backingOff() {
        List<Entry> asked =
                board.entries().stream()
                        .filter(e -> e.of(Competitor.UNCHECKED).isPresent())
                        .toList();
        List<Entry> stepped =
                asked.stream()
                        .filter(e -> e.of(Competitor.AUTO).orElseThrow().share() < 1.0)
                        .toList();
        page.append("\n## Backing off\n\n");
        page.append(
                String.format(
                        Locale.ROOT,
                        "With no target named, %d of %d masters were rendered again with half of"
                                + " the moves or a quarter.",
                        stepped.size(),
                        asked.size()));
        if (!stepped.isEmpty()) {
            page.append(" Those mixes, with and without:\n\n");
            table(stepped);
        } else {
            page.append('\n');
        }
    }

    private void difference(
            Competitor rival, List<Entry> cases, ToDoubleFunction<Distances> figure) {
        page.append(' ')
                .append(
                        Scoreboard.difference(Competitor.GENRE, rival, cases, figure)
                                .words("%+.2f"))
                .append(" |");
    }

    /** Error after against error before, one dot a case, for three competitors. */
    private void plots(Path folder) throws IOException {
        List<Entry> cases = board.of(Family.TRAINED);
        if (cases.isEmpty()) {
            return;
        }
        Axis x = axis("third-octave error with loudness only, dB", 12.0);
        Axis y = axis("after mastering, dB", 12.0);
        List<Chart> charts = new ArrayList<>();
        for (Competitor competitor :
                List.of(Competitor.GENRE, Competitor.GENRE_CHAIN, Competitor.FULL_MATCH)) {
            List<Curve> curves = new ArrayList<>();
            curves.add(
                    new Curve(
                            "unchanged",
                            new double[] {0, 12},
                            new double[] {0, 12},
                            Pen.of(Ink.TARGET, 1.4).asDashed()));
            double[] dotX = new double[3 * cases.size()];
            double[] dotY = new double[3 * cases.size()];
            for (int i = 0; i < cases.size(); i++) {
                double before = Math.min(12.0, cases.get(i).untouchedDb());
                double after =
                        cases.get(i)
                                .of(competitor)
                                .map(o -> Math.min(12.0, o.distances().thirdOctaveDb()))
                                .orElse(Double.NaN);
                for (int k = 0; k < 3; k++) {
                    dotX[3 * i + k] = before;
                    dotY[3 * i + k] = k == 2 ? Double.NaN : after;
                }
            }
            curves.add(new Curve("", dotX, dotY, Pen.of(Ink.FIRST, 5.0)));
            charts.add(
                    new Chart(
                            competitor.words().replace("*", "")
                                    + ": dots below the line are better",
                            x,
                            y,
                            Optional.empty(),
                            curves));
        }
        Path file = folder.resolve(PICTURES).resolve("before-after.svg");
        Files.write(file, ChartFile.bytes(file, charts));
        page.append("\n![Third-octave error before and after, one dot a case, for Lacquer, the");
        page.append(" hand chain of the genre and a full match](");
        page.append(PICTURES).append("/before-after.svg)\n");
    }

    private static Axis axis(String title, double high) {
        List<Axis.Tick> ticks = new ArrayList<>();
        for (int t = 0; t <= high; t += 2) {
            ticks.add(new Axis.Tick(t, Integer.toString(t)));
        }
        return new Axis(title, 0.0, high, false, ticks);
    }

    private String json() {
        StringBuilder out = new StringBuilder("{\n  \"model\": \"");
        out.append(ModelManifest.shipped().sha256()).append("\",\n  \"figures\": [");
        out.append("\"thirdOctaveDb\", \"stftDb\", \"dynamicsDb\", \"widthDb\", \"plrDb\",");
        out.append(" \"loudnessRangeLu\"],\n  \"cases\": [\n");
        List<String> cases = new ArrayList<>();
        for (Entry entry : board.entries()) {
            List<String> results = new ArrayList<>();
            for (Outcome outcome : entry.outcomes()) {
                List<String> values = new ArrayList<>();
                for (double value : outcome.distances().values()) {
                    values.add(String.format(Locale.ROOT, "%.4f", value));
                }
                results.add(
                        String.format(
                                Locale.ROOT,
                                "\"%s\": {\"kept\": %s, \"share\": %.2f, \"distances\": [%s]}",
                                outcome.competitor().name().toLowerCase(Locale.ROOT),
                                outcome.kept(),
                                outcome.share(),
                                String.join(", ", values)));
            }
            cases.add(
                    String.format(
                            Locale.ROOT,
                            "    {\"track\": \"%s\", \"family\": \"%s\", \"draw\": %d, \"results\":"
                                    + " {%s}}",
                            entry.one().track().key().replace("\"", "\\\""),
                            entry.one().family().name().toLowerCase(Locale.ROOT),
                            entry.one().draw(),
                            String.join(", ", results)));
        }
        return out.append(String.join(",\n", cases)).append("\n  ]\n}\n").toString();
    }

    private void paragraph(String text) {
        if (!page.isEmpty()) {
            page.append('\n');
        }
        page.append(text.strip()).append('\n');
    }
}
