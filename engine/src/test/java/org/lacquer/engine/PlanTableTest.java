// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

final class PlanTableTest {
    @Test
    void everySettingOfEveryPlanHasARow() {
        MasteringPlan quiet = plan(LimiterSettings.DEFAULT.withDriveDb(1.0));
        MasteringPlan loud = plan(new GainSettings(2.0), LimiterSettings.DEFAULT.withDriveDb(6.5));
        List<PlanTable.Row> rows = PlanTable.of(List.of(quiet, loud, quiet));
        assertThat(rows)
                .contains(
                        new PlanTable.Row("limiter", "driveDb", "dB", List.of("1", "6.5", "1")),
                        new PlanTable.Row(
                                "gain", "gainDb", "dB", List.of("absent", "2", "absent")));
        assertThat(rows.getLast().place()).isEqualTo("delivery");
        assertThat(rows.stream().filter(PlanTable.Row::differs).map(PlanTable.Row::path))
                .containsExactlyInAnyOrder("driveDb", "gainDb");
    }

    private static MasteringPlan plan(StageSettings... stages) {
        return MasteringPlan.of(List.of(stages), Delivery.DEFAULT, Provenance.DEFAULT);
    }
}
