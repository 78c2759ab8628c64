// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Candidates by one criterion, the best first.
 *
 * @param places one a candidate whose figure is defined
 */
public record Ranking(Criterion criterion, List<Place> places) {
    public Ranking {
        places = List.copyOf(places);
    }

    /**
     * A candidate's place.
     *
     * @param rank 1 for the best; equal for ties, and the next rank counts those before it
     */
    public record Place(String candidate, double value, int rank) {}

    /** All ranked criteria that at least two candidates have a figure for. */
    static List<Ranking> all(List<Candidate> candidates) {
        List<Ranking> rankings = new ArrayList<>();
        for (Criterion criterion : Criterion.values()) {
            if (criterion.direction() != Criterion.Direction.NEITHER) {
                Ranking ranking = of(criterion, candidates);
                if (ranking.places().size() >= 2) {
                    rankings.add(ranking);
                }
            }
        }
        return rankings;
    }

    private static Ranking of(Criterion criterion, List<Candidate> candidates) {
        List<Candidate> defined =
                candidates.stream()
                        .filter(candidate -> Double.isFinite(criterion.of(candidate)))
                        .sorted(
                                Comparator.comparingDouble(
                                                (Candidate candidate) ->
                                                        criterion.badness(criterion.of(candidate)))
                                        .thenComparing(Candidate::name))
                        .toList();
        List<Place> places = new ArrayList<>();
        double leader = Double.NaN;
        int rank = 0;
        for (Candidate candidate : defined) {
            double badness = criterion.badness(criterion.of(candidate));
            // Ties hang on the best of their rank, so that they cannot chain into one long tie.
            if (!(badness - leader <= criterion.repeatability())) {
                leader = badness;
                rank = places.size() + 1;
            }
            places.add(new Place(candidate.name(), criterion.of(candidate), rank));
        }
        return new Ranking(criterion, places);
    }

    /** Whether all candidates tie. */
    public boolean tied() {
        return places.stream().allMatch(place -> place.rank() == 1);
    }
}
