// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ReductionMeterTest {
    @Test
    void courseHasThePeakWhereItWasHoweverLongTheStreamIs() {
        for (int length : new int[] {100, 4_095, 4_096, 100_000}) {
            ReductionMeter meter = new ReductionMeter();
            int place = length * 3 / 4;
            for (int i = 0; i < length; i++) {
                if (i == place) {
                    meter.add(6.0);
                } else if (i % 3 == 0) {
                    meter.rest();
                } else {
                    meter.add(1.0);
                }
            }
            GainReduction result = meter.result();
            assertThat(result.courseDb()).hasSizeLessThan(4_096);
            int step = result.courseDb().indexOf(6.0);
            assertThat((step + 0.5) * result.stepShare())
                    .as("place of %d", length)
                    .isCloseTo(0.75, within(result.stepShare()));
            assertThat(result.courseDb().size() * result.stepShare())
                    .as("a last step that is not full may be missing")
                    .isBetween(1.0 - result.stepShare(), 1.0 + 1e-9);
            assertThat(result.maxDb()).isEqualTo(6.0);
        }
    }

    @Test
    void restsCountForTimeOnly() {
        ReductionMeter meter = new ReductionMeter();
        meter.add(2.0);
        meter.rest();
        meter.rest();
        assertThat(meter.result().meanDb()).isEqualTo(2.0);
        assertThat(meter.result().courseDb()).containsExactly(2.0, 0.0, 0.0);
        meter.reset();
        assertThat(meter.result().courseDb()).isEmpty();
    }
}
