// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class Bs1770Test {
    /** ITU-R BS.1770-5, tables 1 and 2, have 14 digits. */
    @Test
    void coefficientsAt48KilohertzAreThoseOfTheTables() {
        var shelf = Bs1770.shelf(48_000);
        assertThat(shelf.b0()).isCloseTo(1.53512485958697, within(1e-14));
        assertThat(shelf.b1()).isCloseTo(-2.69169618940638, within(1e-14));
        assertThat(shelf.b2()).isCloseTo(1.19839281085285, within(1e-14));
        assertThat(shelf.a1()).isCloseTo(-1.69065929318241, within(1e-14));
        assertThat(shelf.a2()).isCloseTo(0.73248077421585, within(1e-14));
        var highPass = Bs1770.highPass(48_000);
        assertThat(highPass.b0()).isCloseTo(1.0, within(1e-14));
        assertThat(highPass.b1()).isCloseTo(-2.0, within(1e-14));
        assertThat(highPass.a1()).isCloseTo(-1.99004745483398, within(1e-14));
        assertThat(highPass.a2()).isCloseTo(0.99007225036621, within(1e-14));
    }

    @Test
    void responseAtOtherRatesStaysWithinAHundredth() {
        for (int rate : Signals.RATES_HZ) {
            for (double f = 20.0; f < 20_000.0; f *= 1.1) {
                double difference =
                        10.0
                                * Math.log10(
                                        Bs1770.weightingPowerAt(f, rate)
                                                / Bs1770.weightingPowerAt(f, 48_000));
                assertThat(difference).as("%f Hz at %d", f, rate).isCloseTo(0.0, within(0.01));
            }
        }
    }

    @Test
    void kilohertzGainCancelsTheOffset() {
        double db = 10.0 * Math.log10(Bs1770.weightingPowerAt(997.0, 48_000));
        assertThat(db).isCloseTo(-Bs1770.OFFSET_DB, within(0.001));
    }
}
