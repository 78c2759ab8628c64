// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

final class PlanDiffTest {
    private static final ParametricEqSettings EQ =
            new ParametricEqSettings(
                    List.of(EqBand.DEFAULT.withGainDb(-1.5), EqBand.DEFAULT.withGainDb(2.0)));

    @Test
    void equalPlansDoNotDifferWhateverTheirOrigin() {
        MasteringPlan plan = plan(EQ, LimiterSettings.DEFAULT);
        Provenance other = new Provenance("inferred", "abc", "m", "t", "1");
        assertThat(PlanDiff.between(plan, plan.withProvenance(other))).isEmpty();
    }

    @Test
    void settingIsNamedWithBothValuesAndItsUnit() {
        List<PlanDiff.Change> changes =
                PlanDiff.between(
                        plan(EQ, LimiterSettings.DEFAULT),
                        plan(EQ, LimiterSettings.DEFAULT.withCeilingDbtp(-2.25)));
        assertThat(changes)
                .containsExactly(
                        new PlanDiff.Change("limiter", "ceilingDbtp", "-1", "-2.25", "dBTP"));
        assertThat(changes.getFirst().text()).isEqualTo("limiter ceilingDbtp: -1 -> -2.25 dBTP");
    }

    @Test
    void bandIsNamedByItsPosition() {
        ParametricEqSettings other =
                new ParametricEqSettings(
                        List.of(EqBand.DEFAULT.withGainDb(-1.5), EqBand.DEFAULT.withGainDb(3.0)));
        assertThat(PlanDiff.between(plan(EQ), plan(other)).stream().map(PlanDiff.Change::text))
                .containsExactly("parametric-eq bands[2].gainDb: 2 -> 3 dB");
    }

    @Test
    void bandsOfAnEmptyEqualiserAreAllAbsent() {
        List<PlanDiff.Change> changes =
                PlanDiff.between(plan(ParametricEqSettings.DEFAULT), plan(EQ));
        assertThat(changes)
                .isNotEmpty()
                .allSatisfy(change -> assertThat(change.from()).isEqualTo("absent"));
        assertThat(changes.stream().map(PlanDiff.Change::path)).contains("bands[1].gainDb");
    }

    @Test
    void stageThatOnlyOnePlanHasIsOneChange() {
        GainSettings gain = new GainSettings(1.0);
        assertThat(PlanDiff.between(plan(gain, EQ), plan(gain, EQ, gain)))
                .containsExactly(new PlanDiff.Change("gain 2", "", "absent", "present", ""));
        assertThat(PlanDiff.between(plan(gain, EQ), plan(EQ)).getFirst().text())
                .isEqualTo("gain: only in the first plan");
    }

    @Test
    void otherOrderIsToldByNames() {
        HighPassSettings highPass = HighPassSettings.DEFAULT;
        assertThat(PlanDiff.between(plan(highPass, EQ), plan(EQ, highPass)).getFirst().text())
                .isEqualTo("stages: high-pass, parametric-eq -> parametric-eq, high-pass");
    }

    @Test
    void swappingThePlansSwapsTheValues() {
        MasteringPlan a = plan(EQ, LimiterSettings.DEFAULT);
        MasteringPlan b = plan(HighPassSettings.DEFAULT, LimiterSettings.DEFAULT.withDriveDb(3.0));
        List<PlanDiff.Change> there = PlanDiff.between(a, b);
        List<PlanDiff.Change> back = PlanDiff.between(b, a);
        assertThat(back)
                .containsExactlyInAnyOrderElementsOf(
                        there.stream()
                                .map(
                                        c ->
                                                new PlanDiff.Change(
                                                        c.place(), c.path(), c.to(), c.from(),
                                                        c.unit()))
                                .toList());
    }

    @Test
    void everySettingIsToldWithItsUnit() {
        List<String> lines = PlanText.lines(plan(EQ, LimiterSettings.DEFAULT.withDriveDb(3.125)));
        assertThat(lines)
                .contains(
                        "1. parametric-eq",
                        "   bands[1]: shape bell, frequency 1000 Hz, gain -1.5 dB, q 0.71,"
                                + " placement stereo",
                        "2. limiter",
                        "delivery")
                .anySatisfy(line -> assertThat(line).contains("drive 3.125 dB, ceiling -1 dBTP"));
    }

    private static MasteringPlan plan(StageSettings... stages) {
        return MasteringPlan.of(List.of(stages), Delivery.DEFAULT, Provenance.DEFAULT);
    }
}
