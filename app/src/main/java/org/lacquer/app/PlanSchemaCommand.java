// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.engine.PlanSchema;

import picocli.CommandLine.Command;

/** {@code lacquer plan schema}: what editors need to complete plans. */
@Command(
        name = "schema",
        header = "Print the JSON Schema of plans.",
        description = {
            "Editors complete and check plans with it. Write it to a file beside your plans and"
                    + " begin each plan with the line",
            "  # yaml-language-server: $schema=plan.schema.json"
        })
final class PlanSchemaCommand extends TerminalCommand {
    PlanSchemaCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() {
        terminal.line(PlanSchema.json().stripTrailing());
        return ExitCode.DONE;
    }
}
