// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

import org.lacquer.comparison.statistics.Holm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What sessions say together. A session that is given twice counts once; candidates of several
 * songs are the same when their names are.
 *
 * <p>Intervals and p-values treat answers as independent: they speak about these listeners and
 * songs. p-values of several pairs are corrected after Holm.
 *
 * @param sessions that counted
 * @param abx by pair
 * @param preferences by pair
 * @param wins of preferences, by candidate, the most preferred first
 * @param ratings by stimulus, the highest median first
 * @param differences of ratings, by pair of candidates
 * @param screening of the listeners who rated
 */
public record ListeningSummary(
        int sessions,
        List<AbxPair> abx,
        List<PreferencePair> preferences,
        List<PreferenceWins> wins,
        List<RatedStimulus> ratings,
        List<RatedDifference> differences,
        List<ScreenedListener> screening) {
    public ListeningSummary {
        abx = List.copyOf(abx);
        preferences = List.copyOf(preferences);
        wins = List.copyOf(wins);
        ratings = List.copyOf(ratings);
        differences = List.copyOf(differences);
        screening = List.copyOf(screening);
    }

    /** Two names in alphabetical order. */
    record Pair(String first, String second) implements Comparable<Pair> {
        static Pair of(String one, String other) {
            return one.compareTo(other) <= 0 ? new Pair(one, other) : new Pair(other, one);
        }

        @Override
        public int compareTo(Pair other) {
            int byFirst = first.compareTo(other.first);
            return byFirst != 0 ? byFirst : second.compareTo(other.second);
        }
    }

    public static ListeningSummary of(List<ListeningSession> all) {
        Map<String, ListeningSession> byId = new LinkedHashMap<>();
        all.forEach(session -> byId.putIfAbsent(session.id(), session));
        Collection<ListeningSession> sessions = byId.values();
        List<PreferencePair> preferences = preferences(sessions);
        List<ScreenedListener> screening = ScreenedListener.screen(sessions);
        List<ListeningSession> kept =
                sessions.stream()
                        .filter(
                                session ->
                                        screening.stream()
                                                .filter(ScreenedListener::excluded)
                                                .noneMatch(
                                                        out ->
                                                                out.listener()
                                                                        .equals(
                                                                                session
                                                                                        .listener())))
                        .toList();
        return new ListeningSummary(
                sessions.size(),
                abx(sessions),
                preferences,
                PreferenceWins.of(preferences),
                RatedStimulus.all(kept),
                RatedDifference.all(kept),
                screening);
    }

    private static List<AbxPair> abx(Collection<ListeningSession> sessions) {
        Map<Pair, Map<String, int[]>> counts = new TreeMap<>();
        for (ListeningSession session : sessions) {
            for (Answer answer : session.answers()) {
                if (answer instanceof Answer.Abx trial) {
                    int[] count =
                            counts.computeIfAbsent(
                                            Pair.of(trial.first(), trial.second()),
                                            pair -> new TreeMap<>())
                                    .computeIfAbsent(session.listener(), name -> new int[2]);
                    count[0] += trial.correct() ? 1 : 0;
                    count[1]++;
                }
            }
        }
        List<AbxPair> pairs = new ArrayList<>();
        counts.forEach((pair, listeners) -> pairs.add(AbxPair.of(pair, listeners)));
        double[] corrected =
                Holm.adjust(pairs.stream().mapToDouble(one -> one.score().pValue()).toArray());
        for (int i = 0; i < corrected.length; i++) {
            pairs.set(i, pairs.get(i).withCorrectedP(corrected[i]));
        }
        return pairs;
    }

    private static List<PreferencePair> preferences(Collection<ListeningSession> sessions) {
        Map<Pair, int[]> counts = new TreeMap<>();
        for (ListeningSession session : sessions) {
            for (Answer answer : session.answers()) {
                if (answer instanceof Answer.Preference trial) {
                    Pair pair = Pair.of(trial.first(), trial.second());
                    int[] count = counts.computeIfAbsent(pair, key -> new int[3]);
                    if (trial.preferred().isEmpty()) {
                        count[2]++;
                    } else {
                        count[trial.preferred().get().equals(pair.first()) ? 0 : 1]++;
                    }
                }
            }
        }
        List<PreferencePair> pairs = new ArrayList<>();
        counts.forEach((pair, count) -> pairs.add(PreferencePair.of(pair, count)));
        double[] corrected =
                Holm.adjust(pairs.stream().mapToDouble(PreferencePair::pValue).toArray());
        for (int i = 0; i < corrected.length; i++) {
            pairs.set(i, pairs.get(i).withCorrectedP(corrected[i]));
        }
        return pairs;
    }
}
