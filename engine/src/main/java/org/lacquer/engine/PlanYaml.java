// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Plans as YAML text. Keys are the names of record components, a stage is told by its {@code stage}
 * key, and a key that is left out has its default. Comments are allowed and ignored. Reading what
 * was written gives an equal plan.
 */
public final class PlanYaml {
    private static final String HEADER =
            """
            # A Lacquer mastering plan. Edit it and apply it with: lacquer render MIX --plan THIS_FILE -o OUT
            """;

    private static final Map<String, Class<? extends StageSettings>> STAGES =
            StageSettings.KINDS.stream()
                    .collect(Collectors.toMap(StageSettings::stageName, kind -> kind));

    private static final RecordYaml CODEC = new RecordYaml("stage", StageSettings.class, STAGES);

    private PlanYaml() {}

    public static String write(MasteringPlan plan) {
        return HEADER + CODEC.write(plan);
    }

    /**
     * @throws IllegalArgumentException that names line, key and legal range
     */
    public static MasteringPlan parse(String text) {
        return CODEC.read(text, MasteringPlan.class);
    }

    /**
     * @throws FailureException when the file cannot be read or does not hold a plan
     */
    public static MasteringPlan read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new FailureException(
                    new Failure.InvalidDocument(file, 0, "cannot be read as text"), e);
        }
        try {
            return parse(text);
        } catch (YamlException e) {
            throw new FailureException(new Failure.InvalidDocument(file, e.line(), e.reason()), e);
        }
    }
}
