// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.comparison.Alignment;
import org.lacquer.comparison.Candidate;
import org.lacquer.comparison.Comparison;
import org.lacquer.comparison.Criterion;
import org.lacquer.comparison.Explained;
import org.lacquer.comparison.PlainWords;
import org.lacquer.comparison.Playback;
import org.lacquer.comparison.Ranking;
import org.lacquer.engine.PlanYaml;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code compare} says at its end, to people and to scripts. */
final class ComparisonReport {
    private static final int LABEL_WIDTH = 38;
    private static final int COLUMN_WIDTH = 12;

    private ComparisonReport() {}

    static String text(Terminal terminal, Comparison comparison, Path folder) {
        List<String> lines = new ArrayList<>();
        lines.add(
                terminal.bold(comparison.mix().toString())
                        + terminal.faint(
                                "   tone against "
                                        + comparison.target().name()
                                        + ", listening at "
                                        + Figure.text(comparison.matchedLufs(), 1)
                                        + " LUFS"));
        lines.add("");
        StringBuilder head = new StringBuilder("  " + " ".repeat(LABEL_WIDTH + 5));
        for (Candidate candidate : comparison.candidates()) {
            head.append(column(candidate.name()));
        }
        lines.add(terminal.faint(head.toString()));
        for (Criterion criterion : Criterion.values()) {
            lines.add(row(terminal, comparison, criterion));
        }
        lines.add("");
        for (Candidate candidate : comparison.candidates()) {
            String words = String.join(" ", PlainWords.of(candidate, comparison.reference()));
            lines.addAll(
                    Paragraph.lines(
                            String.format(Locale.ROOT, "  %-12s ", candidate.name()), words));
        }
        lines.add("");
        lines.add(
                terminal.faint(
                        "  * best, or tied with the best; players and plots: "
                                + folder.resolve(CompareCommand.PAGE)));
        return String.join("\n", lines);
    }

    private static String row(Terminal terminal, Comparison comparison, Criterion criterion) {
        StringBuilder line =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "  %-" + LABEL_WIDTH + "s %-4s",
                                shortened(criterion.label()),
                                criterion.unit()));
        for (Candidate candidate : comparison.candidates()) {
            boolean best = rank(comparison, criterion, candidate) == 1;
            String figure = Figure.text(criterion.of(candidate), digits(criterion));
            line.append(column(best ? "*" + figure : figure));
        }
        return criterion.direction() == Criterion.Direction.NEITHER
                ? terminal.faint(line.toString())
                : line.toString();
    }

    private static String shortened(String label) {
        return label.length() <= LABEL_WIDTH ? label : label.substring(0, LABEL_WIDTH - 1) + "…";
    }

    private static String column(String text) {
        String fitting =
                text.length() < COLUMN_WIDTH ? text : text.substring(0, COLUMN_WIDTH - 2) + "…";
        return String.format(Locale.ROOT, "%" + COLUMN_WIDTH + "s", fitting);
    }

    static int digits(Criterion criterion) {
        return criterion == Criterion.INSIDE || criterion == Criterion.TRANSLATION ? 0 : 1;
    }

    /** 0 when the criterion is not ranked, or the figure is not defined, or all tie. */
    static int rank(Comparison comparison, Criterion criterion, Candidate candidate) {
        return comparison.rankings().stream()
                .filter(ranking -> ranking.criterion() == criterion && !ranking.tied())
                .flatMap(ranking -> ranking.places().stream())
                .filter(place -> place.candidate().equals(candidate.name()))
                .mapToInt(Ranking.Place::rank)
                .findFirst()
                .orElse(0);
    }

    /**
     * @param recovered what was done to get the masters, by the name of the candidate
     */
    static String json(Comparison comparison, Map<String, Explained> recovered, Path folder) {
        Map<String, Object> object = Json.object(comparison.mix());
        object.put("report", folder.resolve(CompareCommand.PAGE).toString());
        object.put("target", comparison.target().name());
        object.put("matchedLufs", Figure.rounded(comparison.matchedLufs()));
        object.put(
                "candidates",
                comparison.candidates().stream()
                        .map(
                                candidate ->
                                        candidateJson(
                                                candidate,
                                                comparison.reference(),
                                                Optional.ofNullable(
                                                        recovered.get(candidate.name()))))
                        .toList());
        object.put(
                "rankings",
                comparison.rankings().stream().map(ComparisonReport::rankingJson).toList());
        return Json.line(object);
    }

    private static Map<String, Object> candidateJson(
            Candidate candidate, Candidate mix, Optional<Explained> recovered) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", candidate.name());
        object.put("kind", candidate.kind().name().toLowerCase(Locale.ROOT));
        object.put("file", candidate.file().toString());
        object.put("figures", Figure.json(candidate.delivered()));
        object.put(
                "criteria",
                Arrays.stream(Criterion.values())
                        .collect(
                                Collectors.toMap(
                                        Criterion::key,
                                        criterion -> Figure.rounded(criterion.of(candidate)),
                                        (a, b) -> a,
                                        LinkedHashMap::new)));
        object.put("matchGainDb", Figure.rounded(candidate.matchGainDb()));
        object.put("alignment", candidate.alignment().map(ComparisonReport::alignmentJson));
        object.put(
                "playback",
                candidate.playback().stream().map(ComparisonReport::playbackJson).toList());
        object.put("translation", DeviceTable.json(candidate));
        object.put("words", PlainWords.of(candidate, mix));
        object.put(
                "plan",
                candidate
                        .plan()
                        .map(
                                plan ->
                                        new Load(LoadSettings.builder().build())
                                                .loadFromString(PlanYaml.write(plan))));
        object.put(
                "explanation", recovered.map(found -> ExplanationReport.json(found.explanation())));
        return object;
    }

    static Map<String, Object> alignmentJson(Alignment alignment) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("offsetFrames", Figure.rounded(alignment.offsetFrames()));
        object.put("driftPpm", Figure.rounded(alignment.driftPpm()));
        object.put("inverted", alignment.inverted());
        object.put("confidence", Figure.rounded(alignment.confidence()));
        return object;
    }

    private static Map<String, Object> playbackJson(Playback playback) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("platform", playback.platform());
        object.put("gainDb", Figure.rounded(playback.gainDb()));
        object.put("playedLufs", Figure.rounded(playback.playedLufs()));
        object.put("ceilingMet", playback.ceilingMet());
        return object;
    }

    private static Map<String, Object> rankingJson(Ranking ranking) {
        Map<String, Object> object = new LinkedHashMap<>();
        Criterion criterion = ranking.criterion();
        object.put("criterion", criterion.key());
        object.put("unit", criterion.unit());
        object.put("better", criterion.direction().name().toLowerCase(Locale.ROOT));
        object.put("repeatability", criterion.repeatability());
        object.put("tied", ranking.tied());
        object.put(
                "places",
                ranking.places().stream()
                        .map(
                                place -> {
                                    Map<String, Object> one = new LinkedHashMap<>();
                                    one.put("candidate", place.candidate());
                                    one.put("value", Figure.rounded(place.value()));
                                    one.put("rank", place.rank());
                                    return one;
                                })
                        .toList());
        return object;
    }
}
