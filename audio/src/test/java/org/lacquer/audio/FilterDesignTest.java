// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterDesignTest {
    private static final double[] GAINS_DB = {
        -24.0, -12.0, -6.0, -1.0, -0.01, 0.01, 3.0, 10.0, 24.0
    };
    private static final double[] QS = {0.1, 0.3, 0.7, 1.0, 2.0, 6.0, 24.0};

    /** Not only the useful settings: everything that a plan may hold. */
    @ParameterizedTest
    @EnumSource(EqShape.class)
    void everyDesignIsStableAndMinimumPhase(EqShape shape) {
        for (double rate : new double[] {8_000.0, 44_100.0, 384_000.0}) {
            for (double centreHz = 10.0; centreHz < 0.49 * rate; centreHz *= 1.13) {
                for (double gainDb : GAINS_DB) {
                    for (double q : QS) {
                        BiquadCoefficients c = shape.section(centreHz, gainDb, q, rate);
                        String name = centreHz + " Hz, " + gainDb + " dB, Q " + q + ", " + rate;
                        assertThat(EqShape.insideUnitCircle(c.a1(), c.a2()))
                                .as("poles, %s", name)
                                .isTrue();
                        assertThat(EqShape.insideUnitCircle(c.b1() / c.b0(), c.b2() / c.b0()))
                                .as("zeros, %s", name)
                                .isTrue();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EqShape.class)
    void boostAndCutCancel(EqShape shape) {
        for (double centreHz : new double[] {40.0, 900.0, 7_000.0, 16_000.0}) {
            for (double gainDb : GAINS_DB) {
                BiquadCoefficients boost = shape.section(centreHz, gainDb, 0.7, 44_100.0);
                BiquadCoefficients cut = shape.section(centreHz, -gainDb, 0.7, 44_100.0);
                // The poles of each lie on the zeros of the other, and the gains multiply to one.
                assertThat(cut.b1() / cut.b0()).isCloseTo(boost.a1(), within(1e-12));
                assertThat(cut.b2() / cut.b0()).isCloseTo(boost.a2(), within(1e-12));
                assertThat(boost.b1() / boost.b0()).isCloseTo(cut.a1(), within(1e-12));
                assertThat(boost.b2() / boost.b0()).isCloseTo(cut.a2(), within(1e-12));
                assertThat(boost.b0() * cut.b0()).isCloseTo(1.0, within(1e-12));
            }
        }
    }

    /**
     * Up to 16 kHz a design follows its prototype within 0.5 dB for ±6 dB and 0.95 dB for ±24 dB,
     * for centres to 12 kHz and Q from 0.3 to 2 (bells) or 0.5 to 1 (shelves) at 44.1 kHz. The
     * worst are wide bells and shelves near the upper end.
     */
    @ParameterizedTest
    @EnumSource(EqShape.class)
    void designFollowsItsAnaloguePrototype(EqShape shape) {
        double[] qs =
                shape == EqShape.BELL
                        ? new double[] {0.3, 0.7, 1.0, 2.0}
                        : new double[] {0.5, 0.7, 1.0};
        for (double centreHz = 20.0; centreHz <= 12_000.0; centreHz *= 1.1) {
            for (double q : qs) {
                for (double gainDb : new double[] {-24.0, -6.0, 6.0, 24.0}) {
                    double allowedDb = Math.abs(gainDb) > 6.0 ? 0.95 : 0.5;
                    BiquadCoefficients section = shape.section(centreHz, gainDb, q, 44_100.0);
                    for (double hz = 10.0; hz <= 16_000.0; hz *= 1.05) {
                        assertThat(section.responseDb(hz, 44_100.0))
                                .as("%s Hz, %s dB, Q %s at %s Hz", centreHz, gainDb, q, hz)
                                .isCloseTo(
                                        shape.prototypeDb(hz / centreHz, gainDb, q),
                                        within(allowedDb));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-12.0, -3.0, 3.0, 12.0})
    void shelvesReachTheirGainOnOneSideAndNothingOnTheOther(double gainDb) {
        BiquadCoefficients low = FilterDesign.lowShelf(500.0, gainDb, 0.7, 96_000.0);
        assertThat(low.responseDb(2.0, 96_000.0)).isCloseTo(gainDb, within(0.001));
        assertThat(low.responseDb(500.0, 96_000.0)).isCloseTo(gainDb / 2.0, within(0.001));
        assertThat(low.responseDb(40_000.0, 96_000.0)).isCloseTo(0.0, within(0.001));
        BiquadCoefficients high = FilterDesign.highShelf(500.0, gainDb, 0.7, 96_000.0);
        assertThat(high.responseDb(2.0, 96_000.0)).isCloseTo(0.0, within(0.001));
        assertThat(high.responseDb(500.0, 96_000.0)).isCloseTo(gainDb / 2.0, within(0.001));
        assertThat(high.responseDb(40_000.0, 96_000.0)).isCloseTo(gainDb, within(0.001));
    }

    @Test
    void passFiltersAreThreeDecibelsDownAtTheirCutoff() {
        double q = Math.sqrt(0.5);
        double halfDb = 10.0 * Math.log10(0.5);
        assertThat(FilterDesign.highPass(120.0, q, 44_100.0).responseDb(120.0, 44_100.0))
                .isCloseTo(halfDb, within(1e-6));
        assertThat(FilterDesign.lowPass(120.0, q, 44_100.0).responseDb(120.0, 44_100.0))
                .isCloseTo(halfDb, within(1e-6));
        assertThat(FilterDesign.firstOrderHighPass(120.0, 44_100.0).responseDb(120.0, 44_100.0))
                .isCloseTo(halfDb, within(1e-6));
        assertThat(FilterDesign.highPass(120.0, q, 44_100.0).responseDb(12.0, 44_100.0))
                .isCloseTo(-40.0, within(0.01));
    }

    @Test
    void bandPassPassesItsCentreAndIsThreeDecibelsDownAtItsEdges() {
        BiquadCoefficients section = FilterDesign.bandPass(1_000.0, 2.0, 192_000.0);
        assertThat(section.responseDb(1_000.0, 192_000.0)).isCloseTo(0.0, within(1e-9));
        double spread = 0.25 + Math.sqrt(1.0 + 0.25 * 0.25);
        for (double hz : new double[] {1_000.0 / spread, 1_000.0 * spread}) {
            assertThat(section.responseDb(hz, 192_000.0)).isCloseTo(-3.01, within(0.01));
        }
    }

    @Test
    void allPassChangesNoLevel() {
        BiquadCoefficients section = FilterDesign.allPass(180.0, Math.sqrt(0.5), 44_100.0);
        for (double hz = 10.0; hz < 22_000.0; hz *= 1.2) {
            assertThat(section.responseDb(hz, 44_100.0)).isCloseTo(0.0, within(1e-6));
        }
    }
}
