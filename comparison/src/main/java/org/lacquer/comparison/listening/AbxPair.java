// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

import org.lacquer.comparison.statistics.AbxScore;
import org.lacquer.comparison.statistics.Holm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Two versions that were to be told apart.
 *
 * @param score of all listeners together
 * @param correctedP of the score, corrected for the number of pairs
 * @param listeners each of them
 */
public record AbxPair(
        String first, String second, AbxScore score, double correctedP, List<Listener> listeners) {
    public AbxPair {
        listeners = List.copyOf(listeners);
    }

    /**
     * One listener's part.
     *
     * @param correctedP corrected for the number of listeners
     */
    public record Listener(String name, AbxScore score, double correctedP) {}

    static AbxPair of(ListeningSummary.Pair pair, Map<String, int[]> counts) {
        int correct = counts.values().stream().mapToInt(count -> count[0]).sum();
        int trials = counts.values().stream().mapToInt(count -> count[1]).sum();
        List<String> names = new ArrayList<>(counts.keySet());
        List<AbxScore> scores =
                counts.values().stream().map(count -> AbxScore.of(count[0], count[1])).toList();
        double[] corrected = Holm.adjust(scores.stream().mapToDouble(AbxScore::pValue).toArray());
        List<Listener> listeners = new ArrayList<>();
        for (int i = 0; i < corrected.length; i++) {
            listeners.add(new Listener(names.get(i), scores.get(i), corrected[i]));
        }
        AbxScore score = AbxScore.of(correct, trials);
        return new AbxPair(pair.first(), pair.second(), score, score.pValue(), listeners);
    }

    AbxPair withCorrectedP(double value) {
        return new AbxPair(first, second, score, value, listeners);
    }
}
