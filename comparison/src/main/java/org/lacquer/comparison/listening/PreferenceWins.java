// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

import org.lacquer.comparison.statistics.BradleyTerry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * How often a version was preferred to any other.
 *
 * @param won comparisons; no preference counts half
 * @param total comparisons
 * @param strength its share by the model of Bradley and Terry, which allows for whom it met; all
 *     add up to 1
 */
public record PreferenceWins(String name, double won, int total, double strength) {

    static List<PreferenceWins> of(List<PreferencePair> pairs) {
        TreeSet<String> set = new TreeSet<>();
        pairs.forEach(pair -> set.addAll(List.of(pair.first(), pair.second())));
        List<String> names = new ArrayList<>(set);
        if (names.isEmpty()) {
            return List.of();
        }
        double[][] wins = new double[names.size()][names.size()];
        for (PreferencePair pair : pairs) {
            int first = names.indexOf(pair.first());
            int second = names.indexOf(pair.second());
            int count = pair.firstPreferred().count();
            wins[first][second] += count + 0.5 * pair.undecided();
            wins[second][first] += pair.firstPreferred().total() - count + 0.5 * pair.undecided();
        }
        double[] strengths = BradleyTerry.shares(wins);
        List<PreferenceWins> list = new ArrayList<>();
        for (int i = 0; i < strengths.length; i++) {
            double won = 0.0;
            double total = 0.0;
            for (int j = 0; j < strengths.length; j++) {
                won += wins[i][j];
                total += wins[i][j] + wins[j][i];
            }
            list.add(new PreferenceWins(names.get(i), won, (int) Math.round(total), strengths[i]));
        }
        list.sort(
                Comparator.comparingDouble(PreferenceWins::strength)
                        .reversed()
                        .thenComparing(PreferenceWins::name));
        return list;
    }
}
