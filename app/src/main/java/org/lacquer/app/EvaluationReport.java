// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.comparison.Criterion;
import org.lacquer.comparison.evaluation.CandidatePair;
import org.lacquer.comparison.evaluation.CandidatePair.CriterionDifference;
import org.lacquer.comparison.evaluation.Evaluation;
import org.lacquer.comparison.evaluation.FigureSummary;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An evaluation as tables that a paper could print, in words, and as JSON. */
final class EvaluationReport {
    private static final double LEVEL = 0.05;

    private EvaluationReport() {}

    /** A song that could not be evaluated. */
    record Broken(Path song, Problem problem) {}

    // For people

    static TextPage page(Evaluation evaluation, List<Broken> broken) {
        TextPage page = new TextPage("Evaluation");
        page.words(inShort(evaluation, broken));
        if (evaluation.songs().isEmpty()) {
            return page;
        }
        sentences(evaluation).forEach(page::words);
        page.heading("Means")
                .words(
                        "Over all songs, with the 95 % interval of the mean (bias-corrected and"
                                + " accelerated bootstrap, songs drawn 10,000 times, seeded).");
        means(page, evaluation.candidates(), evaluation.figures());
        page.heading("Pairs")
                .words(
                        "Difference of the first to the second, paired by song. p: Wilcoxon's"
                            + " signed-rank test, two-sided; exact up to 50 songs without ties. p"
                            + " (Holm) is corrected for the number of pairs that a criterion is"
                            + " asked of. Better, tie and worse count songs for the first; a tie is"
                            + " a difference below what the figure repeats to. Criteria that are a"
                            + " matter of taste have no better.");
        for (CandidatePair pair : evaluation.pairs()) {
            page.subheading(pair.first() + " − " + pair.second() + ", " + songs(pair.songs()));
            page.table(
                    TextPage.row(
                            "criterion",
                            "unit",
                            "mean",
                            "95 % interval",
                            "median",
                            "p",
                            "p (Holm)",
                            "better",
                            "tie",
                            "worse"),
                    pair.differences().stream().map(EvaluationReport::differenceRow).toList());
        }
        page.heading("By genre");
        for (Evaluation.Genre genre : evaluation.genres()) {
            page.subheading(genre.name() + ", " + songs(genre.songs()));
            means(page, evaluation.candidates(), genre.figures());
        }
        if (!broken.isEmpty()) {
            page.heading("Left out")
                    .table(
                            TextPage.row("song", "why"),
                            broken.stream()
                                    .map(
                                            one ->
                                                    TextPage.row(
                                                            Formats.nameOf(one.song()),
                                                            one.problem().message()))
                                    .toList());
        }
        page.heading("Criteria")
                .table(
                        TextPage.row("criterion", "better", "meaning"),
                        Arrays.stream(Criterion.values())
                                .map(
                                        criterion ->
                                                TextPage.row(
                                                        criterion.label(),
                                                        direction(criterion),
                                                        criterion.meaning()))
                                .toList());
        return page;
    }

    private static void means(TextPage page, List<String> candidates, List<FigureSummary> figures) {
        List<String> head = new ArrayList<>(List.of("criterion", "unit"));
        head.addAll(candidates);
        List<List<String>> rows = new ArrayList<>();
        for (Criterion criterion : Criterion.values()) {
            List<String> row = new ArrayList<>(List.of(criterion.label(), criterion.unit()));
            figures.stream()
                    .filter(figure -> figure.criterion() == criterion)
                    .forEach(figure -> row.add(mean(figure)));
            rows.add(row);
        }
        page.table(head, rows);
    }

    private static String mean(FigureSummary figure) {
        String mean = Figure.text(figure.spread().mean(), digits(figure.criterion()));
        return figure.spread().count() < 2
                ? mean
                : mean
                        + " ("
                        + StatisticsText.text(figure.meanInterval(), digits(figure.criterion()))
                        + ")";
    }

    private static List<String> differenceRow(CriterionDifference one) {
        int digits = digits(one.criterion());
        boolean ranked = one.criterion().direction() != Criterion.Direction.NEITHER;
        return TextPage.row(
                one.criterion().label(),
                one.criterion().unit(),
                Figure.text(one.difference().spread().mean(), digits),
                StatisticsText.text(one.difference().meanInterval(), digits),
                Figure.text(one.difference().spread().median(), digits),
                StatisticsText.pText(one.difference().test().pValue()),
                StatisticsText.pText(one.correctedP()),
                ranked ? String.valueOf(one.firstBetter()) : "–",
                ranked ? String.valueOf(one.ties()) : "–",
                ranked ? String.valueOf(one.secondBetter()) : "–");
    }

    private static int digits(Criterion criterion) {
        return criterion == Criterion.INSIDE ? 1 : 2;
    }

    private static String direction(Criterion criterion) {
        return switch (criterion.direction()) {
            case LOWER -> "lower";
            case HIGHER -> "higher";
            case NEARER_ZERO -> "nearer to zero";
            case NEITHER -> "a matter of taste";
        };
    }

