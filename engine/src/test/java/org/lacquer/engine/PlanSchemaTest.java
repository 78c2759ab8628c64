// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Update the schema with {@code -Dlacquer.schema.update=true}. */
final class PlanSchemaTest {
    private static final Path SOURCES = Path.of("src/main/java/org/lacquer/engine");
    private static final Path FILE =
            Path.of("src/main/resources/org/lacquer/engine", PlanSchema.RESOURCE);

    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(PlanSchema.json(), InputFormat.JSON);

    @Test
    void schemaIsTheOneOfTheRecords() throws IOException {
        String generated = new SchemaGenerator(SOURCES).generate();
        if (Boolean.getBoolean("lacquer.schema.update")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, generated);
        }
        assertThat(Files.readString(FILE)).isEqualTo(generated);
    }

    @Test
    void planWithEveryStageIsValid() {
        List<StageSettings> stages =
                StageSettings.KINDS.stream().map(PlanSchemaTest::defaultOf).toList();
        MasteringPlan plan =
                MasteringPlan.of(
                        stages, Delivery.DEFAULT.withTargetLufs(-14.0), Provenance.DEFAULT);
        assertThat(mistakes(PlanYaml.write(plan))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gentle", "loud", "warm"})
    void examplePlanIsValidAndCanBeRead(String name) throws IOException {
        Path file = Path.of("../examples/plans", name + ".yaml");
        assertThat(mistakes(Files.readString(file))).isEmpty();
        assertThat(PlanYaml.read(file).delivery().targetLufs()).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{stage: limiter, ceilingDbtp: 3}                 | ceilingDbtp",
                "{stage: limiter, ceiling: -1}                    | ceiling",
                "{stage: high-pass, cutoffHz: low}                | cutoffHz",
                "{stage: lowpass}                                 | stage",
                "{stage: parametric-eq, bands: [{shape: bowl}]}   | shape",
            })
    void mistakeIsFound(String stage, String named) {
        List<String> mistakes =
                mistakes("schemaVersion: 1\nstages:\n  - " + stage + "\ndelivery: {}\n");
        assertThat(mistakes).isNotEmpty();
        assertThat(String.join("\n", mistakes)).contains(named);
    }

    private static List<String> mistakes(String yaml) {
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        String json = JsonMapper.builder().build().writeValueAsString(document);
        return SCHEMA.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
    }

    private static StageSettings defaultOf(Class<? extends StageSettings> kind) {
        try {
            return (StageSettings) kind.getDeclaredField("DEFAULT").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
