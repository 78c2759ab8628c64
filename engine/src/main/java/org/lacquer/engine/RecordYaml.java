// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Records to YAML and back by their components. Unknown keys, wrong types and values that a record
 * refuses are reported with their line.
 *
 * <p>Component types: double, int, long, String, enums and named constants, OptionalDouble,
 * OptionalInt, Double in lists, records, lists of those, and one sealed interface whose kind stands
 * under a key of its own. A missing key takes the value of the record's {@code DEFAULT} constant,
 * if it has one.
 */
final class RecordYaml {
    private final String kindKey;
    private final Class<?> sealedType;
    private final Map<String, ? extends Class<?>> kinds;

    RecordYaml(String kindKey, Class<?> sealedType, Map<String, ? extends Class<?>> kinds) {
        this.kindKey = kindKey;
        this.sealedType = sealedType;
        this.kinds = kinds;
    }

    // Reading

    <T extends Record> T read(String text, Class<T> type) {
        Optional<Node> root;
        try {
            root = new Compose(LoadSettings.builder().build()).composeString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            throw new YamlException(line, "not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new YamlException(0, "not valid YAML: " + e.getMessage());
        }
        if (root.isEmpty()) {
            throw new YamlException(0, "the document is empty");
        }
        return type.cast(readRecord(root.get(), type));
    }

    private Object readRecord(Node node, Class<?> type) {
        Map<String, NodeTuple> entries = entries(node, type.getSimpleName());
        RecordComponent[] components = type.getRecordComponents();
        List<String> names = Arrays.stream(components).map(RecordComponent::getName).toList();
        for (Map.Entry<String, NodeTuple> entry : entries.entrySet()) {
            boolean kind = entry.getKey().equals(kindKey) && sealedType.isAssignableFrom(type);
            if (!kind && !names.contains(entry.getKey())) {
                throw new YamlException(
                        line(entry.getValue().getKeyNode()),
                        "unknown key '"
                                + entry.getKey()
                                + "'; known here: "
                                + String.join(", ", names));
            }
        }
        Object[] values = new Object[components.length];
        for (int k = 0; k < components.length; k++) {
            NodeTuple entry = entries.get(names.get(k));
            values[k] =
                    entry == null
                            ? defaultOf(type, components[k], line(node))
                            : readValue(
                                    entry.getValueNode(),
                                    components[k].getGenericType(),
                                    names.get(k));
        }
        return construct(type, components, values, node, entries);
    }

    private static Object construct(
            Class<?> type,
            RecordComponent[] components,
            Object[] values,
            Node node,
            Map<String, NodeTuple> entries) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            String reason = String.valueOf(e.getCause() == null ? e : e.getCause().getMessage());
            NodeTuple entry = entries.get(reason.split(" ", 2)[0]);
            throw new YamlException(line(entry == null ? node : entry.getKeyNode()), reason);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object defaultOf(Class<?> type, RecordComponent component, int line) {
        if (component.getType() == OptionalDouble.class) {
            return OptionalDouble.empty();
        }
        if (component.getType() == OptionalInt.class) {
            return OptionalInt.empty();
        }
        try {
            Field constant = type.getDeclaredField("DEFAULT");
            constant.setAccessible(true);
            return component.getAccessor().invoke(constant.get(null));
        } catch (NoSuchFieldException e) {
            if (component.getType().isRecord()) {
                return defaultRecord(component, line);
            }
            throw new YamlException(line, "key '" + component.getName() + "' is missing");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object defaultRecord(RecordComponent component, int line) {
        try {
            return component.getType().getDeclaredField("DEFAULT").get(null);
        } catch (ReflectiveOperationException e) {
            throw new YamlException(line, "key '" + component.getName() + "' is missing");
        }
    }

    private Object readValue(Node node, Type type, String name) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            if (!(node instanceof SequenceNode sequence)) {
                throw new YamlException(line(node), name + " must be a list");
            }
            List<Object> values = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                values.add(readValue(item, list.getActualTypeArguments()[0], name));
            }
            return values;
        }
        Class<?> raw = (Class<?>) type;
        if (raw == sealedType) {
            return readRecord(node, kindOf(node));
        }
        return raw.isRecord()
                ? readRecord(node, raw)
                : readScalar(scalar(node, name), raw, name, line(node));
    }

