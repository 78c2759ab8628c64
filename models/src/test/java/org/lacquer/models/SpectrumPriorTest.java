// SPDX-License-Identifier: Apache-2.0
package org.lacquer.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/** What a record's spectrum has beyond what its content explains. */
class SpectrumPriorTest {
    private static final int CONTENT = 30;

    /** Two content features; the first raises every band by its number in tenths of a dB. */
    private static SpectrumPrior prior() {
        double[][] weight = new double[30][2];
        double[] bias = new double[30];
        for (int b = 0; b < 30; b++) {
            weight[b][0] = 0.1 * b;
            bias[b] = -40.0;
        }
        return new SpectrumPrior(
                CONTENT, new double[] {1.0, 5.0}, new double[] {2.0, 1.0}, weight, bias);
    }

    private static double[] features(double content) {
        double[] features = new double[32];
        Arrays.fill(features, 0, 30, -40.0);
        features[CONTENT] = content;
        return features;
    }

    @Test
    void contentExplainsTheSpectrumByItsZScore() {
        double[] expected = prior().expectedDb(features(2.0));

        assertThat(expected[10]).isCloseTo(-40.0 + 0.1 * 10 * 2.0, within(1e-12));
        assertThat(expected[29]).isCloseTo(-40.0 + 0.1 * 29 * 2.0, within(1e-12));
    }

    @Test
    void strangeContentCountsAtMostFiveSpreads() {
        assertThat(prior().expectedDb(features(1e6)))
                .containsExactly(prior().expectedDb(features(3.5)));
    }

    @Test
    void styleIsWhatIsLeftAndHasNoLevel() {
        double[] flat = prior().styleDb(features(2.0));
        double[] louder = features(2.0);
        for (int b = 0; b < 30; b++) {
            louder[b] += 6.0;
        }

        assertThat(flat[4] - flat[24]).isCloseTo(0.2 * 20, within(1e-9));
        assertThat(Arrays.stream(flat, 3, 26).sum()).isCloseTo(0.0, within(1e-9));
        for (int b = 0; b < 30; b++) {
            assertThat(prior().styleDb(louder)[b]).isCloseTo(flat[b], within(1e-9));
        }
    }

    @Test
    void severalRecordsHaveTheMeanOfTheirStyles() {
        double[] one = features(2.0);
        double[] other = features(0.5);
        other[3] += 4.0;

        double[] both = prior().meanStyleDb(List.of(one, other));

        for (int b = 0; b < 30; b++) {
            double mean = (prior().styleDb(one)[b] + prior().styleDb(other)[b]) / 2.0;
            assertThat(both[b]).isCloseTo(mean, within(1e-12));
        }
    }

    @Test
    void fewTracksTellLittleStyle() {
        double[] style = new double[30];
        style[0] = 6.0;
        style[1] = 90.0;

        assertThat(SpectrumPrior.shrunk(style, 1.0)[0]).isCloseTo(2.0, within(1e-12));
        assertThat(SpectrumPrior.shrunk(style, 4.0)[0]).isCloseTo(4.0, within(1e-12));
        assertThat(SpectrumPrior.shrunk(style, 4.0)[1]).isEqualTo(15.0);
    }

    @Test
    void textSurvivesARoundTrip() {
        SpectrumPrior again = SpectrumPrior.parse(prior().text());

        assertThat(again.expectedDb(features(1.7)))
                .containsExactly(prior().expectedDb(features(1.7)));
        assertThat(again.text()).isEqualTo(prior().text());
    }

    @Test
    void shippedOneExplainsThirtyBandsFromContentAlone() {
        double[] quiet = new double[311];
        double[] loud = new double[311];
        Arrays.fill(loud, 0, 76, 3.0);
        double[] expected = SpectrumPrior.shipped().expectedDb(quiet);

        assertThat(expected).hasSize(30);
        assertThat(SpectrumPrior.shipped().expectedDb(loud)).containsExactly(expected);
    }

    @Test
    void weightsMustFitTheFeatures() {
        assertThatThrownBy(
                        () ->
                                new SpectrumPrior(
                                        CONTENT,
                                        new double[2],
                                        new double[2],
                                        new double[29][2],
                                        new double[30]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("30 weights");
    }
}
