// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.engine.PlanSchema;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code lacquer plan schema}: what editors need to complete plans. */
@Command(
        name = "schema",
        header = "Print the JSON Schema of plans.",
        sortOptions = false,
        sortSynopsis = false,
        description = {
            "Editors complete and check plans with it. Write it to a file beside your plans and"
                    + " begin each plan with the line",
            "  # yaml-language-server: $schema=plan.schema.json"
        },
        headerHeading = "",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n")
final class PlanSchemaCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin private HelpOption help = new HelpOption();

    PlanSchemaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.line(PlanSchema.json().stripTrailing());
        return ExitCode.DONE;
    }
}
