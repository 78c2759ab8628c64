// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import com.sun.net.httpserver.HttpExchange;

import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.http.FileResponse;
import org.lacquer.app.studio.http.Request;
import org.lacquer.app.studio.http.Response;
import org.lacquer.app.studio.http.Router;
import org.lacquer.app.studio.store.Store;
import org.lacquer.app.studio.store.Stored;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** {@code /projects/P/exports}, and comparisons, which are taken away in the same way. */
final class ExportsApi {
    private static final String EXPORT = "/projects/{project}/exports/{export}";
    private static final String COMPARISON = "/projects/{project}/comparisons/{comparison}";

    private static final Map<String, String> TYPES =
            Map.of(
                    "wav", "audio/wav",
                    "aiff", "audio/aiff",
                    "flac", "audio/flac",
                    "alac", "audio/mp4",
                    "aac", "audio/mp4",
                    "mp3", "audio/mpeg",
                    "opus", "audio/ogg");

    private final Store store;
    private final Views views;

    ExportsApi(Store store, Views views) {
        this.store = store;
        this.views = views;
    }

    void addTo(Router router) {
        router.get(EXPORT, this::get)
                .delete(EXPORT, this::delete)
                .get(EXPORT + "/files/{number}", this::file)
                .get(EXPORT + "/zip", this::zip)
                .get(COMPARISON, this::comparison)
                .get(COMPARISON + "/report", this::report);
    }

    private Response get(Request request) {
        return Response.json(views.export(export(request)));
    }

    private Response delete(Request request) throws IOException {
        Stored export = export(request);
        store.shelf().removeExport(export.id());
        Durable.deleteTree(folder(request));
        return Response.empty();
    }

    private Response file(Request request) {
        Stored export = export(request);
        JsonNode files = Views.detail(export.detail()).path("files");
        int number;
        try {
            number = Integer.parseInt(request.path("number"));
        } catch (NumberFormatException notOne) {
            number = -1;
        }
        if (number < 0 || number >= files.size()) {
            throw Problem.notFound("file in this export").exception();
        }
        JsonNode file = files.path(number);
        String type =
                TYPES.getOrDefault(file.path("format").asString(""), "application/octet-stream");
        return new FileResponse(
                        folder(request).resolve(file.path("file").asString()),
                        type,
                        export.id() + '-' + number)
                .download(file.path("name").asString());
    }

    private Response zip(Request request) {
        Stored export = export(request);
        Path folder = folder(request);
        Response archive = exchange -> zip(exchange, Views.detail(export.detail()), folder);
        return archive.download(store.projects().get(request.path("project")).name() + ".zip");
    }

    /** Made while it is sent; audio does not become smaller, so it is only stored. */
    private static void zip(HttpExchange exchange, JsonNode detail, Path folder)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/zip");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        try (ZipOutputStream zip = new ZipOutputStream(exchange.getResponseBody())) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (JsonNode file : detail.path("files")) {
                zip.putNextEntry(new ZipEntry(file.path("name").asString().replace('/', '_')));
                Files.copy(folder.resolve(file.path("file").asString()), zip);
                zip.closeEntry();
            }
        }
    }

    private Response comparison(Request request) {
        return new FileResponse(
                comparisonFolder(request).resolve("comparison.json"),
                "application/json",
                request.path("comparison"));
    }

    private Response report(Request request) throws IOException {
        return Response.text(
                        "text/html",
                        Files.readString(comparisonFolder(request).resolve("report.html")))
                .header("Content-Security-Policy", VersionsApi.PAGE_POLICY);
    }

    private Path comparisonFolder(Request request) {
        String project = store.projects().get(request.path("project")).id();
        Stored comparison = store.shelf().comparison(project, request.path("comparison"));
        return store.folders().comparison(project, comparison.id());
    }

    private Stored export(Request request) {
        String project = store.projects().get(request.path("project")).id();
        return store.shelf().export(project, request.path("export"));
    }

    private Path folder(Request request) {
        return store.folders().export(request.path("project"), request.path("export"));
    }
}
