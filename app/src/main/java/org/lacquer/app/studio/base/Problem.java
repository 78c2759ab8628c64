// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.base;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why something was refused or failed: RFC 9457, {@code application/problem+json}.
 *
 * @param status of HTTP
 * @param code stable name for scripts
 * @param detail a sentence for people: what, and what to do
 * @param more further members, for instance {@code limit}
 */
public record Problem(int status, String code, String detail, Map<String, Object> more) {
    public Problem {
        detail = detail.replaceAll("\\s*[\\r\\n]+\\s*", " ").strip();
        more = Map.copyOf(more);
    }

    public Problem(int status, String code, String detail) {
        this(status, code, detail, Map.of());
    }

    /** With one more member. */
    public Problem with(String key, Object value) {
        Map<String, Object> grown = new LinkedHashMap<>(more);
        grown.put(key, value);
        return new Problem(status, code, detail, grown);
    }

    /** To be thrown. */
    public ProblemException exception() {
        return new ProblemException(this);
    }

    /** The members of the JSON object. */
    public Map<String, Object> json(@Nullable String instance) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "urn:lacquer:problem:" + code);
        object.put("title", title());
        object.put("status", status);
        object.put("code", code);
        object.put("detail", detail);
        if (instance != null) {
            object.put("instance", instance);
        }
        object.putAll(more);
        return object;
    }

    /** The code in words. */
    private String title() {
        String words = code.replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    public static Problem badRequest(String detail) {
        return new Problem(400, "bad-request", detail);
    }

    /** A member or parameter of a request that cannot be taken. */
    public static Problem badField(String field, String detail) {
        return new Problem(400, "bad-request", detail).with("field", field);
    }

    public static Problem notFound(String what) {
        return new Problem(404, "not-found", "there is no such " + what + ", or it was deleted");
    }

    /** Something that does not fit the present state. */
    public static Problem conflict(String detail) {
        return new Problem(409, "conflict", detail);
    }

    public static Problem notReady(String detail) {
        return new Problem(409, "not-ready", detail);
    }

    /** A mistake in the program. */
    public static Problem fault(Throwable thrown) {
        return new Problem(
                500,
                "fault",
                "this is a fault of Lacquer, not yours: "
                        + thrown.getClass().getSimpleName()
                        + "; start it with LACQUER_DEBUG=1 to see more");
    }
}
