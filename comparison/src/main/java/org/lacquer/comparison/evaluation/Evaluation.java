// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.evaluation;

import org.lacquer.comparison.Criterion;
import org.lacquer.comparison.statistics.Holm;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Candidates over many songs: means with intervals, paired differences with tests, and the same by
 * genre.
 *
 * @param candidates {@code ai} and {@code mix} first
 * @param figures of all songs
 * @param pairs that at least one song has both of
 * @param genres in alphabetical order
 */
public record Evaluation(
        List<SongFigures> songs,
        List<String> candidates,
        List<FigureSummary> figures,
        List<CandidatePair> pairs,
        List<Genre> genres) {
    public Evaluation {
        songs = List.copyOf(songs);
        candidates = List.copyOf(candidates);
        figures = List.copyOf(figures);
        pairs = List.copyOf(pairs);
        genres = List.copyOf(genres);
    }

    /** The songs of a genre. */
    public record Genre(String name, int songs, List<FigureSummary> figures) {
        public Genre {
            figures = List.copyOf(figures);
        }
    }

    public static Evaluation of(List<SongFigures> songs) {
        List<String> candidates = candidates(songs);
        List<Genre> genres = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>();
        songs.forEach(song -> names.add(song.genre()));
        for (String name : names) {
            List<SongFigures> own =
                    songs.stream().filter(song -> song.genre().equals(name)).toList();
            genres.add(new Genre(name, own.size(), FigureSummary.all(own, candidates)));
        }
        return new Evaluation(
                songs,
                candidates,
                FigureSummary.all(songs, candidates),
                corrected(pairs(songs, candidates)),
                genres);
    }

    private static List<String> candidates(List<SongFigures> songs) {
        TreeSet<String> found = new TreeSet<>();
        songs.forEach(song -> found.addAll(song.candidates().keySet()));
        LinkedHashSet<String> ordered = new LinkedHashSet<>(List.of("ai", "mix"));
        ordered.retainAll(found);
        ordered.addAll(found);
        return new ArrayList<>(ordered);
    }

    private static List<CandidatePair> pairs(List<SongFigures> songs, List<String> candidates) {
        List<CandidatePair> pairs = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            for (int j = i + 1; j < candidates.size(); j++) {
                CandidatePair pair = CandidatePair.of(songs, candidates.get(i), candidates.get(j));
                if (pair.songs() > 0) {
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    private static List<CandidatePair> corrected(List<CandidatePair> pairs) {
        List<CandidatePair> out = new ArrayList<>(pairs);
        for (Criterion criterion : Criterion.values()) {
            int index = criterion.ordinal();
            double[] adjusted =
                    Holm.adjust(
                            pairs.stream()
                                    .mapToDouble(pair -> pair.differences().get(index).correctedP())
                                    .toArray());
            for (int p = 0; p < adjusted.length; p++) {
                CandidatePair pair = out.get(p);
                out.set(
                        p,
                        pair.withDifference(
                                index, pair.differences().get(index).withCorrectedP(adjusted[p])));
            }
        }
        return out;
    }
}
