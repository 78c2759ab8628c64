// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

final class EvaluateTest {
    private static final String PLAN =
            """
            schemaVersion: 1
            stages:
              - stage: parametric-eq
                bands:
                  - {shape: high-shelf, frequencyHz: 5000, gainDb: %s}
              - stage: limiter
            delivery:
              targetLufs: -14
            """;

    @TempDir Path folder;

    private void song(String name, double seconds, int gainDb) throws IOException {
        Path song = Files.createDirectories(folder.resolve("songs").resolve(name));
        Songs.wav(song.resolve("mix.wav"), Songs.beat(seconds));
        Files.writeString(song.resolve("bright.yaml"), PLAN.formatted(gainDb));
        Files.writeString(song.resolve("genre.txt"), "rock\n");
    }

    @Test
    void songsAreEvaluatedOnceAndABrokenOneStopsNobody() throws IOException {
        song("one", 3.0, 2);
        song("two", 4.0, 4);
        Files.createDirectories(folder.resolve("songs/broken"));
        Path out = folder.resolve("out");
        Cli first = Cli.run("evaluate", folder.resolve("songs"), "-o", out, "--json");
        assertThat(first.exitCode()).as(first.err()).isEqualTo(ExitCode.INPUT);
        List<JsonNode> lines = first.json();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0).at("/error/code").asString()).isEqualTo("unsupported-input");
        assertThat(lines.get(1).at("/candidates/bright/truePeakDbtp").isNumber()).isTrue();
        JsonNode all = lines.getLast();
        assertThat(all.get("songs").asInt()).isEqualTo(2);
        assertThat(all.get("candidates").valueStream().map(JsonNode::asString))
                .containsExactly("ai", "mix", "bright");
        assertThat(all.get("pairs")).hasSize(3);
        assertThat(all.at("/leftOut/0/code").asString()).isEqualTo("unsupported-input");
        assertThat(all.at("/genres/0/name").asString()).isEqualTo("rock");
        assertThat(out.resolve("evaluation.json"))
                .content()
                .isEqualTo(first.out().lines().toList().getLast() + "\n");
        assertThat(out.resolve("evaluation.md"))
                .content()
                .contains("2 songs, 3 candidates; 1 song left out.")
                .contains("### ai − mix, 2 songs")
                .doesNotContain("NaN");
        assertThat(out.resolve("evaluation.html")).content().contains("<h3>ai − mix, 2 songs</h3>");
        assertThat(out.resolve("songs/one/bright.wav")).doesNotExist();
        assertThat(out.resolve("songs/one/ai.plan.yaml")).isRegularFile();

        // Again: nothing is rendered; a song that changed is.
        Path kept = out.resolve("songs/one/figures.json");
        FileTime written = Files.getLastModifiedTime(kept);
        Path other = out.resolve("songs/two/figures.json");
        String before = Files.readString(other);
        Files.writeString(folder.resolve("songs/two/bright.yaml"), PLAN.formatted(1));
        Cli second = Cli.run("evaluate", folder.resolve("songs"), "-o", out, "--json");
        assertThat(second.json().get(1)).isEqualTo(lines.get(1));
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(written);
        assertThat(other).content().isNotEqualTo(before);
    }

    @Test
    void listeningSessionsAreAddedUp() throws IOException {
        Path ada = Files.writeString(folder.resolve("ada.json"), session("1", "Ada"));
        Path ben = Files.writeString(folder.resolve("ben.json"), session("2", "Ben"));
        Path other = Files.writeString(folder.resolve("other.json"), "{}");
        Path out = folder.resolve("listening");
        Cli cli = Cli.run("evaluate", "--listening", ada, ben, ada, "-o", out, "--json");
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        JsonNode object = cli.json().getFirst();
        assertThat(object.get("sessions").asInt()).isEqualTo(2);
        assertThat(object.at("/abx/0/correct/count").asInt()).isEqualTo(3);
        assertThat(object.at("/abx/0/p").doubleValue()).isEqualTo(5.0 / 16.0);
        assertThat(out.resolve("listening.html")).isRegularFile();
        Cli text = Cli.run("evaluate", "--listening", ada, other);
        assertThat(text.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(text.complaint()).contains("no listening session");
        assertThat(text.out()).contains("| ai : human |");
    }

    /** Two trials; the first answer is right with Ada, both are with Ben. */
    private static String session(String id, String listener) {
        return """
        {"schemaVersion": 1, "type": "lacquer-listening-session", "session": "%s",
         "test": {"id": "t", "title": "song"}, "method": "abx", "listener": "%s",
         "stimuli": [{"name": "ai", "kind": "candidate"}, {"name": "human", "kind": "candidate"}],
         "trials": [
           {"a": "human", "b": "ai", "x": "ai", "answer": "ai"},
           {"a": "human", "b": "ai", "x": "human", "answer": "%s"}]}
        """
                .formatted(id, listener, listener.equals("Ada") ? "ai" : "human");
    }

    @Test
    void mistakesAreNamed() {
        assertThat(Cli.run("evaluate").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Cli.run("evaluate", folder).exitCode()).isEqualTo(ExitCode.USAGE);
        Cli empty = Cli.run("evaluate", folder, "-o", folder.resolve("out"));
        assertThat(empty.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(empty.complaint()).contains("one song is one folder");
        assertThat(
                        Cli.run("evaluate", folder.resolve("none"), "-o", folder.resolve("o"))
                                .exitCode())
                .isEqualTo(ExitCode.INPUT);
    }
}
