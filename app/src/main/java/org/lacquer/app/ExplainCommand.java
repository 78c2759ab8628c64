// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.comparison.Explained;
import org.lacquer.comparison.MasterExplainer;
import org.lacquer.engine.PlanYaml;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** {@code lacquer explain}: what was done to a mix to get a master? */
@Command(
        name = "explain",
        header = "Say what was done to a mix to get a master, as a plan.",
        description = {
            "Compares a mix with a finished master of it, whoever made it, and finds a plan that"
                    + " comes close: tone, compression, saturation, width, limiting. Of every stage"
                    + " it says what speaks for it and how sure that is, and at the end what the"
                    + " plan does not explain.",
            "The master may begin earlier or later, have another rate, and be turned over. The"
                    + " loudest 45 seconds are looked at. Other settings may sound the same: what"
                    + " comes out is an explanation, not the record of a session."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lacquer explain mix.wav master.wav",
            "  lacquer explain mix.wav master.wav --plan-out found.yaml",
            "  lacquer render mix.wav --plan found.yaml -o close.wav",
            "",
            "Exit codes: 0 done, 2 wrong usage, 3 a file cannot be used or the master is not made"
                    + " of the mix,",
            "4 the plan cannot be written, 70 a fault of Lacquer, 130 interrupted."
        })
final class ExplainCommand extends FileCommand {
    @Parameters(index = "0", paramLabel = "MIX", description = "The mix.")
    private Path mix = Path.of("");

    @Parameters(index = "1", paramLabel = "MASTER", description = "A finished master of it.")
    private Path master = Path.of("");

    @Option(
            names = "--plan-out",
            paramLabel = "FILE",
            description = "Write the plan that was found.")
    private Optional<Path> planOut = Optional.empty();

    @Option(names = "--force", description = "Replace a plan that exists.")
    private boolean force;

    @Option(names = "--json", description = "Print one line of JSON instead of a table.")
    private boolean json;

    ExplainCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    String file() {
        return mix.toString();
    }

    @Override
    public Integer call() throws IOException {
        if (planOut.isPresent()) {
            SideFile.requireFree(planOut.get(), force, mix);
            SideFile.requireFree(planOut.get(), force, master);
        }
        Explained explained;
        try (ProgressLine progress = new ProgressLine(terminal)) {
            explained = MasterExplainer.explain(mix, master, progress.of("Explaining"));
        }
        if (planOut.isPresent()) {
            String plan = PlanYaml.write(explained.explanation().plan());
            SideFile.write(planOut.get(), plan.getBytes(StandardCharsets.UTF_8), force);
        }
        ExplanationReport report = new ExplanationReport(mix, master, explained);
        terminal.line(json ? report.json() : report.text(terminal));
        return ExitCode.DONE;
    }
}
