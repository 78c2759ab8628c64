// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.works;

import org.lacquer.app.studio.base.StudioJson;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a rendered version has of the version whose plan was changed: the target, and the reasons of
 * all settings that are still as they were.
 */
final class Inherited {
    private static final Pattern INDEXED = Pattern.compile("(\\w+)\\[(\\d+)]");
    private static final double SAME = 1e-9;

    private Inherited() {}

    /** Adds to the files of a new version, before it is published. */
    static void add(Path fresh, Path parent) throws IOException {
        JsonNode old = read(parent, "detail.json");
        Map<String, Object> detail =
                new LinkedHashMap<>(StudioJson.map(read(fresh, "detail.json")));
        JsonNode plan = StudioJson.tree(StudioJson.text(detail)).path("plan");
        List<JsonNode> kept = new ArrayList<>();
        for (JsonNode decision : old.path("decisions")) {
            JsonNode now = value(plan, decision.path("setting").asString(""));
            if (now.isNumber()
                    && Math.abs(now.asDouble() - decision.path("value").asDouble()) <= SAME) {
                kept.add(decision);
            }
        }
        detail.put("decisions", kept);
        detail.put("target", old.path("target"));
        Files.write(fresh.resolve("detail.json"), StudioJson.bytes(detail));
        Map<String, Object> spectrum =
                new LinkedHashMap<>(StudioJson.map(read(fresh, "spectrum.json")));
        spectrum.put("corridor", read(parent, "spectrum.json").path("corridor"));
        Files.write(fresh.resolve("spectrum.json"), StudioJson.bytes(spectrum));
    }

    /** A setting by its place, for instance {@code parametric-eq.bands[2].gainDb}. */
    static JsonNode value(JsonNode plan, String setting) {
        String[] parts = setting.split("\\.");
        JsonNode node = plan.path("delivery");
        if (!parts[0].equals("delivery")) {
            node = plan.path("none");
            for (JsonNode stage : plan.path("stages")) {
                if (stage.path("stage").asString("").equals(parts[0])) {
                    node = stage;
                    break;
                }
            }
        }
        for (int i = 1; i < parts.length; i++) {
            Matcher indexed = INDEXED.matcher(parts[i]);
            node =
                    indexed.matches()
                            ? node.path(indexed.group(1)).path(Integer.parseInt(indexed.group(2)))
                            : node.path(parts[i]);
        }
        return node;
    }

    private static JsonNode read(Path folder, String name) throws IOException {
        return StudioJson.tree(Files.readString(folder.resolve(name)));
    }
}
