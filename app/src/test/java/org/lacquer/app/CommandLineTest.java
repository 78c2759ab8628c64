// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Arguments, help and wrong usage. */
class CommandLineTest {
    private static final List<String> COMMANDS =
            List.of(
                    "master",
                    "analyze",
                    "check",
                    "render",
                    "plan",
                    "compare",
                    "evaluate",
                    "explain",
                    "target",
                    "platforms",
                    "genres",
                    "serve",
                    "doctor");

    private static final List<String> LATER = List.of("album", "stems", "batch");

    @Test
    void helpListsWhatExistsAndNothingElse() {
        Cli cli = Cli.run("--help");
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.err()).isEmpty();
        List<String> listed =
                cli.out()
                        .lines()
                        .dropWhile(line -> !line.equals("Commands:"))
                        .skip(1)
                        .takeWhile(line -> !line.isEmpty())
                        .map(line -> line.strip().split(" ")[0])
                        .toList();
        assertThat(listed).isEqualTo(COMMANDS);
        assertThat(cli.out()).contains("Exit codes:").contains("130 interrupted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "master",
                "analyze",
                "check",
                "render",
                "plan",
                "platforms",
                "genres",
                "serve",
                "doctor"
            })
    void everyCommandHasAHelp(String command) {
        Cli cli = Cli.run(command, "--help");
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out()).contains("Usage: lacquer " + command).contains("--help");
    }

    @Test
    void helpOfMasterNamesEveryOptionOfTheContract() {
        String help = Cli.run("master", "--help").out();
        assertThat(help)
                .contains("-o", "--platform", "--loudness", "--ceiling", "--genre", "--reference")
                .contains("--intensity", "--match", "--amount", "--bypass", "--excerpt")
                .contains("--bit-depth", "--sample-rate", "--plan-out", "--report", "--dry-run")
                .contains("--force", "--json", "Exit codes", "Examples", "Default: streaming");
    }

    @Test
    void versionIsOneLine() {
        Cli cli = Cli.run("--version");
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out()).matches("lacquer \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    }

    @Test
    void commandsOfLaterVersionsAreWrongUsage() {
        for (String command : LATER) {
            Cli cli = Cli.run(command, "mix.wav");
            assertThat(cli.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(cli.err()).startsWith("lacquer: " + command + " is not part of version ");
            assertThat(cli.err().lines()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                        | a command is missing",
                "mastre mix.wav                          | mastre",
                "master                                  | MIX",
                "master mix.wav --loudnes -9             | --loudnes",
                "master mix.wav --loudness loud          | --loudness",
                "master mix.wav --loudness -2            | between -40.0 and -3.0 LUFS, got -2.0",
                "master mix.wav --loudness NaN           | between -40.0 and -3.0 LUFS, got NaN",
                "master mix.wav --ceiling 0.5            | between -24.0 and 0.0 dBTP, got 0.5",
                "master mix.wav --intensity 101          | intensity must be between 0 and 100",
                "master mix.wav --match -1               | match must be between 0 and 100",
                "master mix.wav --genre polka            | genres are auto, pop, rock",
                "master mix.wav --platform myspace       | platforms are streaming, spotify",
                "master mix.wav --amount eq              | must be a whole number from 0 to 100",
                "master mix.wav --amount eq=150          | between 0 and 100",
                "master mix.wav --amount reverb=50       | stages are high-pass, parametric-eq",
                "master mix.wav --bypass limiter         | keeps the promised ceiling",
                "master mix.wav --bypass gain            | no such stage",
                "master mix.wav --excerpt 60-30          | END after START",
                "master mix.wav --excerpt 0:61-2:00      | seconds or m:ss",
                "master mix.wav --excerpt ten-20         | seconds or m:ss",
                "master mix.wav --bit-depth 20           | 16, 24 or 32f",
                "master mix.wav --sample-rate 100        | between 8000 and 384000 Hz",
                "master mix.wav -o out.xyz               | wav, wave, aiff, aif, flac, alac, mp3",
                "master mix.wav -o a.wav --report a.wav  | named for two outputs",
                "render mix.wav -o out.wav               | --plan",
                "analyze mix.wav --plot picture.gif      | .png and .svg",
                "analyze a b c d e --plot picture.png    | up to 4 files",
                "analyze mix.wav --figures some          | LOUDNESS, ALL",
                "plan                                    | show, diff, validate or schema",
            })
    void wrongUsageIsOneLineAndExitCode2(String line, String words) {
        Object[] arguments = line == null ? new Object[0] : line.strip().split(" +");
        Cli cli = Cli.run(arguments);
        assertThat(cli.err()).startsWith("lacquer: ").contains(words);
        assertThat(cli.err().lines()).hasSize(1);
        assertThat(cli.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.out()).isEmpty();
    }

    @Test
    void wrongUsageIsJsonWhenJsonWasAskedFor() {
        Cli cli = Cli.run("master", "mix.wav", "--genre", "polka", "--json");
        assertThat(cli.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(cli.json().getFirst().get("file").stringValue()).isEqualTo("mix.wav");
        assertThat(cli.json().getFirst().get("error").get("code").stringValue()).isEqualTo("usage");
        assertThat(cli.err()).isEmpty();

        Cli unknownOption = Cli.run("master", "mix.wav", "--jsno", "--json");
        assertThat(unknownOption.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknownOption.json().getFirst().has("error")).isTrue();
    }

    @Test
    void listsNameEveryPlatformAndGenre() {
        assertThat(Cli.run("platforms").out().lines())
                .anyMatch(line -> line.matches("cd +-10 +-0\\.5 +44\\.1 +16 .*"))
                .hasSize(16);
        assertThat(Cli.run("genres").out().lines()).anyMatch(line -> line.startsWith("metal"));
    }

    @Test
    void stageNamesHaveAliases() {
        assertThat(StageNames.resolve("--bypass", "EQ")).isEqualTo("parametric-eq");
        assertThat(StageNames.resolve("--bypass", "compressor")).isEqualTo("multiband-compressor");
        assertThat(StageNames.resolve("--bypass", "width")).isEqualTo("stereo-width");
        assertThat(StageNames.resolve("--bypass", "high-pass")).isEqualTo("high-pass");
    }

    @Test
    void excerptsAreSecondsOrMinutes() {
        var converter = new ExcerptConverter();
        assertThat(converter.convert("30-60").endSeconds()).isEqualTo(60.0);
        assertThat(converter.convert("1:02.5-1:10").startSeconds()).isEqualTo(62.5);
    }

    @Test
    void faultOfOursIsExitCode70AndOneLine() {
        Problem problem = Problem.of(new IllegalStateException("first line\nsecond line"));
        assertThat(problem.exitCode()).isEqualTo(ExitCode.FAULT);
        assertThat(problem.message())
                .contains("IllegalStateException: first line second line")
                .contains("LACQUER_DEBUG=1")
                .doesNotContain("\n");
    }
}
