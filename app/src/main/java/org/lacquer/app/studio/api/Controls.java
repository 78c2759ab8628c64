// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.engine.PlanSchema;
import org.lacquer.engine.StageSettings;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Stages and their settings as controls, from the schema of plans. */
final class Controls {
    /** Endings of keys with their units; longer ones first. */
    private static final Map<String, String> UNITS = units();

    private static final String REFERENCE = "#/$defs/";

    private final JsonNode definitions;

    Controls() {
        definitions = StudioJson.tree(PlanSchema.json()).path("$defs");
    }

    /**
     * @param adjustable stages that a master job can weaken or leave out
     */
    List<Map<String, Object>> stages(Set<String> adjustable) {
        List<Map<String, Object>> stages = new ArrayList<>();
        for (Class<? extends StageSettings> kind : StageSettings.KINDS) {
            String name = StageSettings.stageName(kind);
            JsonNode definition = definitions.path(name);
            Map<String, Object> stage = new LinkedHashMap<>();
            stage.put("name", name);
            stage.put("title", title(name.replace('-', ' ')));
            stage.put("description", definition.path("description").asString(""));
            stage.put("adjustable", adjustable.contains(name));
            stage.put("controls", controls(definition));
            stages.add(stage);
        }
        return stages;
    }

    List<Map<String, Object>> delivery() {
        return controls(definitions.path("Delivery"));
    }

    private List<Map<String, Object>> controls(JsonNode definition) {
        List<Map<String, Object>> controls = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : definition.path("properties").properties()) {
            if (!property.getKey().equals("stage")) {
                controls.add(control(property.getKey(), property.getValue()));
            }
        }
        return controls;
    }

    private Map<String, Object> control(String key, JsonNode schema) {
        Map<String, Object> control = new LinkedHashMap<>();
        String unit = "";
        String words = key;
        for (Map.Entry<String, String> ending : UNITS.entrySet()) {
            if (key.endsWith(ending.getKey()) && key.length() > ending.getKey().length()) {
                unit = ending.getValue();
                words = key.substring(0, key.length() - ending.getKey().length());
                break;
            }
        }
        control.put("key", key);
        control.put("title", title(words.replaceAll("([a-z])([A-Z])", "$1 $2")));
        if (!unit.isEmpty()) {
            control.put("unit", unit);
        }
        String description = schema.path("description").asString("");
        if (!description.isEmpty()) {
            control.put("description", description);
        }
        shape(control, schema, unit);
        for (String member : List.of("minimum", "maximum", "default", "minItems", "maxItems")) {
            if (schema.has(member)) {
                control.put(member, schema.path(member));
            }
        }
        return control;
    }

    private void shape(Map<String, Object> control, JsonNode schema, String unit) {
        JsonNode type = schema.path("type");
        if (schema.has("$ref")) {
            control.put("type", "group");
            control.put("items", controls(referred(schema)));
        } else if (schema.has("enum")) {
            List<String> choices = new ArrayList<>();
            schema.path("enum")
                    .forEach(
                            choice -> {
                                if (choice.isString()) {
                                    choices.add(choice.asString());
                                }
                            });
            control.put("type", "choice");
            control.put("choices", choices);
        } else if (type.isArray()) {
            control.put("type", type.path(0).asString());
            control.put("optional", true);
        } else if (type.asString("").equals("array")) {
            boolean objects = schema.path("items").has("$ref");
            control.put("type", objects ? "list" : "numbers");
            if (objects) {
                control.put("items", controls(referred(schema.path("items"))));
            }
        } else if (schema.has("anyOf") && type.isMissingNode()) {
            control.put("type", "group");
            schema.path("anyOf")
                    .forEach(
                            choice -> {
                                if (choice.has("$ref")) {
                                    control.put("items", controls(referred(choice)));
                                }
                            });
            control.put("optional", true);
        } else {
            String name = type.asString("text");
            control.put("type", name.equals("string") ? "text" : name);
        }
        boolean wide =
                schema.path("minimum").asDouble(0.0) > 0.0
                        && schema.path("maximum").asDouble(0.0)
                                >= 50.0 * schema.path("minimum").asDouble(0.0);
        if (wide && (unit.equals("Hz") || unit.equals("ms") || unit.isEmpty())) {
            control.put("logarithmic", true);
        }
    }

    private JsonNode referred(JsonNode schema) {
        return definitions.path(schema.path("$ref").asString("").substring(REFERENCE.length()));
    }

    static String title(String words) {
        String small = words.toLowerCase(Locale.ROOT);
        String text = small.substring(0, 1).toUpperCase(Locale.ROOT) + small.substring(1);
        return text.replaceAll("\\b[Ee]q\\b", "EQ");
    }

    private static Map<String, String> units() {
        Map<String, String> units = new LinkedHashMap<>();
        units.put("DbPerOctave", "dB/octave");
        units.put("Dbtp", "dBTP");
        units.put("Lufs", "LUFS");
        units.put("Percent", "%");
        units.put("Seconds", "s");
        units.put("Octaves", "octaves");
        units.put("Db", "dB");
        units.put("Hz", "Hz");
        units.put("Ms", "ms");
        return units;
    }
}
