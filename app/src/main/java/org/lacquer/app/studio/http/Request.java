// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.http;

import com.sun.net.httpserver.HttpExchange;

import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.base.StudioJson;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a client asks for: path, parameters, headers and body, each with its limits. */
public final class Request {
    /** More than this is no request of a page or a script. */
    public static final int MAX_JSON_BYTES = 1 << 20;

    private final HttpExchange exchange;
    private final Map<String, String> variables;
    private final Map<String, String> query;

    Request(HttpExchange exchange, Map<String, String> variables) {
        this.exchange = exchange;
        this.variables = variables;
        this.query = parse(exchange.getRequestURI().getRawQuery());
    }

    /** A variable of the path. */
    public String path(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no variable " + name);
        }
        return value;
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** A whole number within its range. */
    public int queryInt(String name, int usual, int lowest, int highest) {
        String text = query.get(name);
        if (text == null) {
            return usual;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= lowest && number <= highest) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // Told below, with the range.
        }
        throw Problem.badField(
                        name, name + " must be a whole number from " + lowest + " to " + highest)
                .exception();
    }

    public boolean queryFlag(String name) {
        return query(name).filter(text -> text.equals("true") || text.isEmpty()).isPresent();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    public InputStream body() {
        return exchange.getRequestBody();
    }

    /** -1 when the client does not say. */
    public long contentLength() {
        String text = exchange.getRequestHeaders().getFirst("Content-Length");
        try {
            return text == null ? -1 : Long.parseLong(text.strip());
        } catch (NumberFormatException notOne) {
            return -1;
        }
    }

    /** The body's media type without parameters, in small letters. */
    public String mediaType() {
        String type = header("Content-Type").orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** The body as text of at most {@link #MAX_JSON_BYTES}. */
    public String text() throws IOException {
        byte[] bytes = body().readNBytes(MAX_JSON_BYTES + 1);
        if (bytes.length > MAX_JSON_BYTES) {
            throw new Problem(413, "body-too-large", "a body of JSON or YAML may hold 1 MiB")
                    .with("limit", MAX_JSON_BYTES)
                    .exception();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The body as a JSON object with no other members than these.
     *
     * <p>Only {@code application/json} is taken: a page elsewhere cannot send that without asking.
     */
    public JsonNode json(List<String> members) throws IOException {
        if (!mediaType().equals("application/json")) {
            throw new Problem(
                            415,
                            "unsupported-media-type",
                            "send the body as Content-Type: application/json")
                    .exception();
        }
        JsonNode node;
        try {
            node = StudioJson.tree(text());
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage())).exception();
        }
        if (!node.isObject()) {
            throw Problem.badRequest("the body must be a JSON object").exception();
        }
        for (String name : node.propertyNames()) {
            if (!members.contains(name)) {
                throw Problem.badField(
                                name,
                                "there is no member '"
                                        + name
                                        + "' here; known: "
                                        + String.join(", ", members))
                        .exception();
            }
        }
        return node;
    }

    private static Map<String, String> parse(@org.jspecify.annotations.Nullable String raw) {
        Map<String, String> map = new LinkedHashMap<>();
        if (raw == null || raw.length() > 8_192) {
            return map;
        }
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            try {
                map.putIfAbsent(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException badEscape) {
                throw Problem.badRequest("the query holds a broken % escape").exception();
            }
        }
        return map;
    }
}
