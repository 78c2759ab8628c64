// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.inference.UserTargets;
import org.lacquer.models.GenreTarget;
import org.lacquer.models.GenreTargets;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.util.Optional;

/** {@code lacquer target show}: one target, the user's or a shipped one. */
@Command(
        name = "show",
        header = "Show the figures of a target.",
        description = "Shows a target of yours, or a shipped genre, with mean and spread.")
final class TargetShowCommand extends FileCommand {
    @Parameters(paramLabel = "NAME", description = "A target of yours or a shipped genre.")
    private String name = "";

    @Option(names = "--json", description = "Print one line of JSON instead of a table.")
    private boolean json;

    TargetShowCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    String file() {
        return name;
    }

    @Override
    public Integer call() throws IOException {
        UserTargets own = UserTargets.ofUser();
        Optional<GenreTarget> target = GenreTargets.named(name);
        if (target.isEmpty()) {
            target = own.named(name);
        }
        if (target.isEmpty()) {
            throw new UsageException(
                    name + ": no such target; see: lacquer target list, lacquer genres");
        }
        TargetText text = new TargetText(own, target.get());
        terminal.line(json ? text.json() : text.table(terminal));
        return ExitCode.DONE;
    }
}
