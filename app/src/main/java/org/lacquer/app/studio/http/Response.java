// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.http;

import com.sun.net.httpserver.HttpExchange;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.base.StudioJson;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer. */
@FunctionalInterface
public interface Response {
    /** Sends it; the exchange is closed by the caller. */
    void send(HttpExchange exchange) throws IOException;

    static Response json(Object value) {
        return json(200, value);
    }

    static Response json(int status, Object value) {
        return bytes(status, "application/json", StudioJson.bytes(value));
    }

    static Response created(String location, Object value) {
        return json(201, value).header("Location", location);
    }

    static Response empty() {
        return exchange -> exchange.sendResponseHeaders(204, -1);
    }

    static Response text(String type, String text) {
        return bytes(200, type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    static Response bytes(int status, String type, byte[] bytes) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(bytes);
                }
            }
        };
    }

    static Response problem(Problem problem, @Nullable String instance) {
        Map<String, Object> object = new LinkedHashMap<>(problem.json(instance));
        return bytes(problem.status(), "application/problem+json", StudioJson.bytes(object));
    }

    /** The same with one more header. */
    default Response header(String name, String value) {
        return exchange -> {
            exchange.getResponseHeaders().set(name, value);
            send(exchange);
        };
    }

    /** The same, to be stored under a name by the browser. */
    default Response download(String name) {
        StringBuilder ascii = new StringBuilder();
        for (char letter : name.toCharArray()) {
            boolean plain = letter >= ' ' && letter < 127 && "\"\\%".indexOf(letter) < 0;
            ascii.append(plain ? letter : '_');
        }
        return header(
                "Content-Disposition",
                "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + escaped(name));
    }

    private static String escaped(String name) {
        StringBuilder text = new StringBuilder();
        for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (one & 0xff);
            boolean plain =
                    letter < 128
                            && (Character.isLetterOrDigit(letter) || "-._~".indexOf(letter) >= 0);
            if (plain) {
                text.append(letter);
            } else {
                text.append('%')
                        .append(Character.toUpperCase(Character.forDigit(letter >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(letter & 15, 16)));
            }
        }
        return text.toString();
    }
}
