// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the JSON Schema of plans from the records themselves, so that neither can go its own way:
 * keys, types and defaults by reflection, ranges from what the constructors say when they are given
 * an impossible value, descriptions from the Javadoc.
 */
final class SchemaGenerator {
    private static final Pattern RANGE =
            Pattern.compile("(\\w+) must be between (\\S+) and (\\S+?)(?: .*)?, got .*");
    private static final int TOO_MANY = 1_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Path sources;
    private final ObjectNode definitions = NODES.objectNode();

    /**
     * @param sources folder with the sources of this package
     */
    SchemaGenerator(Path sources) {
        this.sources = sources;
    }

    String generate() throws IOException {
        ObjectNode schema = NODES.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Lacquer mastering plan");
        schema.setAll(record(MasteringPlan.class, Optional.empty()));
        schema.withObject("properties")
                .set("schemaVersion", constant(MasteringPlan.SCHEMA_VERSION));
        schema.set("$defs", definitions);
        return JsonMapper.builder()
                        .build()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(schema)
                + "\n";
    }

    private ObjectNode record(Class<?> type, Optional<String> kind) throws IOException {
        String source = source(type);
        ObjectNode node = NODES.objectNode();
        node.put("type", "object");
        describe(node, classDescription(source));
        ArrayNode required = NODES.arrayNode();
        ObjectNode properties = node.putObject("properties");
        if (kind.isPresent()) {
            properties.putObject("stage").put("const", kind.get());
            required.add("stage");
        }
        Optional<Record> defaults = defaults(type);
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode property = value(component.getGenericType());
            describe(property, parameter(source, component.getName()));
            boolean optional =
                    component.getType() == OptionalDouble.class
                            || component.getType() == OptionalInt.class;
            if (defaults.isPresent()) {
                Object value = RecordYaml.value(defaults.get(), component);
                range(type, defaults.get(), component, property);
                plainDefault(property, value);
            } else if (!optional && defaults(component.getType()).isEmpty()) {
                required.add(component.getName());
            }
            properties.set(component.getName(), property);
        }
        if (!required.isEmpty()) {
            node.set("required", required);
        }
        node.put("additionalProperties", false);
        return node;
    }

    private ObjectNode value(Type type) throws IOException {
        ObjectNode node = NODES.objectNode();
        if (type instanceof ParameterizedType list) {
            node.put("type", "array");
            node.set("items", value(list.getActualTypeArguments()[0]));
            return node;
        }
        Class<?> raw = (Class<?>) type;
        if (raw == StageSettings.class) {
            ArrayNode kinds = node.putArray("oneOf");
            for (Class<? extends StageSettings> kind : StageSettings.KINDS) {
                String name = StageSettings.stageName(kind);
                definitions.set(name, record(kind, Optional.of(name)));
                kinds.addObject().put("$ref", "#/$defs/" + name);
            }
        } else if (raw.isRecord()) {
            if (!definitions.has(raw.getSimpleName())) {
                definitions.set(raw.getSimpleName(), record(raw, Optional.empty()));
            }
            node.put("$ref", "#/$defs/" + raw.getSimpleName());
        } else if (raw.isEnum()) {
            ArrayNode names = node.putArray("enum");
            for (Object constant : raw.getEnumConstants()) {
                String name = RecordYaml.nameOf((Enum<?>) constant);
                names.add(name);
                if (name.chars().allMatch(Character::isDigit)) {
                    // Without quotes YAML reads it as a number.
                    names.add(Integer.parseInt(name));
                }
            }
        } else if (raw == double.class || raw == Double.class) {
            node.put("type", "number");
        } else if (raw == int.class || raw == long.class) {
            node.put("type", "integer");
        } else if (raw == boolean.class) {
            node.put("type", "boolean");
        } else if (raw == OptionalDouble.class) {
            node.putArray("type").add("number").add("null");
        } else if (raw == OptionalInt.class) {
            node.putArray("type").add("integer").add("null");
        } else if (raw == String.class) {
            node.put("type", "string");
        } else {
            throw new IllegalStateException("no schema for " + raw);
        }
        return node;
    }

    /** Asks the constructor for the legal range by giving it what cannot be legal. */
    private static void range(
            Class<?> type, Record defaults, RecordComponent component, ObjectNode property) {
        Optional<Object> impossible = impossible(component);
        if (impossible.isEmpty()) {
            return;
        }
        Matcher refused = RANGE.matcher(refusal(type, defaults, component, impossible.get()));
        if (!refused.matches() || !refused.group(1).equals(component.getName())) {
            return;
        }
        double low = Double.parseDouble(refused.group(2));
        double high = Double.parseDouble(refused.group(3));
        if (component.getType() == List.class && property.withObject("items").has("type")) {
            // A list of numbers may demand more than a range, for instance that they rise.
            return;
        }
        if (component.getType() == List.class) {
            property.put("minItems", (int) low).put("maxItems", (int) high);
        } else if (component.getType() == int.class || component.getType() == OptionalInt.class) {
            property.put("minimum", (int) low).put("maximum", (int) high);
        } else if (RecordYaml.value(defaults, component) instanceof Double value
                && (value < low || value > high)) {
            // A value outside, zero say, that switches something off.
            ArrayNode either = property.putArray("anyOf");
            either.addObject().put("const", value);
            either.addObject().put("minimum", low).put("maximum", high);
        } else {
            property.put("minimum", low).put("maximum", high);
        }
    }

    private static Optional<Object> impossible(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == double.class) {
            return Optional.of(Double.NaN);
        } else if (type == OptionalDouble.class) {
            return Optional.of(OptionalDouble.of(Double.NaN));
        } else if (type == int.class) {
            return Optional.of(Integer.MIN_VALUE);
        } else if (type == OptionalInt.class) {
            return Optional.of(OptionalInt.of(Integer.MIN_VALUE));
        } else if (type == List.class
                && component.getGenericType() instanceof ParameterizedType list
                && list.getActualTypeArguments()[0] instanceof Class<?> item
                && item.isRecord()) {
            return defaults(item).map(value -> Collections.nCopies(TOO_MANY, value));
        }
        return Optional.empty();
    }

    private static String refusal(
            Class<?> type, Record defaults, RecordComponent changed, Object value) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int k = 0; k < values.length; k++) {
            boolean other = !components[k].getName().equals(changed.getName());
            values[k] = other ? RecordYaml.value(defaults, components[k]) : value;
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            constructor.newInstance(values);
            return "";
        } catch (InvocationTargetException e) {
            return String.valueOf(e.getCause() == null ? "" : e.getCause().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Record> defaults(Class<?> type) {
        try {
            Field constant = type.getDeclaredField("DEFAULT");
            constant.setAccessible(true);
            return Optional.of((Record) constant.get(null));
        } catch (NoSuchFieldException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void plainDefault(ObjectNode property, Object value) {
        switch (value) {
            case Double number -> property.put("default", number);
            case Integer number -> property.put("default", number);
            case Long number -> property.put("default", number);
            case Boolean truth -> property.put("default", truth);
            case Enum<?> constant -> property.put("default", RecordYaml.nameOf(constant));
            case OptionalDouble number when number.isPresent() ->
                    property.put("default", number.getAsDouble());
            default -> {}
        }
    }

    private static ObjectNode constant(int value) {
        return NODES.objectNode().put("const", value);
    }

    private static void describe(ObjectNode node, String text) {
        if (!text.isEmpty()) {
            node.put("description", text);
        }
    }

    private String source(Class<?> type) throws IOException {
        Path file = sources.resolve(type.getSimpleName() + ".java");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /** First paragraph of the Javadoc in front of the record. */
    private static String classDescription(String source) {
        int declaration = source.indexOf("public record");
        int start = declaration < 0 ? -1 : source.lastIndexOf("/**", declaration);
        return start < 0
                ? ""
                : plain(source.substring(start + 3, declaration).split("<p>|@param|\\*/")[0]);
    }

    private static String parameter(String source, String name) {
        Matcher matcher =
                Pattern.compile("@param " + name + "\\s(.*?)(?=\\* @|\\*/)", Pattern.DOTALL)
                        .matcher(source);
        return matcher.find() ? plain(matcher.group(1)) : "";
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("(?m)^\\s*\\*", " ")
                .replaceAll("\\{@\\w+ ([^}]*)}", "$1")
                .replaceAll("</?\\w+>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
