// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.targets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.data.BaseRow;
import org.lacquer.training.data.Layout;
import org.lacquer.training.faults.Draws;

import java.util.ArrayList;
import java.util.List;

/** Tracks whose genres differ in a few figures among many. */
class GenreClassifierWriterTest {
    private static final List<String> GENRES = List.of("folk", "metal", "rock");

    private static List<BaseRow> rows(double apart) {
        List<BaseRow> rows = new ArrayList<>();
        for (int t = 0; t < 60; t++) {
            int genre = t % GENRES.size();
            Draws draws = Draws.of("track " + t);
            for (int excerpt = 0; excerpt < 2; excerpt++) {
                float[] features = new float[Layout.WIDTH];
                for (int j = 0; j < features.length; j++) {
                    double shift = j % 20 == genre ? apart : 0.0;
                    features[j] = (float) (shift + draws.normal(0.0, 1.0));
                }
                rows.add(
                        new BaseRow(
                                "package" + t % 12 + "/track" + t,
                                "package" + t % 12,
                                GENRES.get(genre),
                                Split.values()[t / 20],
                                excerpt,
                                0,
                                features,
                                new float[Layout.BANDS],
                                new float[Layout.BANDS]));
            }
        }
        return rows;
    }

    @Test
    void genresThatDifferAreToldApart() {
        GenreClassifierWriter writer = new GenreClassifierWriter(rows(3.0));
        assertThat(writer.markdown()).contains("20 tracks: the likeliest genre is right for 100 %");
        assertThat(writer.text("0")).contains("genres\tfolk\tmetal\trock\n", "tracks\t40\n");
    }

    @Test
    void genresThatDoNotDifferAreNot() {
        String[] words = new GenreClassifierWriter(rows(0.0)).markdown().split("right for ");
        int percent = Integer.parseInt(words[1].substring(0, words[1].indexOf(' ')));
        assertThat(percent).isLessThan(70);
    }
}
