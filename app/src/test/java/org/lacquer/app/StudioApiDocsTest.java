// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.app.studio.base.Limits;

import tools.jackson.databind.JsonNode;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The lines in docs/studio-api.md do what the page says, run as they stand. */
@Timeout(180)
class StudioApiDocsTest {
    private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath();
    private static final Path PAGE = Path.of("..", "docs", "studio-api.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\n(.*?)^```$");

    @TempDir private Path folder;

    @Test
    void theLinesOfThePageWorkAsTheyStand() throws Exception {
        assumeTrue(there("bash") && there("curl") && there("jq"), "needs bash, curl and jq");
        Files.copy(EXAMPLES.resolve("demo-mix.flac"), folder.resolve("mix.flac"));
        for (String stem : List.of("drums.flac", "bass.flac")) {
            Files.copy(EXAMPLES.resolve("demo-stems").resolve(stem), folder.resolve(stem));
        }
        try (StudioClient client = new StudioClient(folder.resolve("data"), Limits.DEFAULT, 2)) {
            String lines = lines().replace(":7400/", ":" + client.port() + "/");
            String check = "\necho $project > project.txt\nkill %1 2> /dev/null || true\n";
            Path script = Files.writeString(folder.resolve("lines.sh"), lines + check);
            Path said = folder.resolve("said.txt");
            Process process =
                    new ProcessBuilder("bash", "-eu", "-o", "pipefail", script.toString())
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
            int code = process.waitFor();
            String out = Files.readString(said);
            assertThat(code).as(out).isZero();
            assertThat(out).doesNotContain("urn:lacquer:problem");
            String project = Files.readString(folder.resolve("project.txt")).strip();
            JsonNode view = client.json("/projects/" + project);
            assertThat(view.path("versions").size()).isEqualTo(2);
            assertThat(view.path("versions").path(1).path("name").asString()).isEqualTo("Louder");
            assertThat(view.path("exports").size()).isEqualTo(1);
            assertThat(view.path("files").size()).isEqualTo(4);
        }
        assertThat(Files.readString(folder.resolve("my.plan.yaml"))).contains("schemaVersion: 1");
        assertThat(Files.size(folder.resolve("preview.wav"))).isGreaterThan(10L * 44_100 * 6);
        assertThat(Files.readString(folder.resolve("events.txt"))).contains("event: job");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::toString)).anyMatch(name -> name.endsWith(".zip"));
        }
    }

    /** All blocks that speak to the server, one after the other. */
    private static String lines() throws Exception {
        StringBuilder lines = new StringBuilder();
        Matcher block = BLOCK.matcher(Files.readString(PAGE, StandardCharsets.UTF_8));
        while (block.find()) {
            if (block.group(1).contains("curl ")) {
                lines.append(block.group(1));
            }
        }
        assertThat(lines.toString()).contains("/preview", "/exports/", "/mixes");
        return lines.toString();
    }

    private static boolean there(String command) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, command)));
    }
}