    private Class<?> kindOf(Node node) {
        NodeTuple entry = entries(node, kindKey).get(kindKey);
        if (entry == null) {
            throw new YamlException(line(node), "key '" + kindKey + "' is missing");
        }
        String kind = scalar(entry.getValueNode(), kindKey);
        Class<?> type = kinds.get(kind);
        if (type == null) {
            throw new YamlException(
                    line(entry.getValueNode()),
                    "unknown "
                            + kindKey
                            + " '"
                            + kind
                            + "'; known: "
                            + String.join(", ", kinds.keySet().stream().sorted().toList()));
        }
        return type;
    }

    private static Object readScalar(String text, Class<?> type, String name, int line) {
        try {
            if (type == double.class || type == Double.class) {
                return Double.valueOf(text);
            } else if (type == OptionalDouble.class) {
                return absent(text)
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Double.parseDouble(text));
            } else if (type == OptionalInt.class) {
                return absent(text) ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
            } else if (type == int.class) {
                return Integer.valueOf(text);
            } else if (type == long.class) {
                return Long.valueOf(text);
            } else if (type == String.class) {
                return text;
            }
        } catch (NumberFormatException e) {
            throw new YamlException(line, name + " must be a number, got '" + text + "'");
        }
        for (Object constant : type.getEnumConstants()) {
            if (nameOf((Enum<?>) constant).equals(text.toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(c -> nameOf((Enum<?>) c)).toList();
        throw new YamlException(
                line,
                name + " must be one of " + String.join(", ", names) + ", got '" + text + "'");
    }

    private static boolean absent(String text) {
        return text.isEmpty() || text.equals("null") || text.equals("~");
    }

    private static Map<String, NodeTuple> entries(Node node, String what) {
        if (!(node instanceof MappingNode mapping)) {
            throw new YamlException(line(node), what + " must be a mapping of keys to values");
        }
        Map<String, NodeTuple> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = scalar(tuple.getKeyNode(), "a key");
            if (entries.put(key, tuple) != null) {
                throw new YamlException(
                        line(tuple.getKeyNode()), "key '" + key + "' appears twice");
            }
        }
        return entries;
    }

    private static String scalar(Node node, String name) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new YamlException(line(node), name + " must be a single value");
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }

    // Writing

    String write(Record root) {
        StringBuilder out = new StringBuilder();
        writeRecord(out, root, "");
        return out.toString();
    }

    private void writeRecord(StringBuilder out, Record record, String indent) {
        String first = out.isEmpty() || out.charAt(out.length() - 1) == '\n' ? indent : "";
        if (sealedType.isInstance(record)) {
            out.append(first).append(kindKey).append(": ").append(kindName(record)).append('\n');
            first = indent;
        }
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(record, component);
            if (value.equals(OptionalDouble.empty()) || value.equals(OptionalInt.empty())) {
                continue;
            }
            out.append(first).append(component.getName()).append(':');
            first = indent;
            writeValue(out, value, indent);
        }
    }

    private void writeValue(StringBuilder out, Object value, String indent) {
        switch (value) {
            case Record record -> {
                out.append('\n');
                writeRecord(out, record, indent + "  ");
            }
            case List<?> list when list.isEmpty() || !(list.getFirst() instanceof Record) ->
                    out.append(" [")
                            .append(
                                    String.join(
                                            ", ",
                                            list.stream().map(RecordYaml::scalarText).toList()))
                            .append("]\n");
            case List<?> list -> {
                out.append('\n');
                for (Object item : list) {
                    out.append(indent).append("  - ");
                    writeRecord(out, (Record) item, indent + "    ");
                }
            }
            default -> out.append(' ').append(scalarText(value)).append('\n');
        }
    }

    private String kindName(Record record) {
        for (var kind : kinds.entrySet()) {
            if (kind.getValue() == record.getClass()) {
                return kind.getKey();
            }
        }
        throw new IllegalStateException("no name for " + record.getClass());
    }

    /** Value of a component; none is ever null. */
    static Object value(Record record, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return Objects.requireNonNull(accessor.invoke(record));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String scalarText(Object value) {
        return switch (value) {
            case OptionalDouble number -> String.valueOf(number.getAsDouble());
            case OptionalInt number -> String.valueOf(number.getAsInt());
            case Enum<?> constant -> nameOf(constant);
            case String text -> quoted(text);
            default -> String.valueOf(value);
        };
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    /** Enum constants in lower case; an enum with a {@code label()} is named by that. */
    static String nameOf(Enum<?> constant) {
        try {
            return (String) constant.getClass().getMethod("label").invoke(constant);
        } catch (ReflectiveOperationException e) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
