// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.inference.UserTargets;
import org.lacquer.models.GenreTarget;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code lacquer target create}: what records have in common, under a name. */
@Command(
        name = "create",
        header = "Make a target from records.",
        description =
                "Measures the records and keeps mean and spread of their tone, width, dynamics and"
                    + " loudness. Few records are drawn towards all music by what they can tell.")
final class TargetCreateCommand extends FileCommand {
    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "Small letters, digits and dashes; not the name of a shipped genre.")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Finished records of at least 3 s.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--force", description = "Replace a target of that name.")
    private boolean force;

    @Option(names = "--json", description = "Print one line of JSON instead of a table.")
    private boolean json;

    TargetCreateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    String file() {
        return name;
    }

    @Override
    public Integer call() throws IOException {
        UserTargets own = UserTargets.ofUser();
        GenreTarget target = own.create(name, files, force);
        TargetText text = new TargetText(own, target);
        terminal.line(json ? text.json() : text.summary(terminal));
        return ExitCode.DONE;
    }
}
