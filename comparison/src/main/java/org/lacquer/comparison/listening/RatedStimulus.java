// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

import org.lacquer.comparison.statistics.Spread;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ratings of one version.
 *
 * @param ratings of all listeners who were not left out, all songs and parts
 */
public record RatedStimulus(Stimulus stimulus, Spread ratings) {

    static List<RatedStimulus> all(List<ListeningSession> sessions) {
        Map<String, List<Double>> ratings = new TreeMap<>();
        Map<String, Stimulus.Kind> kinds = new TreeMap<>();
        for (ListeningSession session : sessions) {
            session.stimuli().forEach(one -> kinds.putIfAbsent(one.name(), one.kind()));
            for (Answer answer : session.answers()) {
                if (answer instanceof Answer.Rating trial) {
                    trial.ratings()
                            .forEach(
                                    (name, value) ->
                                            ratings.computeIfAbsent(name, key -> new ArrayList<>())
                                                    .add(value));
                }
            }
        }
        List<RatedStimulus> list = new ArrayList<>();
        ratings.forEach(
                (name, values) ->
                        list.add(
                                new RatedStimulus(
                                        new Stimulus(
                                                name,
                                                kinds.getOrDefault(name, Stimulus.Kind.CANDIDATE)),
                                        Spread.of(
                                                values.stream()
                                                        .mapToDouble(Double::doubleValue)
                                                        .toArray()))));
        list.sort(
                Comparator.comparingDouble((RatedStimulus one) -> one.ratings().median())
                        .thenComparingDouble(one -> one.ratings().mean())
                        .reversed());
        return list;
    }
}
