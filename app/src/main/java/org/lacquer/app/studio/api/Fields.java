// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.lacquer.app.studio.base.Problem;

import tools.jackson.databind.JsonNode;

import java.util.Set;
import java.util.stream.Collectors;

/** Members of requests, each with its rule. */
final class Fields {
    private static final Set<String> ROLES = Set.of("mix", "reference", "master", "stem");

    private Fields() {}

    static String text(JsonNode body, String field, int longest) {
        JsonNode node = body.path(field);
        String text = node.isString() ? node.asString().strip() : "";
        if (text.isEmpty() || text.length() > longest) {
            throw Problem.badField(
                            field, field + " must be a text of 1 to " + longest + " characters")
                    .exception();
        }
        return printable(text);
    }

    /** A name that a file had elsewhere: without folders, never used as a path. */
    static String fileName(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String clean = printable(last).strip();
        if (clean.isEmpty() || clean.length() > 255) {
            throw Problem.badField("name", "name must be a file's name of 1 to 255 characters")
                    .exception();
        }
        return clean;
    }

    static String role(String role) {
        if (!ROLES.contains(role)) {
            throw Problem.badField("role", "role must be mix, reference, master or stem")
                    .exception();
        }
        return role;
    }

    static double number(JsonNode body, String field) {
        JsonNode node = body.path(field);
        if (!node.isNumber() || !Double.isFinite(node.asDouble())) {
            throw Problem.badField(field, field + " must be a number").exception();
        }
        return node.asDouble();
    }

    private static String printable(String text) {
        return text.codePoints()
                .filter(letter -> !Character.isISOControl(letter) && letter != 0xFFFE)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
