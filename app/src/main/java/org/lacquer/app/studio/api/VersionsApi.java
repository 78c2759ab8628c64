// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.http.FileResponse;
import org.lacquer.app.studio.http.Request;
import org.lacquer.app.studio.http.Response;
import org.lacquer.app.studio.http.Router;
import org.lacquer.app.studio.store.Store;
import org.lacquer.app.studio.store.Version;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /projects/P/versions}. */
final class VersionsApi {
    /** Pages for people are made of our own parts, and still may do nothing here. */
    static final String PAGE_POLICY =
            "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src"
                    + " 'unsafe-inline'; img-src data:; media-src data: blob:";

    private static final int DESCRIBED_CHECKS = 400;
    private static final long DESCRIBED_PAUSE_MILLIS = 50;
    private static final String VERSION = "/projects/{project}/versions/{version}";

    private final Store store;
    private final Views views;
    private final Codecs codecs;
    private final PreviewApi previews;

    VersionsApi(Store store, Views views, Codecs codecs, PreviewApi previews) {
        this.store = store;
        this.views = views;
        this.codecs = codecs;
        this.previews = previews;
    }

    void addTo(Router router) {
        router.get("/projects/{project}/versions", this::list)
                .get(VERSION, this::get)
                .patch(VERSION, this::rename)
                .delete(VERSION, this::delete)
                .post(VERSION + "/restore", this::restore)
                .get(VERSION + "/plan", this::plan)
                .get(VERSION + "/series", request -> json(request, "series.json"))
                .get(VERSION + "/spectrum", this::spectrum)
                .get(VERSION + "/peaks", this::peaks)
                .get(VERSION + "/audio", this::audio)
                .get(VERSION + "/report", this::report);
    }

    private Response list(Request request) {
        String project = store.projects().get(request.path("project")).id();
        double matched = views.matchedLufs(project);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(
                "items",
                store.versions().list(project).stream()
                        .map(version -> views.version(version, matched))
                        .toList());
        return Response.json(object);
    }

    private Response get(Request request) throws IOException {
        Version version = version(request);
        // Whoever looks at the settings will soon change one.
        previews.rehearse(
                version,
                store.projects().get(version.project()),
                store.files().get(version.project(), version.file()));
        Map<String, Object> object = view(version);
        JsonNode detail = StudioJson.tree(Files.readString(folder(version).resolve("detail.json")));
        for (String key :
                List.of(
                        "plan",
                        "decisions",
                        "findings",
                        "input",
                        "output",
                        "target",
                        "reductions")) {
            object.put(key, detail.path(key));
        }
        object.put("request", Views.detail(version.detail()).path("request"));
        return Response.json(object);
    }

    private Response rename(Request request) throws IOException {
        Version version = version(request);
        String name = Fields.text(request.json(List.of("name")), "name", 200);
        store.versions().rename(version.project(), version.id(), name);
        store.projects().touch(version.project());
        return Response.json(view(version(request)));
    }

    private Response delete(Request request) {
        Version version = version(request);
        store.versions().delete(version.project(), version.id());
        store.projects().touch(version.project());
        return Response.empty();
    }

    private Response restore(Request request) {
        String project = store.projects().get(request.path("project")).id();
        return Response.json(view(store.versions().restore(project, request.path("version"))));
    }

    private Response plan(Request request) throws IOException {
        Version version = version(request);
        if (request.query("format").orElse("json").equals("yaml")) {
            return Response.text(
                            "application/yaml",
                            Files.readString(folder(version).resolve("plan.yaml")))
                    .download(version.name() + ".plan.yaml");
        }
        return Response.json(
                StudioJson.tree(Files.readString(folder(version).resolve("detail.json")))
                        .path("plan"));
    }

    private Response json(Request request, String name) {
        Version version = version(request);
        return new FileResponse(
                folder(version).resolve(name), "application/json", version.id() + '-' + name);
    }

    private Response spectrum(Request request) throws IOException {
        Version version = described(request);
        return Response.json(
                StudioJson.tree(Files.readString(folder(version).resolve("spectrum.json"))));
    }

    /** The version, when all of it is measured: that goes on for a moment after it can be heard. */
    private Version described(Request request) {
        Version version = version(request);
        try {
            for (int k = 0; k < DESCRIBED_CHECKS && store.jobs().describing(version.id()); k++) {
                Thread.sleep(DESCRIBED_PAUSE_MILLIS);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        return version;
    }

    private Response peaks(Request request) {
        Version version = version(request);
        String zoom = FilesApi.zoom(request);
        return new FileResponse(
                folder(version).resolve("peaks-" + zoom + ".bin"),
                "application/octet-stream",
                version.id() + '-' + zoom);
    }

    private Response audio(Request request) throws IOException {
        Version version = version(request);
        String codec = request.query("codec").orElse("none");
        if (codec.equals("none")) {
            return new FileResponse(folder(version).resolve("play.wav"), "audio/wav", version.id());
        }
        return new FileResponse(
                codecs.audio(version, codec), "audio/wav", version.id() + '-' + codec);
    }

    private Response report(Request request) throws IOException {
        return Response.text(
                        "text/html",
                        Files.readString(folder(described(request)).resolve("report.html")))
                .header("Content-Security-Policy", PAGE_POLICY);
    }

    private Version version(Request request) {
        store.projects().get(request.path("project"));
        return store.versions().get(request.path("project"), request.path("version"));
    }

    private Map<String, Object> view(Version version) {
        return views.version(version, views.matchedLufs(version.project()));
    }

    private Path folder(Version version) {
        return store.folders().version(version.project(), version.id());
    }
}
