// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.audio.FailureException;
import org.lacquer.inference.UserTargets;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;

/** {@code lacquer target list}: the user's own targets. */
@Command(
        name = "list",
        header = "List your targets.",
        description = "Goes on after a damaged target and returns the code of one.")
final class TargetListCommand extends TerminalCommand {
    @Option(names = "--json", description = "Print one line of JSON for each target.")
    private boolean json;

    TargetListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        UserTargets own = UserTargets.ofUser();
        int exitCode = ExitCode.DONE;
        for (String name : own.names()) {
            try {
                TargetText text = new TargetText(own, own.named(name).orElseThrow());
                terminal.line(json ? text.json() : text.summary(terminal));
            } catch (FailureException damaged) {
                Problem problem = Problem.of(damaged);
                if (json) {
                    Path file = own.folder().resolve(name + ".tsv");
                    terminal.line(Json.line(Json.error(file, problem)));
                } else {
                    terminal.complain(problem.message());
                }
                exitCode = problem.exitCode();
            }
        }
        if (own.names().isEmpty() && !json) {
            terminal.line("no targets in " + own.folder() + "; make one: lacquer target create");
        }
        return exitCode;
    }
}
