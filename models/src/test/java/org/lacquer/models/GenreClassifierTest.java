// SPDX-License-Identifier: Apache-2.0
package org.lacquer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class GenreClassifierTest {
    private static final GenreClassifier SHIPPED = GenreClassifier.shipped();

    /** Only what was heard can be told; the rest has to be named. */
    @Test
    void everyGenreHasMeasuredTracks() {
        assertThat(SHIPPED.genres()).hasSizeGreaterThanOrEqualTo(5);
        for (String genre : SHIPPED.genres()) {
            assertThat(GenreTargets.named(genre).orElseThrow().tracks())
                    .as(genre)
                    .isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void probabilitiesAreSharesOfOneWhateverTheFeatures() {
        for (double value : new double[] {0.0, -60.0, 1e9, -1e9}) {
            double[] features = new double[SHIPPED.featureNames().size()];
            Arrays.fill(features, value);
            double[] p = SHIPPED.probabilities(features);
            assertThat(p).hasSize(SHIPPED.genres().size());
            assertThat(Arrays.stream(p).sum()).isCloseTo(1.0, within(1e-9));
            assertThat(Arrays.stream(p).min().orElseThrow()).isPositive();
        }
    }

    /** A target lies where its genre does, as far as the first features tell. */
    @Test
    void targetsOfGenresPullTowardTheirGenre() {
        int told = 0;
        for (String genre : SHIPPED.genres()) {
            GenreTarget target = GenreTargets.named(genre).orElseThrow();
            GenreTarget neutral = GenreTargets.named(GenreTargets.NEUTRAL).orElseThrow();
            int own = SHIPPED.genres().indexOf(genre);
            double with = probabilities(target)[own];
            double without = probabilities(neutral)[own];
            told += with > without ? 1 : 0;
        }
        assertThat(told).isGreaterThanOrEqualTo(SHIPPED.genres().size() - 1);
    }

    /** Features beyond a target's are put where all music has them: z-scores of zero. */
    private static double[] probabilities(GenreTarget target) {
        double[] features = new double[SHIPPED.featureNames().size()];
        for (int j = 0; j < features.length; j++) {
            String name = SHIPPED.featureNames().get(j);
            features[j] =
                    target.featureNames().contains(name)
                            ? target.mean(name)
                            : SHIPPED.usualValue(j);
        }
        return SHIPPED.probabilities(features);
    }

    @Test
    void manifestTellsWhatItWasFittedOnAndWhatItIsWorth() {
        assertThat(SHIPPED.fact("featureSetVersion")).isEqualTo("1");
        assertThat(SHIPPED.fact("trainingDataSha256")).matches("[0-9a-f]{64}");
        assertThat(Double.parseDouble(SHIPPED.fact("metric.likeliestIsRight"))).isGreaterThan(0.4);
        assertThatIllegalArgumentException().isThrownBy(() -> SHIPPED.fact("colour"));
    }

    @Test
    void anotherNumberOfFeaturesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SHIPPED.probabilities(new double[3]))
                .withMessageContaining("got 3");
    }
}
