// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CompareTest {
    @TempDir static Path folder;

    private Path song = Path.of("");
    private Path plan = Path.of("");

    @BeforeAll
    void makeFiles() throws IOException {
        song = Songs.wav(folder.resolve("song.wav"), Songs.beat(8.0));
        plan = Songs.brightPlan(folder.resolve("bright.yaml"));
    }

    @Test
    void candidatesOfAllKindsAreComparedIntoTheFolder() throws IOException {
        Path out = folder.resolve("out");
        Cli cli =
                Cli.run(
                        "compare",
                        song,
                        "--candidate",
                        "ai",
                        "mix",
                        plan,
                        "--candidate",
                        song,
                        "-o",
                        out,
                        "--genre",
                        "rock",
                        "--json");
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        JsonNode object = cli.json().getFirst();
        assertThat(object.get("candidates")).hasSize(4);
        assertThat(object.at("/candidates/2/kind").asString()).isEqualTo("plan");
        assertThat(object.at("/candidates/2/words/0").asString())
                .contains("More")
                .contains("treble");
        assertThat(object.at("/candidates/3/name").asString()).isEqualTo("song");
        assertThat(object.at("/candidates/3/alignment/offsetFrames").doubleValue()).isZero();
        assertThat(object.get("rankings")).isNotEmpty();
        assertThat(out.resolve("comparison.json")).content().isEqualTo(cli.out());
        assertThat(out.resolve("bright.wav")).isRegularFile();
        assertThat(out.resolve("report.html"))
                .content()
                .contains("data-audio=\"AAAA", "bands[1].gainDb", "On the platforms")
                .doesNotContain(">NaN", "NaN dB");
    }

    @Test
    void tableNamesTheBest() throws IOException {
        Cli cli =
                Cli.run("compare", song, "--candidate", "mix", plan, "-o", folder.resolve("table"));
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        assertThat(cli.out()).contains("distance to the target", "*");
        assertThat(
                        Cli.run(
                                        "compare",
                                        song,
                                        "--candidate",
                                        "mix",
                                        "-o",
                                        folder.resolve("table"))
                                .exitCode())
                .isEqualTo(ExitCode.OUTPUT);
    }

    @Test
    void mistakesAreNamed() {
        Path out = folder.resolve("none");
        assertThat(Cli.run("compare", song, "-o", out).exitCode()).isEqualTo(ExitCode.USAGE);
        Cli missing = Cli.run("compare", song, "--candidate", folder.resolve("no.wav"), "-o", out);
        assertThat(missing.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(missing.complaint()).contains("no.wav").contains("no such file");
        assertThat(
                        Cli.run("compare", song, "--candidate", "ai", "-o", out, "--genre", "noise")
                                .exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}
