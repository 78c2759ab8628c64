// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lacquer plan}: plans as files. */
@Command(
        name = "plan",
        header = "Look at plan files.",
        description = "Plans are what master --plan-out writes and render applies.",
        synopsisSubcommandLabel = "show|diff|validate|schema",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lacquer plan validate song.plan.yaml",
            "  lacquer plan show song.plan.yaml",
            "  lacquer plan diff ai.yaml mine.yaml",
            "  lacquer plan schema > plan.schema.json       for an editor that completes plans",
            "",
            "Exit codes: 0 done, 2 wrong usage, 3 a plan cannot be used."
        })
final class PlanCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private HelpOption help = new HelpOption();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say show, diff, validate or schema");
    }
}
