// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Locale;

/** Bells and shelves over the whole plane of frequency, gain and Q. */
final class EqDesignTest {
    private static final double[] GAINS_DB = {-24.0, -12.0, -6.0, -3.0, -0.5, 0.5, 3.0, 12.0, 24.0};
    private static final double[] QS = {0.1, 0.3, 0.5, 0.7, 1.0, 2.0, 4.0, 8.0, 24.0};

    /** Shelves of a higher Q overshoot; nobody masters with them. */
    private static boolean usefulQ(EqShape shape, double q) {
        return shape == EqShape.BELL || q <= 1.0 && q >= 0.3;
    }

    private static double responseDb(List<BiquadCoefficients> sections, double hz, double rate) {
        return sections.stream().mapToDouble(s -> s.responseDb(hz, rate)).sum();
    }

    /** 0.05 dB from 10 Hz to 20 kHz at 44.1 kHz, for centres from 20 Hz to 20 kHz, up to ±24 dB. */
    @ParameterizedTest
    @EnumSource(EqShape.class)
    void responseMatchesTheAnaloguePrototypeTo20Kilohertz(EqShape shape) {
        double worst = 0.0;
        String where = "";
        for (double centreHz = 20.0; centreHz <= 20_000.0; centreHz *= 1.13) {
            for (double q : QS) {
                for (double gainDb : GAINS_DB) {
                    if (!usefulQ(shape, q)) {
                        continue;
                    }
                    var sections = shape.sections(centreHz, gainDb, q, 44_100.0);
                    for (double hz = 10.0; hz <= 20_000.0; hz *= 1.03) {
                        double error =
                                responseDb(sections, hz, 44_100.0)
                                        - shape.prototypeDb(hz / centreHz, gainDb, q);
                        if (!(Math.abs(error) <= worst)) {
                            worst = Math.abs(error);
                            where =
                                    String.format(
                                            Locale.ROOT,
                                            "%.0f Hz, %.1f dB, Q %.1f, at %.0f Hz: %.4f dB in %d",
                                            centreHz,
                                            gainDb,
                                            q,
                                            hz,
                                            error,
                                            sections.size());
                        }
                    }
                }
            }
        }
        assertThat(worst).as(where).isLessThan(0.05);
    }

    @ParameterizedTest
    @EnumSource(EqShape.class)
    void everyDesignIsStableAndMinimumPhase(EqShape shape) {
        for (double rate : new double[] {8_000.0, 44_100.0, 384_000.0}) {
            for (double centreHz = 10.0; centreHz < 0.49 * rate; centreHz *= 1.3) {
                for (double gainDb : GAINS_DB) {
                    for (double q : QS) {
                        for (BiquadCoefficients c : shape.sections(centreHz, gainDb, q, rate)) {
                            String name = centreHz + " Hz, " + gainDb + " dB, Q " + q + ", " + rate;
                            assertThat(EqShape.insideUnitCircle(c.a1(), c.a2())).as(name).isTrue();
                            assertThat(EqShape.insideUnitCircle(c.b1() / c.b0(), c.b2() / c.b0()))
                                    .as(name)
                                    .isTrue();
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EqShape.class)
    void boostAndCutCancelAndNoGainIsNothing(EqShape shape) {
        for (double centreHz : new double[] {40.0, 900.0, 7_000.0, 19_000.0}) {
            var boost = shape.sections(centreHz, 9.0, 0.7, 44_100.0);
            var cut = shape.sections(centreHz, -9.0, 0.7, 44_100.0);
            for (double hz = 10.0; hz < 22_000.0; hz *= 1.1) {
                assertThat(responseDb(boost, hz, 44_100.0) + responseDb(cut, hz, 44_100.0))
                        .isCloseTo(0.0, within(1e-9));
            }
            assertThat(shape.sections(centreHz, 0.0, 0.7, 44_100.0))
                    .containsExactly(BiquadCoefficients.IDENTITY);
        }
    }

    /** The figures in the class comment of {@link FrequencyWarp}. */
    @Test
    void warpsAreAsCloseAsTheySay() {
        for (double part = 0.0005; part <= 1.0; part += 0.0005) {
            double w = Math.PI * FrequencyWarp.REACH * part;
            assertThat(FrequencyWarp.SECOND.squaredAt(w) / (w * w)).isCloseTo(1.0, within(3.62e-3));
            assertThat(FrequencyWarp.THIRD.squaredAt(w) / (w * w)).isCloseTo(1.0, within(1.77e-4));
        }
        for (FrequencyWarp warp : List.of(FrequencyWarp.SECOND, FrequencyWarp.THIRD)) {
            double last = 0.0;
            for (double w = 0.001; w < Math.PI; w += 0.001) {
                assertThat(warp.squaredAt(w)).isGreaterThan(last);
                last = warp.squaredAt(w);
            }
        }
    }
}
