// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.evaluation;

import org.lacquer.comparison.Criterion;
import org.lacquer.comparison.statistics.Bootstrap;
import org.lacquer.comparison.statistics.Interval;
import org.lacquer.comparison.statistics.Spread;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A candidate's figure over songs.
 *
 * @param meanInterval by {@link Bootstrap}
 */
public record FigureSummary(
        Criterion criterion, String candidate, Spread spread, Interval meanInterval) {

    /** One a criterion and candidate, criteria in their order. */
    static List<FigureSummary> all(List<SongFigures> songs, List<String> candidates) {
        List<FigureSummary> list = new ArrayList<>();
        for (Criterion criterion : Criterion.values()) {
            for (String candidate : candidates) {
                double[] values =
                        Arrays.stream(column(songs, candidate, criterion))
                                .filter(Double::isFinite)
                                .toArray();
                list.add(
                        new FigureSummary(
                                criterion,
                                candidate,
                                Spread.of(values),
                                Bootstrap.ofMean(values, Bootstrap.SEED)));
            }
        }
        return list;
    }

    /** One figure a song; NaN where it is not defined. */
    static double[] column(List<SongFigures> songs, String candidate, Criterion criterion) {
        return songs.stream().mapToDouble(song -> song.figure(candidate, criterion)).toArray();
    }
}
