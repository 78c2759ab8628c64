// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.benchmarks.evaluation.Scoreboard.Entry;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What the project set out to reach, and what it did. */
final class GoalTable {
    private final Scoreboard board;
    private final StringBuilder out = new StringBuilder();

    GoalTable(Scoreboard board) {
        this.board = board;
    }

    /** Empty without faulty mixes or finished masters. */
    String text() {
        List<Entry> faulty = board.of(Family.TRAINED);
        List<Entry> finished = board.of(Family.FINISHED);
        if (faulty.isEmpty() || finished.isEmpty()) {
            return "";
        }
        out.append("\n## Against the goals\n\n");
        out.append("| | goal | reached [95 %] |\n|---|---|---|\n");
        List<Entry> heavy = Scoreboard.heavyThird(faulty);
        Competitor blind = Competitor.AUTO;
        reduction("third octave, no target", "−25 %", blind, faulty, Distances::thirdOctaveDb);
        reduction("its heavy third", "−45 %", blind, heavy, Distances::thirdOctaveDb);
        reduction("STFT, no target", "−28 %", blind, faulty, Distances::stftDb);
        reduction("dynamics, no target", "−5 %", blind, faulty, Distances::dynamicsDb);
        List<Entry> both = Stream.concat(faulty.stream(), finished.stream()).toList();
        for (Competitor one : List.of(blind, Competitor.GENRE)) {
            goal(
                    "harm, finished masters counted" + (one == blind ? "" : ", genre named"),
                    "at most 12 %",
                    Scoreboard.harm(one, both).percent().words("%.0f") + " %");
        }
        goal(
                "finished master moved",
                "at most 0.7 dB",
                Scoreboard.mean(blind, finished, Distances::thirdOctaveDb).words("%.2f") + " dB");
        original("third octave", "0.50", faulty, Distances::thirdOctaveDb);
        original("STFT", "0.80", faulty, Distances::stftDb);
        original("dynamics", "0.27", faulty, Distances::dynamicsDb);
        List<Entry> styled = board.of(Family.STYLED);
        styled("one reference", ".22", Competitor.REFERENCE, styled);
        styled("four references", ".30", Competitor.REFERENCES, styled);
        return out.toString();
    }

    private void reduction(
            String what,
            String wanted,
            Competitor competitor,
            List<Entry> cases,
            ToDoubleFunction<Distances> figure) {
        goal(
                what,
                wanted,
                Scoreboard.reduction(competitor, cases, figure).percent().words("%+.0f") + " %");
    }

    private void original(
            String what, String wanted, List<Entry> cases, ToDoubleFunction<Distances> figure) {
        goal(
                what + ", the hidden original as reference",
                "at most " + wanted + " dB",
                Scoreboard.mean(Competitor.ORIGINAL, cases, figure).words("%.2f") + " dB");
    }

    private void styled(String what, String wanted, Competitor competitor, List<Entry> cases) {
        List<Entry> played = Scoreboard.playedBy(cases, competitor);
        if (!played.isEmpty()) {
            goal(
                    "skill with " + what + " of the hidden style",
                    "at least " + wanted,
                    Scoreboard.skill(competitor, played).words("%.2f"));
        }
    }

    private void goal(String what, String wanted, String reached) {
        out.append("| ").append(what).append(" | ").append(wanted);
        out.append(" | ").append(reached).append(" |\n");
    }
}
