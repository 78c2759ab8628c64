// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the world can do: one clear line, the documented exit code, and nothing left behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailuresTest {
    private static final String PLAN =
            """
            schemaVersion: 1
            stages:
              - stage: limiter
            delivery:
              targetLufs: -14
            """;

    @TempDir static Path folder;

    private Path plan = Path.of("");

    @BeforeAll
    void makeFiles() throws IOException {
        plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);
        float[][] beat = Songs.beat(4.0);
        Songs.wav(folder.resolve("good.wav"), beat);
        Files.writeString(folder.resolve("text.wav"), "This is no music.\n".repeat(400));
        Files.createFile(folder.resolve("empty.wav"));
        Songs.half(
                folder.resolve("half.flac"),
                Songs.flac(folder.resolve("whole.flac"), Songs.beat(8.0)));
        Songs.wav(folder.resolve("zeros.wav"), new float[Songs.RATE_HZ], new float[Songs.RATE_HZ]);
        Songs.wav(folder.resolve("short.wav"), Songs.beat(0.2));
        Songs.wav(
                folder.resolve("surround.wav"),
                beat[0],
                beat[1],
                beat[0],
                beat[0],
                beat[0],
                beat[1]);
        float[][] broken = Songs.beat(4.0);
        broken[1][2 * Songs.RATE_HZ] = Float.NaN;
        Songs.wav(folder.resolve("nan.wav"), broken);
        Files.createDirectory(folder.resolve("folder.wav"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing.wav  | unreadable-input  | check its name",
                "text.wav     | unreadable-input  | give a whole WAV",
                "empty.wav    | unreadable-input  | it is empty",
                "half.flac    |                   | half.flac",
                "zeros.wav    | silent-input      | it is silent",
                "short.wav    | too-short-input   | it lasts 0.20 s",
                "surround.wav | unsupported-input | 6 channels",
                "nan.wav      | non-finite-input  | at 2.000 s",
                "folder.wav   | unreadable-input  | name one file in it",
            })
    void inputThatCannotBeMasteredIsExitCode3(String name, String code, String words)
            throws IOException {
        Path input = folder.resolve(name);
        List<Path> before = list(folder);

        Cli master = Cli.run("master", input, "-o", folder.resolve("out.wav"));
        assertOneLine(master, ExitCode.INPUT, input.toString(), words);

        Cli render = Cli.run("render", input, "--plan", plan, "-o", folder.resolve("out.wav"));
        assertOneLine(render, ExitCode.INPUT, input.toString(), words);

        Cli json = Cli.run("master", input, "-o", folder.resolve("out.wav"), "--json");
        assertThat(json.exitCode()).isEqualTo(ExitCode.INPUT);
        JsonNode object = json.json().getFirst();
        assertThat(object.propertyNames()).containsExactly("schemaVersion", "file", "error");
        assertThat(object.get("file").stringValue()).isEqualTo(input.toString());
        assertThat(object.get("error").get("message").stringValue()).contains(words);
        if (code != null) {
            assertThat(object.get("error").get("code").stringValue()).isEqualTo(code);
        }
        assertThat(json.complaint()).isEmpty();
        assertThat(list(folder)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"master", "render"})
    void outputThatCannotBeWrittenIsExitCode4(String command) throws IOException {
        Path existing = Files.writeString(folder.resolve(command + "-existing.wav"), "mine");
        List<Path> before = list(folder);
        assertOneLine(to(command, existing), ExitCode.OUTPUT, existing.toString(), "--force");
        assertThat(existing).hasContent("mine");

        Path nowhere = folder.resolve("no-such-folder").resolve("out.wav");
        assertOneLine(to(command, nowhere), ExitCode.OUTPUT, nowhere.toString(), "no folder");

        Path aFolder = folder.resolve("folder.wav");
        assertOneLine(to(command, aFolder), ExitCode.OUTPUT, aFolder.toString(), "it is a folder");

        Path input = folder.resolve("good.wav");
        byte[] bytes = Files.readAllBytes(input);
        Cli onItself =
                command.equals("master")
                        ? Cli.run("master", input, "-o", input, "--force")
                        : Cli.run("render", input, "--plan", plan, "-o", input, "--force");
        assertOneLine(onItself, ExitCode.OUTPUT, input.toString(), "never overwritten");
        assertThat(input).hasBinaryContent(bytes);
        assertThat(list(folder)).isEqualTo(before);
    }

    @Test
    void sideFilesAreRefusedBeforeTheWork() throws IOException {
        Path existing = Files.writeString(folder.resolve("existing.yaml"), "mine");
        List<Path> before = list(folder);
        for (String option : List.of("--plan-out", "--report")) {
            Cli cli =
                    Cli.run(
                            "master",
                            folder.resolve("good.wav"),
                            "-o",
                            folder.resolve("o.wav"),
                            option,
                            existing);
            assertOneLine(cli, ExitCode.OUTPUT, existing.toString(), "exists");
        }
        assertThat(list(folder)).isEqualTo(before);
    }

    @Test
    void deliveryThatCannotBeMetIsExitCode5() throws IOException {
        // Clicks, a second apart: nearly all of the material is peaks.
        float[][] clicks = new float[2][4 * Songs.RATE_HZ];
        for (int i = Songs.RATE_HZ / 2; i < clicks[0].length; i += Songs.RATE_HZ) {
            clicks[0][i] = 0.5f;
            clicks[1][i] = 0.5f;
        }
        Path input = Songs.wav(folder.resolve("clicks.wav"), clicks);
        Path loud = Files.writeString(folder.resolve("loud.yaml"), PLAN.replace("-14", "-4"));
        List<Path> before = list(folder);
        Cli cli = Cli.run("render", input, "--plan", loud, "-o", folder.resolve("out.wav"));
        assertOneLine(cli, ExitCode.DELIVERY, input.toString(), "nothing was written");
        assertThat(list(folder)).isEqualTo(before);
    }

    @Test
    void planThatIsNoneIsExitCode3WithItsLine() throws IOException {
        Path wrong =
                Files.writeString(
                        folder.resolve("wrong.yaml"),
                        PLAN.replace("targetLufs: -14", "targetLufs: 14"));
        Cli cli =
                Cli.run(
                        "render",
                        folder.resolve("good.wav"),
                        "--plan",
                        wrong,
                        "-o",
                        folder.resolve("out.wav"));
        assertOneLine(cli, ExitCode.INPUT, wrong + ", line 5", "between -40.0 and -3.0 LUFS");
    }

    @Test
    void silenceAndShortFilesAreAnalysedWithNullFigures() {
        for (String name : List.of("zeros.wav", "short.wav")) {
            Cli cli = Cli.run("analyze", folder.resolve(name), "--json");
            assertThat(cli.exitCode()).isZero();
            JsonNode object = cli.json().getFirst();
            assertThat(object.get("integratedLufs").isNull()).isTrue();
            assertThat(object.get("durationSeconds").isNumber()).isTrue();
        }
    }

    @Test
    void analysisGoesOnAfterAFileThatCannotBeRead() {
        Path good = folder.resolve("good.wav");
        Path bad = folder.resolve("text.wav");
        Cli cli = Cli.run("analyze", good, bad, good, "--json");
        assertThat(cli.exitCode()).isEqualTo(ExitCode.INPUT);
        List<JsonNode> lines = cli.json();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).has("integratedLufs")).isTrue();
        assertThat(lines.get(1).has("error")).isTrue();
        assertThat(lines.get(2)).isEqualTo(lines.get(0));
    }

    private Cli to(String command, Path output) {
        Path input = folder.resolve("good.wav");
        return command.equals("master")
                ? Cli.run("master", input, "-o", output)
                : Cli.run("render", input, "--plan", plan, "-o", output);
    }

    private static void assertOneLine(Cli cli, int exitCode, String where, String words) {
        assertThat(cli.complaint()).startsWith("lacquer: ").contains(where).contains(words);
        assertThat(cli.complaint().lines()).hasSize(1);
        assertThat(cli.exitCode()).isEqualTo(exitCode);
        assertThat(cli.out()).isEmpty();
    }

    private static List<Path> list(Path where) throws IOException {
        try (Stream<Path> files = Files.walk(where)) {
            return files.sorted().toList();
        }
    }
}
