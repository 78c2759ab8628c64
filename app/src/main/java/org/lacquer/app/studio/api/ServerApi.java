// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.Limits;
import org.lacquer.app.studio.http.Request;
import org.lacquer.app.studio.http.Response;
import org.lacquer.app.studio.http.Router;
import org.lacquer.app.studio.jobs.Jobs;
import org.lacquer.app.studio.store.Store;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FileFormat;
import org.lacquer.inference.MasteringRequest;
import org.lacquer.models.GenreTarget;
import org.lacquer.models.GenreTargets;
import org.lacquer.models.PlatformTarget;
import org.lacquer.models.Platforms;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the server is, can and holds. */
final class ServerApi {
    private final Store store;
    private final Jobs jobs;
    private final Limits limits;
    private final String version;
    private final long startNanos = System.nanoTime();
    private final Map<String, Object> options;

    ServerApi(Store store, Jobs jobs, Limits limits, String version, Set<String> adjustable) {
        this.store = store;
        this.jobs = jobs;
        this.limits = limits;
        this.version = version;
        this.options = options(adjustable);
    }

    void addTo(Router router) {
        router.get("/health", this::health)
                .get("/openapi.yaml", ServerApi::openapi)
                .get("/options", request -> Response.json(options))
                .get("/storage", this::storage);
    }

    private Response health(Request request) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("status", "ok");
        object.put("version", version);
        object.put("uptimeSeconds", Math.rint((System.nanoTime() - startNanos) / 1e6) / 1e3);
        object.put("queued", jobs.queued());
        object.put("running", jobs.running());
        object.put("workers", jobs.runners());
        return Response.json(object);
    }

    /** The description of the API. */
    static byte[] description() {
        String name = "/org/lacquer/app/studio/openapi.yaml";
        try (InputStream resource = ServerApi.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(resource, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response openapi(Request request) {
        return Response.bytes(200, "application/yaml", description());
    }

    private Response storage(Request request) throws IOException {
        List<Map<String, Object>> projects = new ArrayList<>();
        store.projects()
                .all()
                .forEach(
                        project -> {
                            Map<String, Object> object = new LinkedHashMap<>();
                            object.put("id", project.id());
                            object.put("name", project.name());
                            object.put(
                                    "bytes",
                                    Durable.bytesIn(store.folders().project(project.id())));
                            object.put("deleted", project.deletedAt() != null);
                            projects.add(object);
                        });
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("usedBytes", Durable.bytesIn(store.folders().root()));
        object.put("limitBytes", limits.storageBytes());
        object.put("freeBytes", store.folders().freeBytes());
        object.put("folder", store.folders().root().toString());
        object.put("projects", projects);
        return Response.json(object);
    }

    private Map<String, Object> options(Set<String> adjustable) {
        Controls controls = new Controls();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("version", version);
        object.put("genres", genres());
        object.put("platforms", Platforms.all().stream().map(ServerApi::platform).toList());
        object.put("stages", controls.stages(adjustable));
        object.put("delivery", controls.delivery());
        object.put("formats", Arrays.stream(FileFormat.values()).map(ServerApi::format).toList());
        object.put("codecs", Codecs.all());
        object.put("monitors", MonitorsApi.all());
        Map<String, Object> allowed = new LinkedHashMap<>();
        allowed.put("fileBytes", limits.fileBytes());
        allowed.put("durationSeconds", limits.durationSeconds());
        allowed.put("storageBytes", limits.storageBytes());
        allowed.put("previewSeconds", limits.previewSeconds());
        allowed.put("queuedJobs", limits.queuedJobs());
        allowed.put("filesPerProject", limits.filesPerProject());
        allowed.put("restoreDays", limits.restoreDays());
        object.put("limits", allowed);
        return object;
    }

    private static List<Map<String, Object>> genres() {
        List<Map<String, Object>> genres = new ArrayList<>();
        Map<String, Object> auto = new LinkedHashMap<>();
        auto.put("name", MasteringRequest.AUTO);
        auto.put("title", "Automatic");
        auto.put("aliases", List.of());
        auto.put("trust", "automatic");
        auto.put("provenance", "a blend of the genres that the mix most likely belongs to");
        genres.add(auto);
        for (GenreTarget genre : GenreTargets.all()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("name", genre.name());
            object.put("title", title(genre.name()));
            object.put("aliases", genre.aliases());
            object.put("trust", lower(genre.label()));
            object.put("tracks", genre.tracks());
            object.put("loudnessLufs", genre.loudnessLufs());
            object.put("plrDb", genre.plrDb());
            object.put("provenance", genre.provenance());
            genres.add(object);
        }
        return genres;
    }

    private static Map<String, Object> platform(PlatformTarget platform) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", platform.name());
        object.put("title", title(platform.name()));
        object.put("loudnessLufs", platform.loudnessLufs().orElse(Double.NaN));
        object.put("ceilingDbtp", platform.ceilingDbtp());
        object.put(
                "sampleRateHz",
                platform.sampleRateHz().isPresent() ? platform.sampleRateHz().getAsInt() : null);
        object.put(
                "bitDepth",
                platform.bitDepth().isPresent() ? platform.bitDepth().getAsInt() : null);
        object.put("source", platform.source());
        return object;
    }

    private static Map<String, Object> format(FileFormat format) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", lower(format));
        object.put("title", format == FileFormat.OPUS ? "Opus" : format.name());
        object.put("extension", format == FileFormat.ALAC ? "m4a" : format.extensions().getFirst());
        object.put("lossy", format.lossy());
        object.put(
                "bitDepths",
                format.lossy()
                        ? List.of()
                        : Arrays.stream(BitDepth.values())
                                .filter(depth -> depth.integer() || format.holdsFloat())
                                .map(BitDepth::label)
                                .toList());
        object.put("ratesHz", format.ratesHz());
        return object;
    }

    /** Names as their owners write them. */
    private static String title(String name) {
        return switch (name) {
            case "rnb" -> "R&B";
            case "hip-hop" -> "Hip-hop";
            case "lo-fi" -> "Lo-fi";
            case "youtube" -> "YouTube";
            case "youtube-music" -> "YouTube Music";
            case "soundcloud" -> "SoundCloud";
            case "cd" -> "CD";
            case "tidal" -> "TIDAL";
            case "ebu-r128" -> "Broadcast (EBU R 128)";
            case "spotify-loud" -> "Spotify, loud setting";
            case "apple" -> "Apple Music";
            case "amazon" -> "Amazon Music";
            case "streaming" -> "All streaming services";
            case "native" -> "As loud as the genre";
            default -> Controls.title(name.replace('-', ' '));
        };
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
