// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.lacquer.analysis.StemPreflight;
import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.Ids;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.http.FileResponse;
import org.lacquer.app.studio.http.Request;
import org.lacquer.app.studio.http.Response;
import org.lacquer.app.studio.http.Router;
import org.lacquer.app.studio.store.SongFile;
import org.lacquer.app.studio.store.Store;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /projects/P/files}. */
final class FilesApi {
    private static final String FILE = "/projects/{project}/files/{file}";
    private static final Set<String> ZOOMS = Set.of("128", "1024", "8192");

    private final Store store;
    private final Views views;
    private final Uploads uploads;
    private final NewFiles newFiles;

    FilesApi(Store store, Views views, Uploads uploads, NewFiles newFiles) {
        this.store = store;
        this.views = views;
        this.uploads = uploads;
        this.newFiles = newFiles;
    }

    void addTo(Router router) {
        router.post("/projects/{project}/files", this::upload)
                .get(FILE, this::get)
                .patch(FILE, this::change)
                .delete(FILE, this::delete)
                .post(FILE + "/restore", this::restore)
                .get(FILE + "/analysis", request -> measured(request, "analysis.json"))
                .get(FILE + "/series", request -> measured(request, "series.json"))
                .get(FILE + "/findings", this::findings)
                .get(FILE + "/peaks", this::peaks)
                .get(FILE + "/audio", this::audio);
    }

    private Response upload(Request request) throws IOException {
        String project = store.projects().get(request.path("project")).id();
        String name =
                Fields.fileName(
                        request.query("name")
                                .orElseThrow(
                                        () ->
                                                Problem.badField("name", "give ?name=FILE.wav")
                                                        .exception()));
        String role = Fields.role(request.query("role").orElse("mix"));
        newFiles.requireRoom(project);
        Uploads.Received received = uploads.receive(request);
        try {
            String id = Ids.next();
            Durable.publishFile(received.file(), store.folders().upload(project, id));
            return newFiles.add(
                    project,
                    id,
                    () -> store.files().create(id, project, name, role, received.bytes()));
        } finally {
            Durable.deleteTree(received.folder());
        }
    }

    private Response get(Request request) {
        return Response.json(views.file(request.path("project"), request.path("file")));
    }

    private Response change(Request request) throws IOException {
        SongFile file = store.files().get(request.path("project"), request.path("file"));
        JsonNode body = request.json(List.of("name", "role"));
        String name =
                body.has("name") ? Fields.fileName(Fields.text(body, "name", 255)) : file.name();
        String role = body.has("role") ? Fields.role(Fields.text(body, "role", 20)) : file.role();
        store.files().change(file.id(), name, role);
        store.projects().touch(file.project());
        return Response.json(views.file(file.project(), file.id()));
    }

    private Response delete(Request request) {
        store.files().delete(request.path("project"), request.path("file"));
        store.projects().touch(request.path("project"));
        return Response.empty();
    }

    private Response restore(Request request) {
        String project = store.projects().get(request.path("project")).id();
        store.files().restore(project, request.path("file"));
        return Response.json(views.file(project, request.path("file")));
    }

    private Response measured(Request request, String name) {
        SongFile file = ready(request);
        return new FileResponse(
                folder(file).resolve(name), "application/json", tag(file) + '-' + name);
    }

    private Response findings(Request request) throws IOException {
        SongFile file = ready(request);
        JsonNode analysis =
                StudioJson.tree(Files.readString(folder(file).resolve("analysis.json")));
        Map<String, Object> object = new LinkedHashMap<>();
        List<JsonNode> items = new ArrayList<>();
        for (JsonNode finding : analysis.path("findings")) {
            boolean part = file.role().equals("stem");
            if (!part || StemPreflight.concernsStem(finding.path("code").asString(""))) {
                items.add(finding);
            }
        }
        object.put("items", items);
        return Response.json(object);
    }

    private Response peaks(Request request) {
        SongFile file = ready(request);
        String zoom = zoom(request);
        return new FileResponse(
                folder(file).resolve("peaks-" + zoom + ".bin"),
                "application/octet-stream",
                tag(file) + '-' + zoom);
    }

    private Response audio(Request request) {
        SongFile file = ready(request);
        return new FileResponse(folder(file).resolve("play.wav"), "audio/wav", tag(file));
    }

    /** One of the zooms that are kept. */
    static String zoom(Request request) {
        String zoom = request.query("framesPerPeak").orElse("1024");
        if (!ZOOMS.contains(zoom)) {
            throw Problem.badField("framesPerPeak", "framesPerPeak must be 128, 1024 or 8192")
                    .exception();
        }
        return zoom;
    }

    private SongFile ready(Request request) {
        store.projects().get(request.path("project"));
        return store.files().ready(request.path("project"), request.path("file"));
    }

    private Path folder(SongFile file) {
        return store.folders().measured(file.project(), file.id());
    }

    private static String tag(SongFile file) {
        return file.id() + '-' + file.job();
    }
}
