// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;

final class PlanYamlTest {
    @Test
    void writtenPlanReadsBackEqual() {
        MasteringPlan plan =
                MasteringPlan.of(
                        List.of(
                                new GainSettings(-3.25),
                                new HighPassSettings(28.5, 24),
                                new ParametricEqSettings(
                                        List.of(
                                                new EqBand(EqBand.Shape.BELL, 300.0, -1.2, 0.9),
                                                new EqBand(
                                                        EqBand.Shape.HIGH_SHELF,
                                                        12_000.0,
                                                        0.7,
                                                        0.7))),
                                new MultibandCompressorSettings(
                                        List.of(180.0),
                                        List.of(CompressorBand.DEFAULT, CompressorBand.DEFAULT)),
                                new StereoWidthSettings(1.0, 110.0),
                                LimiterSettings.DEFAULT.withDriveDb(7.123)),
                        Delivery.DEFAULT.withTargetLufs(-14.0).withSampleRateHz(48_000),
                        new Provenance("inferred", "ab\"c\\d", "m", "a: #b\nc", "0.1.0"));
        assertThat(PlanYaml.parse(PlanYaml.write(plan))).isEqualTo(plan);
    }

    @Test
    void handWrittenPlanMayLeaveOutWhatHasADefault() {
        MasteringPlan plan =
                PlanYaml.parse(
                        """
                        # my first plan
                        schemaVersion: 1
                        stages:
                          - stage: high-pass
                            cutoffHz: 30    # rumble
                          - stage: parametric-eq
                            bands:
                              - {shape: bell, frequencyHz: 250, gainDb: -1.5}
                          - stage: limiter
                            ceilingDbtp: -1.5
                        delivery:
                          targetLufs: -12
                        """);
        assertThat(plan.stages().getFirst()).isEqualTo(new HighPassSettings(30.0, 12));
        assertThat(plan.limiter())
                .isEqualTo(Optional.of(LimiterSettings.DEFAULT.withCeilingDbtp(-1.5)));
        assertThat(plan.solved()).isFalse();
        assertThat(plan.provenance()).isEqualTo(Provenance.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cutoffHz: 900    | line 4: cutoffHz must be between 5.0 and 400.0 Hz, got 900.0",
                "cutoffHz: NaN    | line 4: cutoffHz must be between 5.0 and 400.0 Hz, got NaN",
                "cutoffHz: thirty | line 4: cutoffHz must be a number, got 'thirty'",
                "cutofHz: 30      | line 4: unknown key 'cutofHz'; known here: cutoffHz,"
                        + " slopeDbPerOctave",
                "slopeDbPerOctave: 13 | line 4: slopeDbPerOctave must be a multiple of 6 dB per"
                        + " octave, got 13",
            })
    void mistakesAreNamedWithLineAndRange(String line, String message) {
        assertThatThrownBy(
                        () ->
                                PlanYaml.parse(
                                        "schemaVersion: 1\nstages:\n  - stage: high-pass\n    "
                                                + line
                                                + "\n"))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schemaVersion: 7 | line 1: schemaVersion must be 1 for this version of Lacquer,"
                        + " got 7",
                "stages: 3        | line 1: stages must be a list",
                "stages: [{stage: reverb}] | line 1: unknown stage 'reverb'; known:",
                "stages: [{stage: limiter}, {stage: gain}] | line 1: limiter must be the last"
                        + " stage, found it at position 1 of 2",
            })
    void documentMistakesAreNamed(String text, String message) {
        String complete =
                text.startsWith("schema") ? text + "\nstages: []\n" : text + "\nschemaVersion: 1\n";
        assertThatThrownBy(() -> PlanYaml.parse(complete))
                .hasMessageStartingWith(message.substring(0, 20))
                .hasMessageContaining(message.substring(message.indexOf(": ") + 2));
    }

    @Test
    void garbageIsRefusedWithoutAStackOfInternals() {
        for (String text :
                List.of("", "[", "- 1", "a: b", "\t\t: {", "schemaVersion: 1\nschemaVersion: 1")) {
            assertThatThrownBy(() -> PlanYaml.parse(text)).isInstanceOf(YamlException.class);
        }
    }
}
