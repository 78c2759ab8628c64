// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.jobs.Jobs;
import org.lacquer.app.studio.store.Project;
import org.lacquer.app.studio.store.SongFile;
import org.lacquer.app.studio.store.Store;
import org.lacquer.app.studio.store.Stored;
import org.lacquer.app.studio.store.Version;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Projects and what belongs to them, as clients see them. */
final class Views {
    private final Store store;
    private final Jobs jobs;

    Views(Store store, Jobs jobs) {
        this.store = store;
        this.jobs = jobs;
    }

    Map<String, Object> summary(Project project) {
        Map<String, Object> object = head(project);
        List<SongFile> files = store.files().list(project.id());
        object.put("files", files.size());
        object.put("versions", store.versions().count(project.id()));
        object.put(
                "durationSeconds",
                files.stream()
                        .filter(file -> file.role().equals("mix") && file.detail() != null)
                        .map(file -> detail(file.detail()).path("figures").path("durationSeconds"))
                        .filter(JsonNode::isNumber)
                        .findFirst()
                        .map(JsonNode::asDouble)
                        .orElse(null));
        return object;
    }

    Map<String, Object> project(Project project) {
        List<SongFile> files = store.files().list(project.id());
        List<Version> versions = store.versions().list(project.id());
        double matched = matchedLufs(files, versions);
        Map<String, Object> object = head(project);
        object.put("playRateHz", project.playRateHz());
        object.put("matchedLufs", matched);
        object.put("files", files.stream().map(file -> file(file, matched)).toList());
        object.put("versions", versions.stream().map(one -> version(one, matched)).toList());
        object.put(
                "jobs",
                store.jobs().unfinished(project.id()).stream()
                        .map(job -> jobs.seen(job).json())
                        .toList());
        object.put(
                "exports", store.shelf().exports(project.id()).stream().map(this::export).toList());
        object.put(
                "comparisons",
                store.shelf().comparisons(project.id()).stream().map(Views::comparison).toList());
        return object;
    }

    /** Loudness of the quietest thing that can be heard in a project; NaN when there is none. */
    double matchedLufs(String project) {
        return matchedLufs(store.files().list(project), store.versions().list(project));
    }

    private static double matchedLufs(List<SongFile> files, List<Version> versions) {
        DoubleStream loudness =
                Stream.concat(
                                files.stream()
                                        .filter(file -> !file.role().equals("stem"))
                                        .map(SongFile::detail),
                                versions.stream().map(Version::detail))
                        .mapToDouble(Views::lufs)
                        .filter(Double::isFinite);
        OptionalDouble quietest = loudness.min();
        return quietest.orElse(Double.NaN);
    }

    Map<String, Object> file(String project, String id) {
        return file(store.files().get(project, id), matchedLufs(project));
    }

    private Map<String, Object> file(SongFile file, double matched) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", file.id());
        object.put("project", file.project());
        object.put("name", file.name());
        object.put("role", file.role());
        object.put("bytes", file.bytes());
        object.put("createdAt", file.createdAt());
        object.put("state", file.state());
        object.put("analyseJob", file.job());
        object.put("error", file.error() == null ? null : detail(file.error()));
        JsonNode detail = detail(file.detail());
        for (String key : List.of("figures", "source", "findingCounts", "playFrames")) {
            object.put(key, detail.has(key) ? detail.path(key) : null);
        }
        object.put("matchGainDb", gain(matched, lufs(file.detail())));
        object.put("stems", file.stems() == null ? null : detail(file.stems()));
        return object;
    }

    Map<String, Object> version(Version version, double matched) {
        JsonNode detail = detail(version.detail());
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", version.id());
        object.put("project", version.project());
        object.put("name", version.name());
        object.put("file", version.file());
        object.put("parent", version.parent());
        object.put("kind", version.kind());
        object.put("createdAt", version.createdAt());
        for (String key :
                List.of(
                        "genre",
                        "platform",
                        "intensity",
                        "figures",
                        "playFrames",
                        "bytes",
                        "seconds")) {
            object.put(key, detail.path(key));
        }
        object.put("matchGainDb", gain(matched, lufs(version.detail())));
        return object;
    }

    Map<String, Object> export(Stored export) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", export.id());
        object.put("version", export.owner());
        object.put("createdAt", export.createdAt());
        JsonNode detail = detail(export.detail());
        object.put("bytes", detail.path("bytes"));
        List<Map<String, Object>> files = new ArrayList<>();
        detail.path("files")
                .forEach(
                        file -> {
                            Map<String, Object> one = new LinkedHashMap<>(StudioJson.map(file));
                            one.remove("file");
                            files.add(one);
                        });
        object.put("files", files);
        return object;
    }

    private static Map<String, Object> comparison(Stored comparison) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", comparison.id());
        object.put("createdAt", comparison.createdAt());
        object.put("names", detail(comparison.detail()).path("names"));
        return object;
    }

    private Map<String, Object> head(Project project) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", project.id());
        object.put("name", project.name());
        object.put("createdAt", project.createdAt());
        object.put("changedAt", project.changedAt());
        object.put("deletedAt", project.deletedAt());
        object.put("bytes", Durable.bytesIn(store.folders().project(project.id())));
        return object;
    }

    static JsonNode detail(@Nullable String json) {
        return StudioJson.tree(json == null ? "{}" : json);
    }

    private static double lufs(@Nullable String detail) {
        return detail(detail).path("figures").path("integratedLufs").asDouble(Double.NaN);
    }

    static double gain(double matched, double lufs) {
        return Math.rint((matched - lufs) * 100.0) / 100.0;
    }
}
