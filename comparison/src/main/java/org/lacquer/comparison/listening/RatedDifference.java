// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.listening;

import org.lacquer.comparison.statistics.Bootstrap;
import org.lacquer.comparison.statistics.Holm;
import org.lacquer.comparison.statistics.PairedDifference;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Ratings of two candidates in the same trials: how much higher the first was rated.
 *
 * @param correctedP of the signed-rank test, corrected for the number of pairs
 */
public record RatedDifference(
        String first, String second, PairedDifference difference, double correctedP) {

    static List<RatedDifference> all(List<ListeningSession> sessions) {
        List<Answer.Rating> trials = new ArrayList<>();
        TreeSet<String> set = new TreeSet<>();
        for (ListeningSession session : sessions) {
            for (Answer answer : session.answers()) {
                if (answer instanceof Answer.Rating trial) {
                    trials.add(trial);
                    trial.ratings().keySet().stream()
                            .filter(
                                    name ->
                                            session.kindOf(name)
                                                    .filter(kind -> kind == Stimulus.Kind.CANDIDATE)
                                                    .isPresent())
                            .forEach(set::add);
                }
            }
        }
        List<String> names = new ArrayList<>(set);
        List<RatedDifference> list = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                PairedDifference difference =
                        PairedDifference.of(
                                column(trials, names.get(i)),
                                column(trials, names.get(j)),
                                Bootstrap.SEED);
                double p = difference.test().pValue();
                list.add(new RatedDifference(names.get(i), names.get(j), difference, p));
            }
        }
        double[] corrected =
                Holm.adjust(list.stream().mapToDouble(RatedDifference::correctedP).toArray());
        for (int i = 0; i < corrected.length; i++) {
            RatedDifference one = list.get(i);
            list.set(
                    i,
                    new RatedDifference(one.first(), one.second(), one.difference(), corrected[i]));
        }
        return list;
    }

    /** NaN where a trial did not have it. */
    private static double[] column(List<Answer.Rating> trials, String name) {
        return trials.stream()
                .mapToDouble(trial -> trial.ratings().getOrDefault(name, Double.NaN))
                .toArray();
    }
}
