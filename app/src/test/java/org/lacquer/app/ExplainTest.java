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

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExplainTest {
    @TempDir static Path folder;

    private Path song = Path.of("");
    private Path master = Path.of("");

    @BeforeAll
    void makeFiles() throws IOException {
        song = Songs.wav(folder.resolve("song.wav"), Songs.beat(10.0));
        Path plan =
                Files.writeString(
                        folder.resolve("bright.yaml"),
                        """
                        schemaVersion: 1
                        stages:
                          - stage: parametric-eq
                            bands:
                              - {shape: high-shelf, frequencyHz: 5000, gainDb: 4}
                          - stage: stereo-width
                            sideGainDb: -3
                          - stage: limiter
                            driveDb: 3
                        delivery:
                          sampleRateHz: 48000
                          bitDepth: 16
                        """);
        master = folder.resolve("master.wav");
        Cli cli = Cli.run("render", song, "--plan", plan, "-o", master);
        assertThat(cli.exitCode()).as(cli.err()).isZero();
    }

    @Test
    void stagesComeBackWithReasonsAndThePlanRenders() throws IOException {
        Path found = folder.resolve("found.yaml");
        Cli cli = Cli.run("explain", song, master, "--plan-out", found, "--json");
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        JsonNode object = cli.json().getFirst();
        assertThat(object.get("schemaVersion").intValue()).isEqualTo(1);
        assertThat(object.get("master").asString()).isEqualTo(master.toString());
        assertThat(object.at("/alignment/inverted").booleanValue()).isFalse();
        assertThat(object.at("/output/sampleRateHz").intValue()).isEqualTo(48_000);
        assertThat(object.at("/plan/delivery/sampleRateHz").intValue()).isEqualTo(48_000);
        assertThat(object.at("/plan/delivery/bitDepth").asString()).isEqualTo("16");
        assertThat(object.get("stages").findValuesAsString("stage"))
                .contains("parametric-eq", "stereo-width");
        assertThat(object.at("/stages/0/because").asString()).contains("dB");
        assertThat(object.at("/left/toneDb").doubleValue())
                .isLessThan(0.3 * object.at("/left/toneBeforeDb").doubleValue());
        assertThat(object.get("tone").get("gainsDb")).hasSameSizeAs(object.at("/tone/centresHz"));
        Cli again =
                Cli.run(
                        "render",
                        song,
                        "--plan",
                        found,
                        "-o",
                        folder.resolve("again.wav"),
                        "--json");
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.json().getFirst().at("/output/integratedLufs").doubleValue())
                .isCloseTo(
                        object.at("/output/integratedLufs").doubleValue(),
                        org.assertj.core.api.Assertions.within(0.5));
    }

    @Test
    void tableSaysWhatWasDoneAndWhatIsLeft() {
        Cli cli = Cli.run("explain", song, master);
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        assertThat(cli.out())
                .contains("What was done", "high shelf", "sides -", "Not explained", "48 kHz")
                .doesNotContain("NaN");
        assertThat(cli.out().lines().mapToInt(String::length).max().orElse(0))
                .isLessThanOrEqualTo(140);
    }

    @Test
    void anotherSongIsNoMaster() throws IOException {
        float[][] other = Songs.beat(10.0);
        for (float[] channel : other) {
            for (int i = 0; i < channel.length; i++) {
                double turn = i * (0.05 + 1e-8 * i);
                channel[i] = (float) (0.3 * StrictMath.sin(turn) * StrictMath.sin(1e-4 * i));
            }
        }
        Path file = Songs.wav(folder.resolve("other.wav"), other);
        Cli cli = Cli.run("explain", song, file, "--json");
        assertThat(cli.exitCode()).isEqualTo(3);
        assertThat(cli.json().getFirst().at("/error/code").asString())
                .isEqualTo("unsupported-input");
        assertThat(cli.json().getFirst().at("/error/message").asString())
                .contains("does not seem to be made of");
    }

    @Test
    void thePlanDoesNotReplaceAFile() throws IOException {
        Path there = Files.writeString(folder.resolve("there.yaml"), "mine");
        Cli cli = Cli.run("explain", song, master, "--plan-out", there);
        assertThat(cli.exitCode()).isEqualTo(4);
        assertThat(there).content().isEqualTo("mine");
        assertThat(Cli.run("explain", song, master, "--plan-out", song, "--force").exitCode())
                .isEqualTo(4);
    }
}