    private static String songs(int count) {
        return count == 1 ? "1 song" : count + " songs";
    }

    private static String inShort(Evaluation evaluation, List<Broken> broken) {
        int genres = evaluation.genres().size();
        return songs(evaluation.songs().size())
                + (genres > 1 ? " of " + genres + " genres" : "")
                + ", "
                + evaluation.candidates().size()
                + " candidates"
                + (broken.isEmpty() ? "" : "; " + songs(broken.size()) + " left out")
                + ".";
    }

    /** What was shown about pairs with {@code ai} in ranked criteria. */
    private static List<String> sentences(Evaluation evaluation) {
        List<String> list = new ArrayList<>();
        for (CandidatePair pair : evaluation.pairs()) {
            if (!pair.first().equals("ai")) {
                continue;
            }
            String better = shown(pair, true);
            String worse = shown(pair, false);
            String versus = "ai against " + pair.second() + " (" + songs(pair.songs()) + "): ";
            if (better.isEmpty() && worse.isEmpty()) {
                list.add(versus + "no difference was shown in any ranked criterion.");
            } else {
                list.add(
                        versus
                                + (better.isEmpty() ? "" : "better in " + better)
                                + (better.isEmpty() || worse.isEmpty() ? "" : "; ")
                                + (worse.isEmpty() ? "" : "worse in " + worse)
                                + ".");
            }
        }
        return list;
    }

    private static String shown(CandidatePair pair, boolean better) {
        return pair.differences().stream()
                .filter(one -> one.criterion().direction() != Criterion.Direction.NEITHER)
                .filter(one -> one.correctedP() < LEVEL)
                .filter(
                        one ->
                                better
                                        ? one.firstBetter() > one.secondBetter()
                                        : one.secondBetter() > one.firstBetter())
                .map(
                        one ->
                                one.criterion().label().toLowerCase(Locale.ROOT)
                                        + " ("
                                        + Figure.text(
                                                one.difference().spread().mean(),
                                                digits(one.criterion()))
                                        + " "
                                        + one.criterion().unit()
                                        + ", p "
                                        + (one.correctedP() < 0.0001
                                                ? "< 0.0001"
                                                : "= " + Figure.text(one.correctedP(), 4))
                                        + ")")
                .collect(Collectors.joining(", "));
    }

    /** What the terminal shows. */
    static String text(Evaluation evaluation, List<Broken> broken, Path out) {
        List<String> lines = new ArrayList<>(List.of(inShort(evaluation, broken)));
        lines.addAll(sentences(evaluation));
        lines.add("Tables: " + out.resolve(EvaluateCommand.NAME + ".html"));
        return String.join("\n", lines);
    }

    // For scripts

    static Map<String, Object> json(Path songs, Evaluation evaluation, List<Broken> broken) {
        Map<String, Object> object = Json.object(songs);
        object.put("songs", evaluation.songs().size());
        object.put("candidates", evaluation.candidates());
        object.put("figures", figuresJson(evaluation.figures()));
        object.put("pairs", evaluation.pairs().stream().map(EvaluationReport::pairJson).toList());
        object.put(
                "genres",
                evaluation.genres().stream()
                        .map(
                                genre -> {
                                    Map<String, Object> one = new LinkedHashMap<>();
                                    one.put("name", genre.name());
                                    one.put("songs", genre.songs());
                                    one.put("figures", figuresJson(genre.figures()));
                                    return one;
                                })
                        .toList());
        object.put(
                "leftOut",
                broken.stream()
                        .map(
                                one -> {
                                    Map<String, Object> song = new LinkedHashMap<>();
                                    song.put("file", one.song().toString());
                                    song.put("code", one.problem().code());
                                    song.put("message", one.problem().message());
                                    return song;
                                })
                        .toList());
        return object;
    }

    private static List<Map<String, Object>> figuresJson(List<FigureSummary> figures) {
        return figures.stream()
                .map(
                        figure -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("criterion", figure.criterion().key());
                            one.put("candidate", figure.candidate());
                            one.putAll(StatisticsText.json(figure.spread()));
                            one.put("meanInterval", StatisticsText.json(figure.meanInterval()));
                            return one;
                        })
                .toList();
    }

    private static Map<String, Object> pairJson(CandidatePair pair) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("first", pair.first());
        object.put("second", pair.second());
        object.put("songs", pair.songs());
        object.put(
                "differences",
                pair.differences().stream()
                        .map(
                                one -> {
                                    Map<String, Object> line = new LinkedHashMap<>();
                                    line.put("criterion", one.criterion().key());
                                    line.putAll(StatisticsText.json(one.difference().spread()));
                                    line.put(
                                            "meanInterval",
                                            StatisticsText.json(one.difference().meanInterval()));
                                    line.put("test", StatisticsText.json(one.difference().test()));
                                    line.put("correctedP", StatisticsText.p(one.correctedP()));
                                    line.put("firstBetter", one.firstBetter());
                                    line.put("ties", one.ties());
                                    line.put("secondBetter", one.secondBetter());
                                    return line;
                                })
                        .toList());
        return object;
    }
}
