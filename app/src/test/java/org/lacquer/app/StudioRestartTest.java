// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.app.studio.base.Limits;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server that is killed in the middle of its work, and the next one on the same folder. */
@Timeout(120)
class StudioRestartTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void finishedWorkStaysAndUnfinishedWorkIsTakenUp() throws Exception {
        byte[] song = Files.readAllBytes(Songs.wav(folder.resolve("song.wav"), Songs.beat(4.0)));
        byte[] longer =
                Files.readAllBytes(Songs.wav(folder.resolve("longer.wav"), Songs.beat(40.0)));
        Path data = folder.resolve("data");
        Process server = serve(data);
        String project;
        String finished;
        String running;
        try {
            String api = address(server);
            project =
                    post(
                                    api + "/projects",
                                    "application/json",
                                    "{\"name\": \"Kept\"}".getBytes(StandardCharsets.UTF_8))
                            .path("id")
                            .asString();
            JsonNode first =
                    post(api + "/projects/" + project + "/files?name=song.wav", "audio/wav", song);
            finished = first.path("id").asString();
            while (!get(api + "/projects/" + project + "/files/" + finished)
                    .path("state")
                    .asString()
                    .equals("ready")) {
                Thread.sleep(20);
            }
            JsonNode second =
                    post(
                            api + "/projects/" + project + "/files?name=longer.wav",
                            "audio/wav",
                            longer);
            running = second.path("analyseJob").asString();
            while (!get(api + "/jobs/" + running).path("state").asString().equals("running")) {
                Thread.sleep(5);
            }
        } finally {
            server.destroyForcibly().waitFor();
        }
        // What an uncareful end leaves behind.
        Files.createDirectories(data.resolve("work/left"));
        try (StudioClient next = new StudioClient(data, Limits.DEFAULT, 1)) {
            assertThat(data.resolve("work/left")).doesNotExist();
            JsonNode kept = next.json("/projects/" + project);
            assertThat(kept.path("name").asString()).isEqualTo("Kept");
            assertThat(kept.path("files").path(0).path("state").asString()).isEqualTo("ready");
            assertThat(
                            next.get("/projects/" + project + "/files/" + finished + "/audio")
                                    .body()
                                    .length)
                    .isGreaterThan(4 * 44_100 * 6);
            JsonNode end = next.follow(running).getLast();
            assertThat(end.path("state").asString()).isEqualTo("done");
            assertThat(
                            next.json("/projects/" + project)
                                    .path("files")
                                    .path(1)
                                    .path("state")
                                    .asString())
                    .isEqualTo("ready");
        }
    }

    private Process serve(Path data) throws IOException {
        return new ProcessBuilder(
                        List.of(
                                System.getProperty("java.home") + File.separator + "bin/java",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dai.djl.offline=true",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "serve",
                                "--port",
                                "0",
                                "--no-open",
                                "--data",
                                data.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** From the line that the server prints. */
    private static String address(Process server) throws IOException {
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        assertThat(line).startsWith("The studio is at http://127.0.0.1:");
        return line.split(" ")[4] + "api/v1";
    }

    private JsonNode get(String address) throws Exception {
        return JSON.readTree(
                http.send(
                                HttpRequest.newBuilder(URI.create(address)).build(),
                                BodyHandlers.ofString())
                        .body());
    }

    private JsonNode post(String address, String type, byte[] body) throws Exception {
        return JSON.readTree(
                http.send(
                                HttpRequest.newBuilder(URI.create(address))
                                        .header("Content-Type", type)
                                        .POST(BodyPublishers.ofByteArray(body))
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
    }
}
