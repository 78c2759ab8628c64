// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.training.SyntheticMusic;

import java.util.Arrays;

class FaultsTest {
    private final float[][] music = SyntheticMusic.samples("faults", 4.0);

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void sameSeedGivesTheSameFaults(String seed) {
        ToneFault tone = ToneFault.draw(Draws.of(seed));
        float[][] once = DynamicsFault.draw(Draws.of(seed)).apply(music, 44_100);
        float[][] again = DynamicsFault.draw(Draws.of(seed)).apply(music, 44_100);

        assertThat(ToneFault.draw(Draws.of(seed)).eqDb()).isEqualTo(tone.eqDb());
        assertThat(again).isDeepEqualTo(once);
    }

    @Test
    void differentSeedsGiveDifferentFaults() {
        assertThat(ToneFault.draw(Draws.of("one")).eqDb())
                .isNotEqualTo(ToneFault.draw(Draws.of("two")).eqDb());
    }

    @Test
    void slopeOfOneChangesNothing() {
        var neutral = new DynamicsFault(new double[] {200, 3_000}, 4, 10, 100, -6, 1.0);
        float[][] out = neutral.apply(music, 44_100);

        for (int i = 0; i < music[0].length; i++) {
            assertThat(out[0][i]).isCloseTo(music[0][i], within(1e-5f));
        }
    }

    @Test
    void expansionWidensAndCompressionNarrowsTheLevels() {
        double before = spreadDb(music[0]);
        var expand = new DynamicsFault(new double[0], 2, 2, 40, -10, 1.8);
        var compress = new DynamicsFault(new double[0], 2, 2, 40, -10, 0.3);

        assertThat(spreadDb(expand.apply(music, 44_100)[0])).isGreaterThan(before + 0.5);
        assertThat(spreadDb(compress.apply(music, 44_100)[0])).isLessThan(before - 1.0);
    }

    @Test
    void powerStaysWhenDynamicsChange() {
        var fault = new DynamicsFault(new double[] {300}, 4, 5, 120, -10, 1.6);
        double change = powerDb(fault.apply(music, 44_100)) - powerDb(music);

        assertThat(change).isCloseTo(0.0, within(0.3));
    }

    @Test
    void faultsStayWithinTheirFamily() {
        int identities = 0;
        for (int i = 0; i < 2_000; i++) {
            ToneFault fault = ToneFault.draw(Draws.of("family" + i));
            assertThat(Arrays.stream(fault.eqDb()).allMatch(db -> db > -90.0 && db < 60.0))
                    .isTrue();
            assertThat(Arrays.stream(fault.sideDb()).allMatch(db -> db >= -9.0 && db <= 5.0))
                    .isTrue();
            identities += Arrays.stream(fault.eqDb()).allMatch(db -> db == 0.0) ? 1 : 0;
        }
        // One in ten by design; 2000 draws, four standard deviations.
        assertThat(identities).isBetween(146, 254);
    }

    /** 95th over 25th percentile of the level of 20 ms. */
    private static double spreadDb(float[] x) {
        double[] levels = new double[x.length / 882];
        for (int i = 0; i < levels.length; i++) {
            double sum = 0.0;
            for (int j = 0; j < 882; j++) {
                sum += (double) x[882 * i + j] * x[882 * i + j];
            }
            levels[i] = 10.0 * StrictMath.log10(sum);
        }
        Arrays.sort(levels);
        return levels[levels.length * 95 / 100] - levels[levels.length / 4];
    }

    private static double powerDb(float[][] x) {
        double sum = 0.0;
        for (float[] channel : x) {
            for (float v : channel) {
                sum += (double) v * v;
            }
        }
        return 10.0 * StrictMath.log10(sum);
    }
}
