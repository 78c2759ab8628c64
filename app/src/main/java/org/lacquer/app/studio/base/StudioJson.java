// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.base;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON to and from maps and trees; what is not a finite number becomes {@code null}. */
public final class StudioJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Double.class, new Finite(Double.class))
                                    .addSerializer(double.class, new Finite(double.class)))
                    .build();

    private StudioJson() {}

    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    public static byte[] bytes(Object value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @throws IllegalArgumentException where it is not JSON
     */
    public static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("this is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** As maps, lists, texts, numbers and truth values. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(JsonNode node) {
        return MAPPER.treeToValue(node, Map.class);
    }

    public static Map<String, Object> map(String text) {
        return map(tree(text));
    }

    /** Numbers that JSON can hold. */
    private static final class Finite extends StdSerializer<Double> {
        Finite(Class<?> type) {
            super(type);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializationContext context) {
            if (Double.isFinite(value)) {
                json.writeNumber(value.doubleValue());
            } else {
                json.writeNull();
            }
        }
    }
}
