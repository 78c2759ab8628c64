// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What check says of a folder of stems. */
class StemCheckTest {
    private static final int FRAMES = 11 * Songs.RATE_HZ;

    @TempDir private Path folder;

    private final float[][] drums = faded(1);
    private final float[][] bass = faded(2);

    @BeforeEach
    void writeStems() throws IOException {
        Songs.flac(folder.resolve("Song_Drums.flac"), drums);
        Songs.flac(folder.resolve("Song_Bass.flac"), bass);
        Files.writeString(folder.resolve("notes.txt"), "120 bpm");
    }

    @Test
    void goodStemsPassAndNullAgainstTheirMix() throws IOException {
        Songs.flac(folder.resolve("Song_rough mix.flac"), sum(1f));
        Cli cli = Cli.run("check", folder, "--json");
        assertThat(cli.exitCode()).isZero();
        List<JsonNode> lines = cli.json();
        assertThat(lines).hasSize(4);
        JsonNode last = lines.getLast();
        assertThat(last.get("file").stringValue()).isEqualTo(folder.toString());
        assertThat(last.get("ok").booleanValue()).isTrue();
        assertThat(last.get("stems")).hasSize(2);
        assertThat(last.get("mix").stringValue()).isEqualTo("Song_rough mix.flac");
        assertThat(last.get("sum").get("residualDb").doubleValue()).isLessThan(-85.0);
        assertThat(last.get("sum").get("offsetSeconds").doubleValue()).isZero();
        assertThat(codes(last)).isEmpty();
    }

    @Test
    void aMixElsewhereCanBeNamed() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("bounced"));
        Path other = Songs.flac(elsewhere.resolve("song.flac"), drums);
        Cli cli = Cli.run("check", folder, "--mix", other, "--json");
        assertThat(cli.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(codes(cli.json().getLast())).contains("sum-differs");
        assertThat(Cli.run("check", other, "--mix", other).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void copiesAndUnequalLengthsFail() throws IOException {
        Songs.flac(folder.resolve("Song_Drums (1).flac"), drums);
        Songs.flac(folder.resolve("Song_Pad.flac"), new float[2][FRAMES - 1]);
        Cli cli = Cli.run("check", folder, "--json");
        assertThat(cli.exitCode()).isEqualTo(ExitCode.CHECK_FAILED);
        JsonNode last = cli.json().getLast();
        assertThat(codes(last))
                .containsExactly("stem-length", "stem-copy", "stem-name-copy", "no-mix");
        assertThat(last.get("mix").isNull()).isTrue();
        assertThat(codes(cli.json().get(3))).contains("silent");
        assertThat(Cli.run("check", folder).out())
                .contains("Song_Drums (1) and Song_Drums hold the same sound");
    }

    @Test
    void anUnreadableStemIsReportedAndTheOthersAreChecked() throws IOException {
        Files.writeString(folder.resolve("Song_Keys.wav"), "no sound");
        Cli cli = Cli.run("check", folder, "--json");
        assertThat(cli.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(cli.json()).hasSize(3);
        assertThat(cli.json().getLast().get("error").get("code").stringValue())
                .isEqualTo("unreadable-input");
    }

    @Test
    void anEmptyFolderIsWrongUsage() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(Cli.run("check", empty).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    private static List<String> codes(JsonNode object) {
        List<String> codes = new ArrayList<>();
        object.get("findings").forEach(finding -> codes.add(finding.get("code").stringValue()));
        return codes;
    }

    private float[][] sum(float gain) {
        float[][] sum = new float[2][FRAMES];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < FRAMES; i++) {
                sum[c][i] = gain * (drums[c][i] + bass[c][i]);
            }
        }
        return sum;
    }

    /** Noise that fades in and out. */
    private static float[][] faded(long seed) {
        var random = new SplittableRandom(seed);
        float[][] stereo = new float[2][FRAMES];
        for (float[] channel : stereo) {
            for (int i = 0; i < FRAMES; i++) {
                double fade = Math.min(1.0, Math.min(i, FRAMES - 1 - i) / 8820.0);
                channel[i] = (float) (0.1 * fade * (2.0 * random.nextDouble() - 1.0));
            }
        }
        return stereo;
    }
}
