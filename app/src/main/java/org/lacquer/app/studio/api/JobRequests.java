// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.Plans;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.store.Store;
import org.lacquer.inference.MasteringRequest;
import org.lacquer.models.GenreTargets;
import org.lacquer.models.Platforms;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks through a request for a job before it waits in line: nothing fails late that can fail
 * early.
 */
final class JobRequests {
    /** Of all types together; each type looks at its own. */
    static final List<String> MEMBERS =
            List.of(
                    "type",
                    "file",
                    "name",
                    "genre",
                    "references",
                    "platform",
                    "loudnessLufs",
                    "ceilingDbtp",
                    "intensity",
                    "match",
                    "amounts",
                    "bypass",
                    "plan",
                    "parent",
                    "keepLoudness",
                    "version",
                    "versions",
                    "masters",
                    "mix",
                    "files",
                    "report",
                    "codec");

    private static final Set<String> FORMATS =
            Set.of("wav", "aiff", "flac", "alac", "mp3", "aac", "opus");

    private final Store store;
    private final Set<String> adjustable;

    /**
     * @param adjustable stages that can be weakened or left out
     */
    JobRequests(Store store, Set<String> adjustable) {
        this.store = store;
        this.adjustable = Set.copyOf(adjustable);
    }

    /** What a job is about. */
    record Checked(String type, @Nullable String file, @Nullable String version) {}

    Checked check(String project, JsonNode body) {
        String type = body.path("type").asString("");
        return switch (type) {
            case "analyse" -> new Checked(type, file(project, body, false), null);
            case "master" -> master(project, body);
            case "render" -> render(project, body);
            case "export" -> export(project, body);
            case "compare" -> compare(project, body);
            default -> throw JobsApi.unknownType(type);
        };
    }

    private Checked master(String project, JsonNode body) {
        genre(body);
        references(project, body);
        platform(body.path("platform"), "platform");
        range(body, "loudnessLufs", -40.0, -3.0, "LUFS");
        range(body, "ceilingDbtp", -24.0, 0.0, "dBTP");
        range(body, "intensity", 0.0, 100.0, "");
        range(body, "match", 0.0, 100.0, "");
        Set<String> stages = new LinkedHashSet<>();
        for (String name : body.path("amounts").propertyNames()) {
            range(body.path("amounts"), name, 0.0, 100.0, "percent");
            stages.add(name);
        }
        body.path("bypass").forEach(stage -> stages.add(stage.asString("")));
        for (String stage : stages) {
            if (!adjustable.contains(stage)) {
                throw Problem.badField(
                                "amounts",
                                "stage '"
                                        + stage
                                        + "' cannot be weakened or left out; those that can: "
                                        + String.join(", ", adjustable.stream().sorted().toList()))
                        .exception();
            }
        }
        name(body);
        return new Checked("master", file(project, body, true), null);
    }

    private Checked render(String project, JsonNode body) {
        if (!body.path("plan").isObject()) {
            throw Problem.badField("plan", "plan must be a plan as JSON").exception();
        }
        Plans.forVersion(
                Plans.read(body.path("plan").toString()),
                body.path("keepLoudness").asBoolean(true));
        if (body.has("parent")) {
            store.versions().get(project, body.path("parent").asString(""));
        }
        name(body);
        return new Checked("render", file(project, body, true), null);
    }

    private Checked export(String project, JsonNode body) {
        String version = store.versions().get(project, body.path("version").asString("")).id();
        if (body.path("files").size() > 20) {
            throw Problem.badField("files", "an export makes at most 20 files").exception();
        }
        for (JsonNode file : body.path("files")) {
            if (!FORMATS.contains(file.path("format").asString(""))) {
                throw Problem.badField(
                                "files.format",
                                "format must be one of "
                                        + String.join(", ", FORMATS.stream().sorted().toList()))
                        .exception();
            }
            platform(file.path("platform"), "files.platform");
            if (file.has("bitDepth")
                    && !Set.of("16", "24", "32f").contains(file.path("bitDepth").asString(""))) {
                throw Problem.badField("files.bitDepth", "bitDepth must be 16, 24 or 32f")
                        .exception();
            }
            range(file, "sampleRateHz", 8_000.0, 384_000.0, "Hz");
            if (file.has("safePeaks") && !file.path("safePeaks").isBoolean()) {
                throw Problem.badField("files.safePeaks", "safePeaks must be true or false")
                        .exception();
            }
        }
        return new Checked("export", store.versions().get(project, version).file(), version);
    }

    private Checked compare(String project, JsonNode body) {
        genre(body);
        references(project, body);
        body.path("versions").forEach(id -> store.versions().get(project, id.asString("")));
        body.path("masters").forEach(id -> store.files().ready(project, id.asString("")));
        int candidates = body.path("versions").size() + body.path("masters").size();
        if (candidates < 1 || candidates > 8) {
            throw Problem.badField("versions", "compare 1 to 8 versions and masters").exception();
        }
        return new Checked("compare", file(project, body, true), null);
    }

    private String file(String project, JsonNode body, boolean usable) {
        var file = store.files().get(project, body.path("file").asString(""));
        if (usable && file.state().equals("refused")) {
            store.files().ready(project, file.id());
        }
        return file.id();
    }

    private void references(String project, JsonNode body) {
        if (body.path("references").size() > 10) {
            throw Problem.badField("references", "at most 10 references").exception();
        }
        body.path("references").forEach(id -> store.files().get(project, id.asString("")));
    }

    private static void genre(JsonNode body) {
        String genre = body.path("genre").asString(MasteringRequest.AUTO);
        if (!genre.equals(MasteringRequest.AUTO) && GenreTargets.named(genre).isEmpty()) {
            throw Problem.badField("genre", "there is no genre '" + genre + "'; see /options")
                    .exception();
        }
    }

    private static void platform(JsonNode node, String field) {
        if (!node.isMissingNode() && Platforms.named(node.asString("")).isEmpty()) {
            throw Problem.badField(field, "there is no such platform; see /options").exception();
        }
    }

    private static void name(JsonNode body) {
        if (body.has("name") && !body.path("name").asString("").isBlank()) {
            Fields.text(body, "name", 200);
        }
    }

    private static void range(
            JsonNode body, String field, double lowest, double highest, String unit) {
        JsonNode node = body.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return;
        }
        double value = node.asDouble(Double.NaN);
        if (!node.isNumber() || !(value >= lowest && value <= highest)) {
            throw Problem.badField(
                            field,
                            (field + " must be between " + lowest + " and " + highest + " " + unit)
                                    .strip())
                    .exception();
        }
    }
}
