// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Figures;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanYaml;
import org.lacquer.inference.Mastered;
import org.lacquer.inference.Masterer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** {@code lacquer render}: a plan applied exactly. */
@Command(
        name = "render",
        header = "Apply a plan to a mix, exactly.",
        description = {
            "Applies a plan exactly, whoever wrote it; no model is loaded. The plan that master"
                    + " --plan-out wrote gives the same bytes as master did.",
            "A plan whose limiter has no driveDb needs targetLufs in its delivery; the drive is"
                    + " then found here, and --plan-out writes the plan with it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lacquer master mix.wav -o song.wav --plan-out song.plan.yaml",
            "  lacquer render mix.wav --plan song.plan.yaml -o again.wav",
            "",
            "Exit codes: 0 done, 2 wrong usage, 3 input or plan cannot be used, 4 output cannot be"
                    + " written,",
            "5 loudness and ceiling cannot be met together, 70 a fault of Lacquer, 130 interrupted."
        })
final class RenderCommand extends FileCommand {
    @Parameters(paramLabel = "MIX", description = "The mix that the plan was made for.")
    private Path mix = Path.of("");

    @Option(names = "--plan", required = true, paramLabel = "FILE.yaml", description = "The plan.")
    private Path plan = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description = "The master; its extension must fit the plan's fileFormat.")
    private Path output = Path.of("");

    @Option(
            names = "--plan-out",
            paramLabel = "FILE",
            description = "Write the plan with its solved drive.")
    private Optional<Path> planOut = Optional.empty();

    @Option(names = "--force", description = "Replace output files that exist.")
    private boolean force;

    @Option(names = "--json", description = "Print one line of JSON instead of a table.")
    private boolean json;

    RenderCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    String file() {
        return mix.toString();
    }

    @Override
    public Integer call() throws IOException {
        MasteringPlan read = PlanYaml.read(plan);
        Formats.requireWritten(output);
        SideFile.requireFree(output, force, mix);
        if (planOut.isPresent()) {
            SideFile.requireFree(planOut.get(), force, mix);
        }
        Mastered mastered;
        try (Masterer masterer = new Masterer(Figures.MASTER);
                ProgressLine progress = new ProgressLine(terminal)) {
            mastered = masterer.render(mix, read, output, force, progress);
        }
        if (planOut.isPresent()) {
            byte[] solved = PlanYaml.write(mastered.plan()).getBytes(StandardCharsets.UTF_8);
            SideFile.write(planOut.get(), solved, force);
        }
        Delivered delivered = Delivered.of(mastered, "");
        terminal.line(json ? delivered.json() : delivered.text(terminal));
        return ExitCode.DONE;
    }
}
