// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Plans drawn from the published schema: every stage that a plan may hold, every setting anywhere
 * in its range. What the records refuse, because settings must fit each other, is drawn again. A
 * new stage is drawn as soon as the schema has it.
 */
final class RandomPlans {
    private static final JsonNode SCHEMA = JsonMapper.builder().build().readTree(PlanSchema.json());
    private static final int TRIES = 200;

    private RandomPlans() {}

    /** A plan of one to five stages; the limiter, if any, has a drive. */
    static MasteringPlan draw(Random random) {
        List<Class<? extends StageSettings>> kinds = new ArrayList<>(StageSettings.KINDS);
        kinds.remove(LimiterSettings.class);
        Collections.shuffle(kinds, random);
        List<StageSettings> stages = new ArrayList<>();
        for (var kind : kinds.subList(0, 1 + random.nextInt(4))) {
            stages.add(stage(StageSettings.stageName(kind), random));
        }
        if (random.nextBoolean()) {
            LimiterSettings limiter = (LimiterSettings) stage("limiter", random);
            stages.add(limiter.withDriveDb(random.nextDouble() * 24.0 - 6.0));
        }
        return MasteringPlan.of(stages, Delivery.DEFAULT, Provenance.DEFAULT);
    }

    /** One stage with settings from anywhere in their ranges. */
    static StageSettings stage(String name, Random random) {
        IllegalArgumentException last = new IllegalArgumentException();
        for (int k = 0; k < TRIES; k++) {
            String yaml =
                    "schemaVersion: 1\nstages: ["
                            + object(SCHEMA.get("$defs").get(name), random, name)
                            + "]\n";
            try {
                return PlanYaml.parse(yaml).stages().getFirst();
            } catch (IllegalArgumentException e) {
                last = e;
            }
        }
        throw new IllegalStateException("no legal " + name + " found", last);
    }

    private static String object(JsonNode definition, Random random, String name) {
        List<String> entries = new ArrayList<>();
        int bands = 1 + random.nextInt(3);
        for (var property : definition.get("properties").properties()) {
            String key = property.getKey();
            String value =
                    switch (key) {
                        case "bands" -> list(property.getValue(), bands, random);
                        case "crossoversHz" -> rising(bands - 1, random);
                        case "frequenciesHz" -> "[50, 400, 1000, 3000, 9000]";
                        case "gainsDb", "sideGainsDb" -> gains(random);
                        default -> value(property.getValue(), random);
                    };
            if (!value.isEmpty()) {
                entries.add(key + ": " + value);
            }
        }
        return "{" + String.join(", ", entries) + "}";
    }

    /** Empty for what shall keep its default. */
    private static String value(JsonNode schema, Random random) {
        if (schema.has("const")) {
            return schema.get("const").asString();
        }
        if (schema.has("$ref")) {
            return object(referred(schema), random, "");
        }
        if (schema.has("enum")) {
            JsonNode names = schema.get("enum");
            return names.get(random.nextInt(names.size())).asString();
        }
        if (schema.has("anyOf")) {
            JsonNode choices = schema.get("anyOf");
            return value(choices.get(random.nextInt(choices.size())), random);
        }
        if (schema.has("minimum") && random.nextInt(3) > 0) {
            double low = schema.get("minimum").asDouble();
            double high = schema.get("maximum").asDouble();
            double drawn = low + (high - low) * random.nextDouble();
            boolean whole = schema.has("type") && schema.get("type").toString().contains("integer");
            return whole
                    ? String.valueOf(Math.round(drawn))
                    : String.format(Locale.ROOT, "%.4f", drawn);
        }
        return "";
    }

    private static JsonNode referred(JsonNode schema) {
        String path = schema.get("$ref").asString();
        return SCHEMA.get("$defs").get(path.substring(path.lastIndexOf('/') + 1));
    }

    private static String list(JsonNode schema, int size, Random random) {
        List<String> items = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            items.add(value(schema.get("items"), random));
        }
        return "[" + String.join(", ", items) + "]";
    }

    private static String rising(int size, Random random) {
        List<String> items = new ArrayList<>();
        double hz = 60.0 + 100.0 * random.nextDouble();
        for (int k = 0; k < size; k++) {
            items.add(String.format(Locale.ROOT, "%.1f", hz));
            hz *= 2.0 + 3.0 * random.nextDouble();
        }
        return "[" + String.join(", ", items) + "]";
    }

    private static String gains(Random random) {
        List<String> items = new ArrayList<>();
        for (int k = 0; k < 5; k++) {
            items.add(String.format(Locale.ROOT, "%.2f", random.nextGaussian() * 4.0));
        }
        return "[" + String.join(", ", items) + "]";
    }
}
