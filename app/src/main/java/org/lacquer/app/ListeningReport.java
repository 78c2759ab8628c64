// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.comparison.listening.AbxPair;
import org.lacquer.comparison.listening.ListeningSummary;
import org.lacquer.comparison.listening.PreferencePair;
import org.lacquer.comparison.listening.PreferenceWins;
import org.lacquer.comparison.listening.RatedDifference;
import org.lacquer.comparison.listening.RatedStimulus;
import org.lacquer.comparison.listening.ScreenedListener;
import org.lacquer.comparison.statistics.AbxScore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What several listeners said, as tables and as JSON. */
final class ListeningReport {
    private ListeningReport() {}

    static TextPage page(ListeningSummary summary) {
        TextPage page = new TextPage("Blind listening");
        page.words(summary.sessions() + " sessions. Intervals are 95 %; p (Holm) is corrected.");
        if (!summary.abx().isEmpty()) {
            abx(page, summary.abx());
        }
        if (!summary.preferences().isEmpty()) {
            preferences(page, summary);
        }
        if (!summary.screening().isEmpty()) {
            ratings(page, summary);
        }
        return page;
    }

    private static void abx(TextPage page, List<AbxPair> pairs) {
        List<List<String>> rows = new ArrayList<>();
        for (AbxPair pair : pairs) {
            String names = pair.first() + " : " + pair.second();
            rows.add(abxRow(names, "all", pair.score(), pair.correctedP()));
            if (pair.listeners().size() > 1) {
                pair.listeners()
                        .forEach(
                                one ->
                                        rows.add(
                                                abxRow(
                                                        names,
                                                        one.name(),
                                                        one.score(),
                                                        one.correctedP())));
            }
        }
        page.heading("ABX")
                .words(
                        "Exact binomial test against guessing, one-sided; sensitivity d′ after"
                                + " Macmillan and Creelman, independent observations.")
                .table(
                        TextPage.row(
                                "pair",
                                "listener",
                                "right",
                                "of",
                                "share",
                                "interval",
                                "p",
                                "p (Holm)",
                                "d′"),
                        rows);
    }

    private static List<String> abxRow(
            String pair, String listener, AbxScore score, double corrected) {
        return TextPage.row(
                pair,
                listener,
                String.valueOf(score.correct().count()),
                String.valueOf(score.correct().total()),
                StatisticsText.percent(score.correct().share()),
                StatisticsText.percent(score.correct().interval()),
                StatisticsText.pText(score.pValue()),
                StatisticsText.pText(corrected),
                Figure.text(score.dPrime(), 2));
    }

    private static void preferences(TextPage page, ListeningSummary summary) {
        List<List<String>> rows = new ArrayList<>();
        for (PreferencePair pair : summary.preferences()) {
            int first = pair.firstPreferred().count();
            rows.add(
                    TextPage.row(
                            pair.first() + " : " + pair.second(),
                            first + " : " + (pair.firstPreferred().total() - first),
                            String.valueOf(pair.undecided()),
                            StatisticsText.percent(pair.firstPreferred().share()),
                            StatisticsText.percent(pair.firstPreferred().interval()),
                            StatisticsText.pText(pair.pValue()),
                            StatisticsText.pText(pair.correctedP())));
        }
        List<List<String>> wins = new ArrayList<>();
        for (PreferenceWins one : summary.wins()) {
            wins.add(
                    TextPage.row(
                            one.name(),
                            Figure.text(one.won(), 1),
                            String.valueOf(one.total()),
                            StatisticsText.percent(one.won() / one.total()),
                            StatisticsText.percent(one.strength())));
        }
        page.heading("Paired preference")
                .words(
                        "Exact binomial test of the decided answers against equal preference,"
                                + " two-sided.")
                .table(
                        TextPage.row(
                                "pair",
                                "preferred",
                                "neither",
                                "share of the first",
                                "interval",
                                "p",
                                "p (Holm)"),
                        rows)
                .words(
                        "No preference counts half. Strength: chance of being chosen among all, by"
                                + " the model of Bradley and Terry.")
                .table(TextPage.row("version", "won", "of", "share", "strength"), wins);
    }

