// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.works;

import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.Ids;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.jobs.Work;
import org.lacquer.app.studio.store.JobRecord;
import org.lacquer.app.studio.store.SongFile;
import org.lacquer.app.studio.store.Store;
import org.lacquer.app.studio.store.Version;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Files of a version to take away, with its report and its plan. */
public final class ExportWork implements Work {
    private final Store store;

    public ExportWork(Store store) {
        this.store = store;
    }

    @Override
    public Map<String, Object> request(JobRecord job, Path out) throws IOException {
        Version version = WorkSupport.version(store, job);
        SongFile file = store.files().ready(job.project(), version.file());
        Path folder = store.folders().version(job.project(), version.id());
        Map<String, Object> request = WorkSupport.request("export", out);
        request.put("song", WorkSupport.song(store, file));
        request.put("plan", Files.readString(folder.resolve("plan.yaml")));
        request.put("master", folder.resolve("master.wav").toString());
        request.put("files", StudioJson.tree(job.request()).path("files"));
        return request;
    }

    @Override
    public void publish(JobRecord job, Path out, JsonNode result) throws IOException {
        Version version = WorkSupport.version(store, job);
        JsonNode asked = StudioJson.tree(job.request());
        String title =
                WorkSupport.stem(store.files().get(job.project(), version.file()).name())
                        + " - "
                        + version.name();
        List<Map<String, Object>> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < result.path("files").size(); i++) {
            JsonNode wanted = asked.path("files").path(i);
            Map<String, Object> file =
                    new LinkedHashMap<>(StudioJson.map(result.path("files").path(i)));
            String platform = wanted.path("platform").asString("");
            String format = wanted.path("format").asString("");
            String stem = title + (platform.isEmpty() ? "" : " (" + platform + ")");
            file.put("name", unique(names, stem, extension(format)));
            file.put("kind", "audio");
            file.put("format", format);
            file.put("platform", platform);
            files.add(file);
        }
        Path folder = store.folders().version(job.project(), version.id());
        if (asked.path("report").asBoolean(true)) {
            files.add(side(folder, out, "report.html", "report", unique(names, title, "html")));
        }
        if (asked.path("plan").asBoolean(true)) {
            files.add(side(folder, out, "plan.yaml", "plan", unique(names, title, "plan.yaml")));
        }
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("files", files);
        detail.put("bytes", Durable.bytesIn(out));
        String id = Ids.next();
        Durable.publishFolder(out, store.folders().export(job.project(), id));
        store.transaction(
                () -> {
                    store.shelf()
                            .addExport(id, job.project(), version.id(), StudioJson.text(detail));
                    store.jobs().made(job.id(), null, id, null);
                    store.projects().touch(job.project());
                });
    }

    private static Map<String, Object> side(
            Path folder, Path out, String file, String kind, String name) throws IOException {
        Files.copy(folder.resolve(file), out.resolve(file));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", file);
        object.put("bytes", Files.size(out.resolve(file)));
        object.put("name", name);
        object.put("kind", kind);
        return object;
    }

    private static String unique(Set<String> names, String stem, String extension) {
        String name = stem + "." + extension;
        for (int number = 2; !names.add(name); number++) {
            name = stem + " " + number + "." + extension;
        }
        return name;
    }

    private static String extension(String format) {
        return switch (format) {
            case "aac", "alac" -> "m4a";
            default -> format;
        };
    }
}
