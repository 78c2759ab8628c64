// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.training.corpus.Track;
import org.lacquer.training.score.Bootstrap;
import org.lacquer.training.score.Estimate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** All outcomes, and what they come to. */
final class Scoreboard {
    /** Worse than untouched by more than this is harm, dB of third-octave error. */
    static final double HARM_DB = 0.3;

    private static final double SMALLEST_ERROR_DB = 0.5;

    /** One case and its outcomes. */
    record Entry(CaseName one, List<Outcome> outcomes) {
        Optional<Outcome> of(Competitor competitor) {
            return outcomes.stream().filter(o -> o.competitor() == competitor).findFirst();
        }

        double untouchedDb() {
            return of(Competitor.NOTHING).orElseThrow().distances().thirdOctaveDb();
        }
    }

    /**
     * A competitor on some cases.
     *
     * @param means of the six distances
     * @param skill mean of 1 − error / error untouched, from third octaves
     * @param change of the third-octave error against loudness only, albums drawn whole
     * @param stftChange relative, of the STFT error against loudness only
     * @param broken share of masters that missed loudness, ceiling or length
     */
    record Line(
            Competitor competitor,
            int cases,
            double[] means,
            double reduction,
            double stftChange,
            double dynamicsChange,
            double skill,
            Estimate change,
            double harm,
            double broken) {}

    private final List<Track> tracks;
    private final List<Entry> entries = new ArrayList<>();

    Scoreboard(List<Track> tracks) {
        this.tracks = List.copyOf(tracks);
    }

    void add(CaseName one, List<Outcome> outcomes) {
        entries.add(new Entry(one, outcomes));
    }

    List<Track> tracks() {
        return tracks;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    List<Entry> of(Family family) {
        return entries.stream().filter(e -> e.one().family() == family).toList();
    }

    /** The third of the cases with the largest untouched error. */
    static List<Entry> heavyThird(List<Entry> cases) {
        return cases.stream()
                .sorted((a, b) -> Double.compare(b.untouchedDb(), a.untouchedDb()))
                .limit(Math.max(1, cases.size() / 3))
                .toList();
    }

    static Optional<Line> line(Competitor competitor, List<Entry> cases) {
        List<Entry> played = playedBy(cases, competitor);
        if (played.isEmpty()) {
            return Optional.empty();
        }
        int n = played.size();
        double[] means = new double[6];
        double[] untouched = new double[6];
        double[] changes = new double[n];
        double skill = 0.0;
        double harm = 0.0;
        double broken = 0.0;
        for (int i = 0; i < n; i++) {
            Outcome outcome = played.get(i).of(competitor).orElseThrow();
            Outcome nothing = played.get(i).of(Competitor.NOTHING).orElseThrow();
            double[] is = outcome.distances().values();
            double[] was = nothing.distances().values();
            for (int m = 0; m < means.length; m++) {
                means[m] += is[m] / n;
                untouched[m] += was[m] / n;
            }
            changes[i] = is[0] - was[0];
            skill += (1.0 - is[0] / Math.max(was[0], SMALLEST_ERROR_DB)) / n;
            harm += changes[i] > HARM_DB ? 1.0 / n : 0.0;
            broken += outcome.kept() ? 0.0 : 1.0 / n;
        }
        return Optional.of(
                new Line(
                        competitor,
                        n,
                        means,
                        means[0] / untouched[0] - 1.0,
                        means[1] / untouched[1] - 1.0,
                        means[2] / untouched[2] - 1.0,
                        skill,
                        estimate(played, changes),
                        harm,
                        broken));
    }

    /** Paired difference of a figure between two competitors. */
    static Estimate difference(
            Competitor a, Competitor b, List<Entry> cases, ToDoubleFunction<Distances> figure) {
        List<Entry> both = playedBy(playedBy(cases, a), b);
        return estimate(both, minus(figures(both, a, figure), figures(both, b, figure)));
    }

    /** Mean of a figure. */
    static Estimate mean(
            Competitor competitor, List<Entry> cases, ToDoubleFunction<Distances> figure) {
        List<Entry> played = playedBy(cases, competitor);
        return estimate(played, figures(played, competitor, figure));
    }

    /** Relative change of a figure against loudness only. */
    static Estimate reduction(
            Competitor competitor, List<Entry> cases, ToDoubleFunction<Distances> figure) {
        List<Entry> played = playedBy(cases, competitor);
        double[] was = figures(played, Competitor.NOTHING, figure);
        return Bootstrap.ofRatio(
                minus(figures(played, competitor, figure), was), was, albums(played), 1);
    }

    /** 1 − error / error with loudness only, of third octaves. */
    static Estimate skill(Competitor competitor, List<Entry> cases) {
        Estimate change = reduction(competitor, cases, Distances::thirdOctaveDb);
        return new Estimate(-change.value(), -change.high(), -change.low());
    }

    /** Share of cases that were harmed. */
    static Estimate harm(Competitor competitor, List<Entry> cases) {
        List<Entry> played = playedBy(cases, competitor);
        double[] change =
                minus(
                        figures(played, competitor, Distances::thirdOctaveDb),
                        figures(played, Competitor.NOTHING, Distances::thirdOctaveDb));
        return estimate(played, Arrays.stream(change).map(c -> c > HARM_DB ? 1.0 : 0.0).toArray());
    }

    static List<Entry> playedBy(List<Entry> cases, Competitor competitor) {
        return cases.stream().filter(e -> e.of(competitor).isPresent()).toList();
    }

    private static double[] figures(
            List<Entry> cases, Competitor competitor, ToDoubleFunction<Distances> figure) {
        return cases.stream()
                .mapToDouble(e -> figure.applyAsDouble(e.of(competitor).orElseThrow().distances()))
                .toArray();
    }

    private static double[] minus(double[] from, double[] values) {
        double[] out = new double[from.length];
        Arrays.setAll(out, i -> from[i] - values[i]);
        return out;
    }

    private static Estimate estimate(List<Entry> cases, double[] values) {
        return Bootstrap.ofMean(values, albums(cases), 1);
    }

    private static List<String> albums(List<Entry> cases) {
        return cases.stream().map(e -> e.one().track().packageName()).toList();
    }
}
