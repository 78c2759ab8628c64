// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The whole way: a mix in, a master, a plan, a report and JSON out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MasterTest {
    @TempDir static Path folder;

    private Path song = Path.of("");

    @BeforeAll
    void makeSong() throws IOException {
        song = Songs.wav(folder.resolve("song.one.wav"), Songs.beat(12.0));
    }

    @Test
    void masterMeetsThePlatformAndHasTheKeysOfTheContract() throws IOException {
        Path plan = folder.resolve("song.yaml");
        Path report = folder.resolve("song.html");
        Cli cli =
                Cli.run(
                        "master",
                        song,
                        "--platform",
                        "apple",
                        "--genre",
                        "metal",
                        "--plan-out",
                        plan,
                        "--report",
                        report,
                        "--json");
        assertThat(cli.complaint()).isEmpty();
        assertThat(cli.exitCode()).isZero();
        JsonNode object = cli.json().getFirst();
        assertThat(cli.out().lines()).hasSize(1);
        assertThat(object.propertyNames()).containsExactly(ReportsTest.MASTER);
        assertThat(object.get("input").propertyNames()).containsExactly(ReportsTest.FIGURES);
        assertThat(object.get("output").propertyNames()).containsExactly(ReportsTest.FIGURES);
        assertThat(object.get("output").get("integratedLufs").doubleValue())
                .isBetween(-16.05, -15.95);
        assertThat(object.get("output").get("truePeakDbtp").doubleValue())
                .isLessThanOrEqualTo(-1.0);
        assertThat(object.get("target").get("name").stringValue()).isEqualTo("metal");
        assertThat(object.get("target").get("loudnessLufs").doubleValue()).isEqualTo(-16.0);

        Path master = folder.resolve("song.one.master.wav");
        assertThat(object.get("outputFile").stringValue()).isEqualTo(master.toString());
        Path again = folder.resolve("again.wav");
        assertThat(Cli.run("render", song, "--plan", plan, "-o", again).exitCode()).isZero();
        assertThat(again).hasSameBinaryContentAs(master);

        assertThat(report)
                .content()
                .startsWith("<!DOCTYPE html>")
                .contains("<svg ", "target: metal", "limiter.driveDb", "SHA-256", "driveDb:")
                .doesNotContain("NaN", "http://localhost", "<script", "src=");
    }

    @Test
    void everyDecisionIsTheValueInThePlan() {
        JsonNode object =
                Cli.run("master", song, "-o", folder.resolve("d.flac"), "--json").json().getFirst();
        JsonNode decisions = object.get("decisions");
        assertThat(decisions.isEmpty()).isFalse();
        for (JsonNode decision : decisions) {
            String setting = decision.get("setting").stringValue();
            JsonNode value = object.get("plan").path("delivery");
            String stage = setting.substring(0, setting.indexOf('.'));
            for (JsonNode candidate : object.get("plan").get("stages")) {
                if (candidate.get("stage").stringValue().equals(stage)) {
                    value = candidate;
                }
            }
            for (String step : setting.substring(stage.length() + 1).split("[.\\[\\]]+")) {
                value = step.matches("\\d+") ? value.get(Integer.parseInt(step)) : value.get(step);
            }
            assertThat(value.doubleValue())
                    .as(setting)
                    .isEqualTo(decision.get("value").doubleValue());
        }
    }

    @Test
    void dryRunDecidesAndRendersNothing() throws IOException {
        Path own = Files.createDirectory(folder.resolve("dry"));
        Path copy = Files.copy(song, own.resolve("song.wav"));
        Cli cli = Cli.run("master", copy, "--dry-run", "--json");
        assertThat(cli.exitCode()).isZero();
        JsonNode object = cli.json().getFirst();
        assertThat(object.get("outputFile").isNull()).isTrue();
        assertThat(object.get("output").isNull()).isTrue();
        assertThat(object.get("plan").get("stages").isEmpty()).isFalse();
        Cli human = Cli.run("master", copy, "--dry-run");
        assertThat(human.out()).contains("nothing rendered", "before").doesNotContain("after");
        try (Stream<Path> files = Files.list(own)) {
            assertThat(files).containsExactly(copy);
        }
    }

    @Test
    void outputThatCannotBeCreatedLeavesNothing() throws IOException {
        // A file where a folder should be.
        Path out = song.resolve("master.wav");
        Cli cli = Cli.run("master", song, "-o", out);
        assertThat(cli.exitCode()).isEqualTo(ExitCode.OUTPUT);
        assertThat(cli.complaint()).contains("there is no folder").contains(song.toString());
    }

    @Test
    void optionsReachThePlan() {
        JsonNode plan =
                Cli.run(
                                "master",
                                song,
                                "-o",
                                folder.resolve("o.aiff"),
                                "--loudness",
                                "-18",
                                "--ceiling",
                                "-3",
                                "--bit-depth",
                                "16",
                                "--sample-rate",
                                "48000",
                                "--excerpt",
                                "0:02-0:08",
                                "--intensity",
                                "100",
                                "--bypass",
                                "eq",
                                "--bypass",
                                "compressor",
                                "--amount",
                                "width=0",
                                "--json")
                        .json()
                        .getFirst();
        assertThat(plan.get("output").get("integratedLufs").doubleValue())
                .isBetween(-18.05, -17.95);
        assertThat(plan.get("output").get("truePeakDbtp").doubleValue()).isLessThanOrEqualTo(-3.0);
        assertThat(plan.get("output").get("sampleRateHz").intValue()).isEqualTo(48_000);
        assertThat(plan.get("output").get("durationSeconds").doubleValue()).isBetween(5.999, 6.001);
        JsonNode delivery = plan.get("plan").get("delivery");
        assertThat(delivery.get("fileFormat").stringValue()).isEqualTo("aiff");
        assertThat(delivery.get("bitDepth").intValue()).isEqualTo(16);
        List<String> stages =
                plan.get("plan")
                        .get("stages")
                        .valueStream()
                        .map(stage -> stage.get("stage").stringValue())
                        .toList();
        assertThat(stages)
                .doesNotContain("parametric-eq", "multiband-compressor")
                .endsWith("limiter");
    }
}
