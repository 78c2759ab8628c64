// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanText;
import org.lacquer.engine.PlanYaml;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;

/** {@code lacquer plan show}: a plan in words and with every default filled in. */
@Command(
        name = "show",
        header = "Say in words what a plan does.",
        description = {
            "Says in comments what each stage does, with units, and prints the plan with every"
                    + " default filled in.",
            "The output is a plan again."
        })
final class PlanShowCommand extends TerminalCommand {
    @Parameters(paramLabel = "FILE", description = "A plan file.")
    private Path file = Path.of("");

    PlanShowCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        MasteringPlan plan = PlanYaml.read(file);
        PlanText.lines(plan).forEach(line -> terminal.line("# " + line));
        terminal.line(PlanYaml.write(plan).stripTrailing());
        return ExitCode.DONE;
    }
}