    private static void ratings(TextPage page, ListeningSummary summary) {
        page.heading("Rating");
        for (ScreenedListener one : summary.screening()) {
            if (one.excluded()) {
                page.words(
                        one.listener()
                                + " is left out: hidden reference below 90 in "
                                + one.referenceLow()
                                + " of "
                                + one.trials()
                                + " trials, 7 kHz anchor above 90 in "
                                + one.anchorHigh()
                                + " (ITU-R BS.1534-3).");
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (RatedStimulus one : summary.ratings()) {
            rows.add(
                    TextPage.row(
                            one.stimulus().name(),
                            one.stimulus().kind().key(),
                            String.valueOf(one.ratings().count()),
                            Figure.text(one.ratings().median(), 1),
                            Figure.text(one.ratings().lowerQuartile(), 1)
                                    + " to "
                                    + Figure.text(one.ratings().upperQuartile(), 1),
                            Figure.text(one.ratings().mean(), 1),
                            StatisticsText.text(one.ratings().meanInterval(), 1)));
        }
        List<List<String>> differences = new ArrayList<>();
        for (RatedDifference one : summary.differences()) {
            differences.add(
                    TextPage.row(
                            one.first() + " − " + one.second(),
                            String.valueOf(one.difference().spread().count()),
                            Figure.text(one.difference().spread().mean(), 1),
                            StatisticsText.text(one.difference().meanInterval(), 1),
                            StatisticsText.pText(one.difference().test().pValue()),
                            StatisticsText.pText(one.correctedP())));
        }
        page.table(
                        TextPage.row(
                                "signal",
                                "is",
                                "ratings",
                                "median",
                                "quartiles",
                                "mean",
                                "interval"),
                        rows)
                .table(
                        TextPage.row(
                                "difference",
                                "trials",
                                "mean",
                                "bootstrap interval",
                                "p Wilcoxon",
                                "p (Holm)"),
                        differences);
    }

    static Map<String, Object> json(Object file, ListeningSummary summary) {
        Map<String, Object> object = Json.object(file);
        object.put("sessions", summary.sessions());
        object.put("abx", summary.abx().stream().map(ListeningReport::abxJson).toList());
        object.put(
                "preferences",
                summary.preferences().stream().map(ListeningReport::preferenceJson).toList());
        object.put("wins", summary.wins().stream().map(ListeningReport::winsJson).toList());
        object.put("ratings", summary.ratings().stream().map(ListeningReport::ratedJson).toList());
        object.put(
                "differences",
                summary.differences().stream().map(ListeningReport::differenceJson).toList());
        object.put(
                "screening",
                summary.screening().stream().map(ListeningReport::screenedJson).toList());
        return object;
    }

    private static Map<String, Object> abxJson(AbxPair pair) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("first", pair.first());
        object.put("second", pair.second());
        object.putAll(scoreJson(pair.score(), pair.correctedP()));
        object.put(
                "listeners",
                pair.listeners().stream()
                        .map(
                                one -> {
                                    Map<String, Object> listener = new LinkedHashMap<>();
                                    listener.put("name", one.name());
                                    listener.putAll(scoreJson(one.score(), one.correctedP()));
                                    return listener;
                                })
                        .toList());
        return object;
    }

    private static Map<String, Object> scoreJson(AbxScore score, double corrected) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("correct", StatisticsText.json(score.correct()));
        object.put("p", StatisticsText.p(score.pValue()));
        object.put("correctedP", StatisticsText.p(corrected));
        object.put("dPrime", Figure.rounded(score.dPrime()));
        object.put("dPrimeInterval", StatisticsText.json(score.dPrimeInterval()));
        return object;
    }

    private static Map<String, Object> preferenceJson(PreferencePair pair) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("first", pair.first());
        object.put("second", pair.second());
        object.put("firstPreferred", StatisticsText.json(pair.firstPreferred()));
        object.put("undecided", pair.undecided());
        object.put("p", StatisticsText.p(pair.pValue()));
        object.put("correctedP", StatisticsText.p(pair.correctedP()));
        return object;
    }

    private static Map<String, Object> winsJson(PreferenceWins wins) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", wins.name());
        object.put("won", wins.won());
        object.put("total", wins.total());
        object.put("strength", Figure.rounded(wins.strength()));
        return object;
    }

    private static Map<String, Object> ratedJson(RatedStimulus rated) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", rated.stimulus().name());
        object.put("kind", rated.stimulus().kind().key());
        object.putAll(StatisticsText.json(rated.ratings()));
        return object;
    }

    private static Map<String, Object> differenceJson(RatedDifference rated) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("first", rated.first());
        object.put("second", rated.second());
        object.put("count", rated.difference().spread().count());
        object.put("mean", Figure.rounded(rated.difference().spread().mean()));
        object.put("meanInterval", StatisticsText.json(rated.difference().meanInterval()));
        object.put("test", StatisticsText.json(rated.difference().test()));
        object.put("correctedP", StatisticsText.p(rated.correctedP()));
        return object;
    }

    private static Map<String, Object> screenedJson(ScreenedListener one) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("listener", one.listener());
        object.put("trials", one.trials());
        object.put("referenceLow", one.referenceLow());
        object.put("anchorHigh", one.anchorHigh());
        object.put("excluded", one.excluded());
        return object;
    }
}
