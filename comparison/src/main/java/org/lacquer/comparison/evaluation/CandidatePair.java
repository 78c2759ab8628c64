// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.evaluation;

import org.lacquer.comparison.Criterion;
import org.lacquer.comparison.statistics.Bootstrap;
import org.lacquer.comparison.statistics.PairedDifference;

import java.util.ArrayList;
import java.util.List;

/**
 * Two candidates over the songs that have both.
 *
 * @param songs how many
 * @param differences one a criterion
 */
public record CandidatePair(
        String first, String second, int songs, List<CriterionDifference> differences) {
    public CandidatePair {
        differences = List.copyOf(differences);
    }

    /**
     * By how much the first lies above the second.
     *
     * @param correctedP of the signed-rank test, corrected after Holm for the number of pairs of
     *     candidates that this criterion is asked of
     * @param firstBetter songs; 0 for criteria that are a matter of taste
     * @param ties songs in which the two differ by no more than the figure repeats to
     * @param secondBetter songs
     */
    public record CriterionDifference(
            Criterion criterion,
            PairedDifference difference,
            double correctedP,
            int firstBetter,
            int ties,
            int secondBetter) {
        CriterionDifference withCorrectedP(double value) {
            return new CriterionDifference(
                    criterion, difference, value, firstBetter, ties, secondBetter);
        }
    }

    static CandidatePair of(List<SongFigures> all, String first, String second) {
        List<SongFigures> songs =
                all.stream()
                        .filter(
                                song ->
                                        song.candidates().containsKey(first)
                                                && song.candidates().containsKey(second))
                        .toList();
        List<CriterionDifference> differences = new ArrayList<>();
        for (Criterion criterion : Criterion.values()) {
            differences.add(difference(songs, first, second, criterion));
        }
        return new CandidatePair(first, second, songs.size(), differences);
    }

    private static CriterionDifference difference(
            List<SongFigures> songs, String first, String second, Criterion criterion) {
        double[] one = FigureSummary.column(songs, first, criterion);
        double[] other = FigureSummary.column(songs, second, criterion);
        int better = 0;
        int ties = 0;
        int worse = 0;
        if (criterion.direction() != Criterion.Direction.NEITHER) {
            for (int i = 0; i < one.length; i++) {
                double gap = criterion.badness(one[i]) - criterion.badness(other[i]);
                if (Math.abs(gap) <= criterion.repeatability()) {
                    ties++;
                } else if (gap < 0.0) {
                    better++;
                } else if (gap > 0.0) {
                    worse++;
                }
            }
        }
        PairedDifference difference = PairedDifference.of(one, other, Bootstrap.SEED);
        double p = difference.test().pValue();
        return new CriterionDifference(criterion, difference, p, better, ties, worse);
    }

    /** The same with p-values of a criterion corrected. */
    CandidatePair withDifference(int index, CriterionDifference value) {
        List<CriterionDifference> changed = new ArrayList<>(differences);
        changed.set(index, value);
        return new CandidatePair(first, second, songs, changed);
    }
}
