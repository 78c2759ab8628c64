// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long one musician waits, against a studio that runs: {@code ADDRESS SONG SECONDS}. The song
 * is dropped and mastered as the page does it, {@value #ROUNDS} times; then twenty changes of the
 * equaliser are previewed over 15 s, the first of them {@code SECONDS} after the controls were
 * opened.
 */
public final class StudioTimes {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ROUNDS = 3;
    private static final int CHANGES = 20;
    private static final double START_SECONDS = 20.0;
    private static final double LOOP_SECONDS = 15.0;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String api;

    private StudioTimes(String address) {
        this.api = address + "api/v1";
    }

    public static void main(String[] arguments) throws Exception {
        StudioTimes times = new StudioTimes(arguments[0]);
        byte[] song = Files.readAllBytes(Path.of(arguments[1]));
        String project = "";
        String version = "";
        for (int round = 0; round < ROUNDS; round++) {
            project =
                    times.json(times.post("/projects", "{\"name\": \"Times\"}"))
                            .path("id")
                            .asString();
            long start = System.nanoTime();
            version = times.mastered(project, song);
            System.out.printf(
                    Locale.ROOT,
                    "drop to playable master, song %d: %.2f s%n",
                    round + 1,
                    (System.nanoTime() - start) / 1e9);
        }
        times.changes(project, version, Double.parseDouble(arguments[2]));
    }

    private String mastered(String project, byte[] song) throws IOException, InterruptedException {
        String base = "/projects/" + project;
        JsonNode file =
                json(
                        send(
                                request(base + "/files?name=song.flac")
                                        .POST(BodyPublishers.ofByteArray(song))
                                        .build()));
        String request = "{\"type\": \"master\", \"platform\": \"spotify\", \"file\": \"";
        JsonNode job = json(post(base + "/jobs", request + file.path("id").asString() + "\"}"));
        // The stream ends with the job, so nothing is lost by asking too seldom.
        send(request("/jobs/" + job.path("id").asString() + "/events").build());
        job = json(send(request("/jobs/" + job.path("id").asString()).build()));
        String version = job.path("version").asString("");
        for (String path : List.of("/peaks?framesPerPeak=128", "/audio")) {
            if (send(request(base + "/versions/" + version + path).build()).statusCode() != 200) {
                throw new IllegalStateException("a master is not there: " + job);
            }
        }
        return version;
    }

    private void changes(String project, String version, double pauseSeconds)
            throws IOException, InterruptedException {
        String base = "/projects/" + project;
        JsonNode detail = json(send(request(base + "/versions/" + version).build()));
        // As the page does when its controls are opened.
        post(base + "/preview", body(detail, detail.path("plan")));
        Thread.sleep((long) (1_000.0 * pauseSeconds));
        List<Double> seconds = new ArrayList<>();
        for (int k = 0; k < CHANGES; k++) {
            JsonNode plan = detail.path("plan").deepCopy();
            for (JsonNode stage : plan.path("stages")) {
                if (stage.path("stage").asString("").equals("parametric-eq")) {
                    ((ObjectNode) stage.path("bands").path(0)).put("gainDb", 0.25 * (k - 8));
                }
            }
            long start = System.nanoTime();
            HttpResponse<byte[]> response = post(base + "/preview", body(detail, plan));
            if (response.statusCode() != 200) {
                throw new IllegalStateException("a preview ended as " + response.statusCode());
            }
            seconds.add((System.nanoTime() - start) / 1e9);
        }
        System.out.println("previews of 15 s, in order:");
        for (double one : seconds) {
            System.out.printf(Locale.ROOT, " %.2f", one);
        }
        System.out.println(" s");
    }

    private static String body(JsonNode detail, JsonNode plan) {
        return String.format(
                Locale.ROOT,
                "{\"file\": \"%s\", \"version\": \"%s\", \"startSeconds\": %s,"
                        + " \"endSeconds\": %s, \"plan\": %s}",
                detail.path("file").asString(),
                detail.path("id").asString(),
                START_SECONDS,
                START_SECONDS + LOOP_SECONDS,
                plan);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api + path));
    }

    private HttpResponse<byte[]> send(HttpRequest request)
            throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> post(String path, String json)
            throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build());
    }

    private JsonNode json(HttpResponse<byte[]> response) {
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    response.statusCode()
                            + " "
                            + new String(response.body(), StandardCharsets.UTF_8));
        }
        return JSON.readTree(response.body());
    }
}
