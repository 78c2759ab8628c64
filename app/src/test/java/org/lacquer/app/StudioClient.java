// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.app.studio.api.Studio;
import org.lacquer.app.studio.api.StudioSettings;
import org.lacquer.app.studio.base.Limits;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A studio that runs, and somebody who uses it as a script would. */
final class StudioClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final ByteArrayOutputStream faults = new ByteArrayOutputStream();
    private final Studio studio;
    private final HttpClient http = HttpClient.newHttpClient();

    StudioClient(Path data, Limits limits, int workers) throws IOException {
        studio =
                new Studio(
                        settings(data, limits, workers),
                        new PrintStream(faults, true, StandardCharsets.UTF_8));
        studio.start();
    }

    static StudioSettings settings(Path data, Limits limits, int workers) {
        return new StudioSettings(
                data,
                InetAddress.getLoopbackAddress(),
                0,
                null,
                Set.of(),
                limits,
                workers,
                512,
                StudioWorker.class.getName(),
                Set.copyOf(StageNames.all()),
                "test");
    }

    /** What the studio told of mistakes of its own. */
    String faults() {
        return faults.toString(StandardCharsets.UTF_8);
    }

    Studio studio() {
        return studio;
    }

    int port() {
        return studio.port();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + studio.port() + "/api/v1" + path));
    }

    HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + text(response));
        }
        return JSON.readTree(response.body());
    }

    HttpResponse<byte[]> send(String method, String path, String json)
            throws IOException, InterruptedException {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(json))
                        .build());
    }

    JsonNode sent(String method, String path, String json)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(method, path, json);
        if (response.statusCode() >= 300) {
            throw new AssertionError(path + ": " + response.statusCode() + " " + text(response));
        }
        return response.body().length == 0 ? JSON.readTree("{}") : JSON.readTree(response.body());
    }

    String newProject(String name) throws IOException, InterruptedException {
        return sent("POST", "/projects", JSON.writeValueAsString(java.util.Map.of("name", name)))
                .path("id")
                .asString();
    }

    JsonNode upload(String project, String name, byte[] bytes)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                send(
                        request("/projects/" + project + "/files?name=" + name)
                                .POST(BodyPublishers.ofByteArray(bytes))
                                .build());
        if (response.statusCode() != 201) {
            throw new AssertionError(response.statusCode() + " " + text(response));
        }
        return JSON.readTree(response.body());
    }

    /** Follows the events of a job to its end and returns all that was told. */
    List<JsonNode> follow(String job) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(
                        request("/jobs/" + job + "/events").build(), BodyHandlers.ofInputStream());
        List<JsonNode> told = new ArrayList<>();
        try (var lines =
                new java.io.BufferedReader(
                        new java.io.InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.startsWith("data: ")) {
                    told.add(JSON.readTree(line.substring(6)));
                }
            }
        }
        return told;
    }

    /** Starts a job and waits for its end. */
    JsonNode done(String project, String request) throws IOException, InterruptedException {
        String job = sent("POST", "/projects/" + project + "/jobs", request).path("id").asString();
        return follow(job).getLast();
    }

    /** Bytes to the server as they are, and what comes back until it closes or is silent. */
    String raw(String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), studio.port())) {
            socket.setSoTimeout(3_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            byte[] buffer = new byte[8_192];
            int count = socket.getInputStream().read(buffer);
            return count < 0 ? "" : new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
        }
    }

    static JsonNode tree(HttpResponse<byte[]> response) {
        return JSON.readTree(response.body());
    }

    static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        http.shutdownNow();
        studio.close();
    }
}
