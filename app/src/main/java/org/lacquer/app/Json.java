// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One JSON object on one line, from maps, lists, texts, numbers and truth values. What is not a
 * finite number becomes {@code null}, and so does an empty optional. Keys keep their order.
 */
final class Json {
    /** Of every object that is printed; grows when a key changes its meaning or goes away. */
    static final int SCHEMA_VERSION = 1;

    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** An object for a file, ready for more keys. */
    static Map<String, Object> object(Object file) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("schemaVersion", SCHEMA_VERSION);
        object.put("file", file.toString());
        return object;
    }

    static Map<String, Object> error(Object file, Problem problem) {
        Map<String, Object> object = object(file);
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", problem.code());
        error.put("message", problem.message());
        object.put("error", error);
        return object;
    }

    static String line(Map<String, ?> object) {
        var text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, object);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case Map<?, ?> map -> {
                json.writeStartObject();
                map.forEach(
                        (key, entry) -> {
                            json.writeName(key.toString());
                            write(json, entry);
                        });
                json.writeEndObject();
            }
            case Iterable<?> list when !(list instanceof Path) -> {
                json.writeStartArray();
                list.forEach(entry -> write(json, entry));
                json.writeEndArray();
            }
            case Double number when Double.isFinite(number) -> json.writeNumber(number);
            case Double undefined -> json.writeNull();
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean truth -> json.writeBoolean(truth);
            case Optional<?> maybe -> write(json, maybe.orElse(null));
            default -> json.writeString(value.toString());
        }
    }
}
