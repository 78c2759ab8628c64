// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lacquer.analysis.FeatureSet;

/** What makes an input one instrument: each of four figures, and not one of them alone. */
final class OneInstrumentTest {
    @Test
    void raggedTogetherAndFromOnePlaceIsOneInstrument() {
        assertThat(OneInstrument.alone(features(4.0, 0.65, 0.05, 22.0))).isTrue();
        // The median of finished tracks.
        assertThat(OneInstrument.alone(features(1.9, 0.5, 0.17, 26.0))).isFalse();
    }

    @Test
    void noFigureDecidesAlone() {
        assertThat(OneInstrument.alone(features(1.9, 0.65, 0.05, 22.0))).isFalse();
        assertThat(OneInstrument.alone(features(4.0, 0.35, 0.3, 28.0))).isFalse();
    }

    @Test
    void everyFigureCountsInItsDirection() {
        double one = OneInstrument.logOdds(features(3.0, 0.6, 0.1, 24.0));
        assertThat(OneInstrument.logOdds(features(3.5, 0.6, 0.1, 24.0))).isGreaterThan(one);
        assertThat(OneInstrument.logOdds(features(3.0, 0.7, 0.1, 24.0))).isGreaterThan(one);
        assertThat(OneInstrument.logOdds(features(3.0, 0.6, 0.2, 24.0))).isLessThan(one);
        assertThat(OneInstrument.logOdds(features(3.0, 0.6, 0.1, 27.0))).isLessThan(one);
    }

    private static double[] features(
            double raggedDb, double togetherness, double spreadOfPlace, double crestDb) {
        double[] features = new double[FeatureSet.SIZE];
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            features[FeatureSet.LTAS + b] = b % 2 == 0 ? -20.0 : -20.0 - raggedDb;
        }
        for (int k = FeatureSet.CONTENT_FOURTH; k < FeatureSet.CONTENT_LAG; k++) {
            features[k] = togetherness;
        }
        // Half of them as far above the mean as the others are below.
        for (int g = 0; g < FeatureSet.GROUPS; g++) {
            features[FeatureSet.CORRELATION + g] =
                    g % 2 == 0 ? 0.5 + spreadOfPlace : 0.5 - spreadOfPlace;
        }
        features[FeatureSet.BAND_CREST + 2] = crestDb;
        return features;
    }
}
