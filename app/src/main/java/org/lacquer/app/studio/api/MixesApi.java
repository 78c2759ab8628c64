// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.lacquer.app.studio.base.Ids;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.http.FileResponse;
import org.lacquer.app.studio.http.Request;
import org.lacquer.app.studio.http.Response;
import org.lacquer.app.studio.http.Router;
import org.lacquer.app.studio.store.Project;
import org.lacquer.app.studio.store.SongFile;
import org.lacquer.app.studio.store.Store;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /projects/P/mixes}: a mix that is made here, of stems. It is a file like any other. */
final class MixesApi {
    private static final int MOST_STEMS = 64;
    private static final double MOST_GAIN_DB = 24.0;

    private final Store store;
    private final Uploads uploads;
    private final NewFiles newFiles;

    MixesApi(Store store, Uploads uploads, NewFiles newFiles) {
        this.store = store;
        this.uploads = uploads;
        this.newFiles = newFiles;
    }

    void addTo(Router router) {
        router.post("/projects/{project}/mixes", this::create)
                .get("/projects/{project}/files/{file}/stems", this::stems);
    }

    private Response create(Request request) throws IOException {
        Project project = store.projects().get(request.path("project"));
        JsonNode body = request.json(List.of("stems", "name"));
        List<Map<String, Object>> stems = checked(project.id(), body.path("stems"));
        String name =
                body.has("name")
                        ? Fields.fileName(Fields.text(body, "name", 255))
                        : usualName(project);
        newFiles.requireRoom(project.id());
        uploads.requireRoom(0);
        String id = Ids.next();
        return newFiles.add(
                project.id(),
                id,
                () -> store.files().createMix(id, project.id(), name, StudioJson.text(stems)));
    }

    private List<Map<String, Object>> checked(String project, JsonNode stems) {
        if (!stems.isArray() || stems.isEmpty() || stems.size() > MOST_STEMS) {
            throw Problem.badField("stems", "stems must be a list of 1 to " + MOST_STEMS + " files")
                    .exception();
        }
        List<Map<String, Object>> checked = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        boolean heard = false;
        for (JsonNode stem : stems) {
            SongFile file = store.files().get(project, stem.path("file").asString(""));
            if (!seen.add(file.id())) {
                throw Problem.badField("stems", "'" + file.name() + "' is there twice").exception();
            }
            if (file.stems() != null) {
                throw Problem.badField("stems", "'" + file.name() + "' is a mix of stems itself")
                        .exception();
            }
            if (file.state().equals("refused")) {
                store.files().ready(project, file.id());
            }
            double gainDb = stem.has("gainDb") ? Fields.number(stem, "gainDb") : 0.0;
            if (!(Math.abs(gainDb) <= MOST_GAIN_DB)) {
                throw Problem.badField(
                                "gainDb",
                                "gainDb must be between -" + MOST_GAIN_DB + " and " + MOST_GAIN_DB)
                        .exception();
            }
            boolean muted = stem.path("muted").asBoolean(false);
            heard |= !muted;
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("file", file.id());
            one.put("gainDb", gainDb);
            one.put("muted", muted);
            checked.add(one);
        }
        if (!heard) {
            throw Problem.badField("stems", "at least one stem must be heard").exception();
        }
        return checked;
    }

    private String usualName(Project project) {
        long before = store.files().mixesOfStems(project.id());
        String base = Fields.fileName(project.name());
        return base + (before == 0 ? "" : " mix " + (before + 1)) + ".wav";
    }

    private Response stems(Request request) {
        store.projects().get(request.path("project"));
        SongFile file = store.files().ready(request.path("project"), request.path("file"));
        if (file.stems() == null) {
            throw Problem.notFound("mix of stems").exception();
        }
        return new FileResponse(
                store.folders().measured(file.project(), file.id()).resolve("stems.json"),
                "application/json",
                file.id() + '-' + file.job() + "-stems");
    }
}
