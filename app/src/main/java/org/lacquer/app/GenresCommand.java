// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.audio.FailureException;
import org.lacquer.inference.UserTargets;
import org.lacquer.models.GenreTarget;
import org.lacquer.models.GenreTargets;

import picocli.CommandLine.Command;

import java.io.IOException;
import java.util.Locale;

/** {@code lacquer genres}: what a master can sound like. */
@Command(
        name = "genres",
        header = "List genres that a master can aim at.",
        description =
                "The genres of master --genre: usual loudness and peak-to-loudness ratio of"
                        + " releases, how far the figures can be trusted, and where they come from."
                        + " Your own targets come last.")
final class GenresCommand extends TerminalCommand {
    GenresCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        terminal.line(terminal.faint(row("", "LUFS", "PLR", "trust", "source")));
        for (GenreTarget genre : GenreTargets.all()) {
            line(genre);
            if (!genre.aliases().isEmpty()) {
                terminal.line(
                        terminal.faint("  also called " + String.join(", ", genre.aliases())));
            }
        }
        UserTargets own = UserTargets.ofUser();
        int exitCode = ExitCode.DONE;
        for (String name : own.names()) {
            try {
                line(own.named(name).orElseThrow());
            } catch (FailureException damaged) {
                Problem problem = Problem.of(damaged);
                terminal.complain(problem.message());
                exitCode = problem.exitCode();
            }
        }
        return exitCode;
    }

    private void line(GenreTarget genre) {
        terminal.line(
                row(
                        genre.name(),
                        Figure.text(genre.loudnessLufs(), 1),
                        Figure.text(genre.plrDb(), 1),
                        genre.label().name().toLowerCase(Locale.ROOT),
                        genre.provenance()));
    }

    private static String row(String name, String lufs, String plr, String trust, String source) {
        return String.format(
                Locale.ROOT, "%-12s %6s %5s  %-11s  %s", name, lufs, plr, trust, source);
    }
}
