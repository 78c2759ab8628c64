// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.audio.FailureException;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanYaml;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code lacquer plan validate}: can these plans be rendered? */
@Command(
        name = "validate",
        header = "Say whether plans can be rendered.",
        description = "Names line, key and legal range of the first mistake in each file.")
final class PlanValidateCommand extends TerminalCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Plan files.")
    private List<Path> files = new ArrayList<>();

    PlanValidateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        int exitCode = ExitCode.DONE;
        for (Path file : files) {
            try {
                terminal.line(file + ": " + verdict(PlanYaml.read(file)));
            } catch (FailureException e) {
                Problem problem = Problem.of(e);
                terminal.complain(problem.message());
                exitCode = problem.exitCode();
            }
        }
        return exitCode;
    }

    private static String verdict(MasteringPlan plan) {
        String stages = plan.stages().size() + (plan.stages().size() == 1 ? " stage" : " stages");
        if (plan.solved()) {
            return "valid, " + stages + ", solved";
        }
        return plan.delivery().targetLufs().isPresent()
                ? "valid, " + stages + ", to be solved for " + target(plan)
                : "valid, "
                        + stages
                        + ", but it cannot be rendered before its limiter has a driveDb or its"
                        + " delivery a targetLufs";
    }

    private static String target(MasteringPlan plan) {
        return Figure.text(plan.delivery().targetLufs().orElse(Double.NaN), 1) + " LUFS";
    }
}
