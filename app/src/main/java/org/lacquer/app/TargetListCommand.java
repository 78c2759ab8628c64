// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.audio.FailureException;
import org.lacquer.inference.UserTargets;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code lacquer target list}: the user's own targets. */
@Command(
        name = "list",
        header = "List your targets.",
        sortOptions = false,
        sortSynopsis = false,
        description = "Goes on after a damaged target and returns the code of one.",
        headerHeading = "",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n")
final class TargetListCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private HelpOption help = new HelpOption();

    @Option(names = "--json", description = "Print one line of JSON for each target.")
    private boolean json;

    TargetListCommand(Terminal terminal) {
        this.terminal = terminal;
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
