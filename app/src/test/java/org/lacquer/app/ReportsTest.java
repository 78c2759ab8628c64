// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import javax.imageio.ImageIO;

/** What analyze, check, plan and render say and write. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportsTest {
    static final String[] FIGURES = {
        "integratedLufs",
        "loudnessRangeLu",
        "momentaryMaxLufs",
        "shortTermMaxLufs",
        "truePeakDbtp",
        "samplePeakDbfs",
        "plrDb",
        "psrMinDb",
        "dr14",
        "durationSeconds",
        "sampleRateHz",
        "channels"
    };

    /** What master and render print. */
    static final String[] MASTER = {
        "schemaVersion",
        "file",
        "outputFile",
        "input",
        "output",
        "target",
        "plan",
        "decisions",
        "findings",
        "seconds"
    };

    private static final String PLAN =
            """
            schemaVersion: 1
            stages:
              - stage: parametric-eq
                bands:
                  - {shape: high-shelf, frequencyHz: 8000, gainDb: 2}
              - stage: limiter
            delivery:
              targetLufs: -16
            """;

    @TempDir static Path folder;

    private Path song = Path.of("");
    private Path plan = Path.of("");

    @BeforeAll
    void makeFiles() throws IOException {
        song = Songs.wav(folder.resolve("söng.wav"), Songs.beat(8.0));
        plan = Files.writeString(folder.resolve("plan.yaml"), PLAN);
    }

    @Test
    void testsRunInALocaleThatWritesCommas() {
        assertThat(Locale.getDefault()).isEqualTo(Locale.GERMANY);
    }

    @Test
    void analysisHasTheKeysOfTheContract() {
        Cli cli = Cli.run("analyze", song, "--json");
        assertThat(cli.exitCode()).isZero();
        JsonNode object = cli.json().getFirst();
        assertThat(object.get("schemaVersion").intValue()).isEqualTo(1);
        assertThat(object.get("file").stringValue()).isEqualTo(song.toString());
        assertThat(object.propertyNames()).contains(FIGURES).contains("spectrum", "findings");
        assertThat(object.get("integratedLufs").doubleValue()).isBetween(-40.0, -5.0);
        assertThat(object.get("sampleRateHz").intValue()).isEqualTo(44_100);
        assertThat(object.get("spectrum").get("levelsDbfs")).hasSize(30);
        assertThat(cli.out().lines()).hasSize(1);
    }

    @Test
    void loudnessFiguresHaveTheSameKeysAndNoSpectrum() {
        JsonNode object =
                Cli.run("analyze", song, "--figures", "loudness", "--json").json().getFirst();
        assertThat(object.propertyNames()).contains(FIGURES).doesNotContain("spectrum");
        JsonNode all = Cli.run("analyze", song, "--json").json().getFirst();
        assertThat(object.get("integratedLufs")).isEqualTo(all.get("integratedLufs"));
    }

    @Test
    void progressGoesToStandardErrorOnly() {
        Cli cli = Cli.run("analyze", song);
        assertThat(cli.err()).contains("Measuring").endsWith("\r\033[K");
        assertThat(cli.out()).contains("LUFS").doesNotContain("Measuring", "\r", "\033");
    }

    @Test
    void tableWritesPoints() {
        Cli cli = Cli.run("analyze", song);
        assertThat(cli.out()).containsPattern("Loudness +-\\d+\\.\\d  LUFS").doesNotContain("NaN");
    }

    @Test
    void pngPlotsAreDrawnOverEachOther() throws IOException {
        Path png = folder.resolve("plot.png");
        Cli both = Cli.run("analyze", song, song, "--plot", png);
        assumeFalse(both.err().contains("no fonts"), "a machine without fonts draws SVG only");
        assertThat(both.exitCode()).isZero();
        assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(1920);
    }

    @Test
    void svgPlotsAreReplacedOnlyWhenAskedTo() {
        Path svg = folder.resolve("plot.svg");
        assertThat(Cli.run("analyze", song, "--plot", svg).exitCode()).isZero();
        assertThat(svg)
                .content()
                .startsWith("<svg ")
                .contains("prefers-color-scheme:dark", "söng.wav", "Frequency, Hz");

        Cli again = Cli.run("analyze", song, "--plot", svg);
        assertThat(again.exitCode()).isEqualTo(ExitCode.OUTPUT);
        assertThat(Cli.run("analyze", song, "--plot", svg, "--force").exitCode()).isZero();
    }

    @Test
    void silenceCanBePlotted() throws IOException {
        Path silence =
                Songs.wav(folder.resolve("silence.wav"), new float[88_200], new float[88_200]);
        Path svg = folder.resolve("silence.svg");
        assertThat(Cli.run("analyze", silence, silence, "--plot", svg).exitCode()).isZero();
        assertThat(svg).content().doesNotContain("NaN", "Infinity");
    }

    @Test
    void checkPassesAGoodMixAndFailsAClippedOne() throws IOException {
        Cli good = Cli.run("check", song, "--json");
        assertThat(good.exitCode()).isZero();
        assertThat(good.json().getFirst().get("ok").booleanValue()).isTrue();

        float[][] loud = Songs.beat(8.0);
        for (float[] channel : loud) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = Math.max(-1f, Math.min(1f, channel[i] * 40f));
            }
        }
        Path clipped = Songs.wav(folder.resolve("clipped.wav"), loud);
        Cli bad = Cli.run("check", clipped);
        assertThat(bad.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(bad.out()).contains("failure");
    }

    @Test
    void plansAreComparedSettingBySetting() throws IOException {
        Path first = Files.writeString(folder.resolve("first.yaml"), PLAN);
        Path other = Files.writeString(folder.resolve("other.yaml"), PLAN.replace("-16", "-12.5"));
        assertThat(Cli.run("plan", "diff", first, other).out())
                .isEqualTo("delivery targetLufs: -16 -> -12.5 LUFS\n");
        assertThat(Cli.run("plan", "diff", first, first).out()).isEqualTo("no difference\n");
        JsonNode change =
                Cli.run("plan", "diff", other, first, "--json").json().getFirst().at("/changes/0");
        assertThat(change.get("setting").asString()).isEqualTo("targetLufs");
        assertThat(change.get("to").asString()).isEqualTo("-16");
        assertThat(Cli.run("plan", "diff", first, folder.resolve("none.yaml")).exitCode())
                .isEqualTo(ExitCode.INPUT);
    }

    @Test
    void schemaIsPrintedAsJson() {
        JsonNode schema = new JsonMapper().readTree(Cli.run("plan", "schema").out());
        assertThat(schema.at("/$defs/limiter/properties/ceilingDbtp/maximum").doubleValue())
                .isZero();
    }

    @Test
    void planIsShownWithItsDefaultsAndValidated() throws IOException {
        Cli shown = Cli.run("plan", "show", plan);
        assertThat(shown.out())
                .contains("q: 0.71", "lookaheadMs:")
                .contains("# 1. parametric-eq", "frequency 8000 Hz, gain 2 dB");
        Path copy = Files.writeString(folder.resolve("copy.yaml"), shown.out());
        assertThat(Cli.run("plan", "show", copy).out()).isEqualTo(shown.out());

        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), PLAN.replace("-16", "16"));
        Cli valid = Cli.run("plan", "validate", plan, wrong);
        assertThat(valid.out()).contains("plan.yaml: valid, 2 stages");
        assertThat(valid.err()).contains("wrong.yaml, line 8").contains("-40.0 and -3.0 LUFS");
        assertThat(valid.exitCode()).isEqualTo(ExitCode.INPUT);
    }

    @Test
    void renderMeetsThePlanAndRepeatsItsBytes() throws IOException {
        Path master = folder.resolve("master.flac");
        Path solved = folder.resolve("solved.yaml");
        Files.writeString(plan, PLAN + "  fileFormat: flac\n");
        Cli cli =
                Cli.run(
                        "render",
                        song,
                        "--plan",
                        plan,
                        "-o",
                        master,
                        "--plan-out",
                        solved,
                        "--json");
        assertThat(cli.exitCode()).isZero();
        JsonNode object = cli.json().getFirst();
        assertThat(object.propertyNames()).containsExactly(MASTER);
        assertThat(object.get("outputFile").stringValue()).isEqualTo(master.toString());
        assertThat(object.get("input").propertyNames()).containsExactly(FIGURES);
        assertThat(object.get("output").propertyNames()).containsExactly(FIGURES);
        assertThat(object.get("target").isNull()).isTrue();
        assertThat(object.get("output").get("integratedLufs").doubleValue())
                .isBetween(-16.05, -15.95);
        assertThat(object.get("plan").get("stages").get(0).get("stage").stringValue())
                .isEqualTo("parametric-eq");

        Path again = folder.resolve("again.flac");
        Cli human = Cli.run("render", song, "--plan", solved, "-o", again);
        assertThat(human.exitCode()).isZero();
        assertThat(human.out()).contains("before", "after", "-16.0").doesNotContain("\r");
        assertThat(human.err()).contains("Rendering");
        assertThat(again).hasSameBinaryContentAs(master);
    }
}
