// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code lacquer target}: make, list, show, aim at. */
final class TargetTest {
    @TempDir static Path folder;

    private static Path song = Path.of("");

    @BeforeAll
    static void ownHome() throws IOException {
        System.setProperty("lacquer.home", folder.resolve("home").toString());
        song = Songs.wav(folder.resolve("record.wav"), Songs.beat(6.0));
    }

    @AfterAll
    static void usualHome() {
        System.clearProperty("lacquer.home");
    }

    @Test
    void targetIsMadeShownListedAndAimedAt() {
        Cli made = Cli.run("target", "create", "bump", song, "--json");
        assertThat(made.exitCode()).isZero();
        JsonNode object = made.json().getFirst();
        assertThat(object.get("name").stringValue()).isEqualTo("bump");
        assertThat(object.get("label").stringValue()).isEqualTo("anecdotal");
        assertThat(object.get("shipped").booleanValue()).isFalse();
        assertThat(object.get("features").get("ltas.1000").get("sd").doubleValue()).isPositive();
        assertThat(Path.of(object.get("file").stringValue())).exists();

        Cli again = Cli.run("target", "create", "bump", song);
        assertThat(again.exitCode()).isEqualTo(ExitCode.OUTPUT);
        assertThat(Cli.run("target", "create", "bump", song, "--force").exitCode()).isZero();

        assertThat(Cli.run("target", "list").out()).contains("bump", "record.wav");
        assertThat(Cli.run("target", "show", "bump").out()).contains("ltas.1000");
        JsonNode shipped = Cli.run("target", "show", "techno", "--json").json().getFirst();
        assertThat(shipped.get("name").stringValue()).isEqualTo("electronic");
        assertThat(shipped.get("shipped").booleanValue()).isTrue();

        Cli master = Cli.run("master", song, "--genre", "bump", "--dry-run", "--json");
        assertThat(master.json().getFirst().get("target").get("name").stringValue())
                .isEqualTo("bump");
        assertThat(Cli.run("genres").out()).contains("bump", "your own");
    }

    @Test
    void mistakesAreNamed() {
        assertThat(Cli.run("target").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Cli.run("target", "create", "rock", song).exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Cli.run("target", "create", "No", song).complaint()).contains("small letters");
        assertThat(Cli.run("target", "create", "none").exitCode()).isEqualTo(ExitCode.USAGE);
        Cli unreadable = Cli.run("target", "create", "gone", folder.resolve("gone.wav"), "--json");
        assertThat(unreadable.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(unreadable.json().getFirst().get("error").get("code").stringValue())
                .isEqualTo("unreadable-input");
        assertThat(Cli.run("target", "show", "nothing").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Cli.run("master", song, "--genre", "nothing").complaint())
                .contains("no such genre", "rock");
    }

    @Test
    void damagedTargetDoesNotHideTheOthers() throws IOException {
        assertThat(Cli.run("target", "create", "zz-good", song).exitCode()).isZero();
        Path file = folder.resolve("home/targets/bad.tsv");
        Files.writeString(file, "name\tbad\n");
        try {
            Cli list = Cli.run("target", "list", "--json");
            assertThat(list.exitCode()).isEqualTo(ExitCode.INPUT);
            List<JsonNode> lines = list.json();
            assertThat(lines.getFirst().get("error").get("message").stringValue())
                    .contains("bad.tsv");
            assertThat(lines.getLast().get("name").stringValue()).isEqualTo("zz-good");
        } finally {
            Files.delete(file);
        }
    }
}
