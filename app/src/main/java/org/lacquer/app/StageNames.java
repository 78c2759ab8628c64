// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.engine.DynamicEqSettings;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Stages that a musician can weaken or leave out, and short names for them. */
final class StageNames {
    private static final List<String> ALL =
            List.of(
                    StageSettings.stageName(HighPassSettings.class),
                    StageSettings.stageName(ParametricEqSettings.class),
                    StageSettings.stageName(DynamicEqSettings.class),
                    StageSettings.stageName(MultibandCompressorSettings.class),
                    StageSettings.stageName(StereoWidthSettings.class));

    private static final Map<String, String> ALIASES =
            Map.of(
                    "eq", StageSettings.stageName(ParametricEqSettings.class),
                    "notches", StageSettings.stageName(DynamicEqSettings.class),
                    "compressor", StageSettings.stageName(MultibandCompressorSettings.class),
                    "width", StageSettings.stageName(StereoWidthSettings.class));

    private StageNames() {}

    static List<String> all() {
        return ALL;
    }

    /** How a table calls a stage. */
    static String shortName(String stage) {
        return ALIASES.entrySet().stream()
                .filter(alias -> alias.getValue().equals(stage))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(stage);
    }

    /**
     * The engine's name of a stage.
     *
     * @throws UsageException for the limiter, and for what is no stage
     */
    static String resolve(String option, String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        String stage = ALIASES.getOrDefault(wanted, wanted);
        if (stage.equals("limiter")) {
            throw new UsageException(
                    option
                            + " limiter: the limiter keeps the promised ceiling, so it always"
                            + " works; for less limiting ask for less --loudness");
        }
        if (!ALL.contains(stage)) {
            throw new UsageException(
                    option
                            + " "
                            + name
                            + ": no such stage; stages are "
                            + String.join(", ", ALL)
                            + " (short: eq, notches, compressor, width)");
        }
        return stage;
    }
}
