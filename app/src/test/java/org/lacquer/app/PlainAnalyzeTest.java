// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Arguments of {@code analyze} that are understood without picocli, and those that are not. */
class PlainAnalyzeTest {
    private static final Terminal NOWHERE =
            Terminal.plain(
                    new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                    new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analyze",
                "analyze --json",
                "analyze --help",
                "analyze a.wav -h",
                "analyze a.wav --figures",
                "analyze a.wav --figures tone",
                "analyze a.wav --figures=loudness",
                "analyze a.wav --figures all --figures all",
                "analyze a.wav --json --json",
                "analyze a.wav --plot a.png",
                "analyze -- a.wav",
                "analyze -",
                "check a.wav",
                "--version"
            })
    void everythingUnusualIsLeftToTheParser(String arguments) {
        assertThat(AnalyzeCommand.ofPlain(NOWHERE, arguments.split(" "))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analyze a.wav",
                "analyze a.wav b.flac --json",
                "analyze --figures loudness a.wav",
                "analyze --json a.wav --figures all"
            })
    void filesAndTheUsualOptionsArePlain(String arguments) {
        assertThat(AnalyzeCommand.ofPlain(NOWHERE, arguments.split(" "))).isPresent();
    }

    /** The spelling with an equals sign goes through the parser. */
    @Test
    void bothWaysSayTheSame() throws IOException {
        String song = Songs.wav(folder.resolve("song.wav"), Songs.beat(2.0)).toString();
        String missing = folder.resolve("missing.wav").toString();
        for (String figures : new String[] {"loudness", "all"}) {
            assertSame(
                    Cli.run("analyze", song, "--figures", figures, "--json"),
                    Cli.run("analyze", song, "--figures=" + figures, "--json"));
            assertSame(
                    Cli.run("analyze", missing, song, "--figures", figures),
                    Cli.run("analyze", missing, song, "--figures=" + figures));
        }
    }

    private static void assertSame(Cli plain, Cli parsed) {
        assertThat(plain.exitCode()).isEqualTo(parsed.exitCode());
        assertThat(plain.out()).isEqualTo(parsed.out()).isNotEmpty();
        assertThat(complaints(plain)).isEqualTo(complaints(parsed));
    }

    /** Without the progress line, which depends on time. */
    private static List<String> complaints(Cli cli) {
        return Pattern.compile("lacquer: .*")
                .matcher(cli.err())
                .results()
                .map(MatchResult::group)
                .toList();
    }
}
