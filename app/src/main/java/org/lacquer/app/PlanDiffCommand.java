// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanDiff;
import org.lacquer.engine.PlanYaml;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code lacquer plan diff}: what two plans do differently. */
@Command(
        name = "diff",
        header = "Say what two plans do differently.",
        description =
                "Lists every setting that differs, by stage, with both values. Where the plans come"
                        + " from is not compared, since it has no influence on the sound.")
final class PlanDiffCommand extends FileCommand {
    @Parameters(index = "0", paramLabel = "FIRST", description = "A plan file.")
    private Path first = Path.of("");

    @Parameters(index = "1", paramLabel = "SECOND", description = "Another plan file.")
    private Path second = Path.of("");

    @Option(names = "--json", description = "Print one line of JSON instead of text.")
    private boolean json;

    PlanDiffCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    String file() {
        return first.toString();
    }

    @Override
    public Integer call() throws IOException {
        MasteringPlan before = PlanYaml.read(first);
        MasteringPlan after = PlanYaml.read(second);
        List<PlanDiff.Change> changes = PlanDiff.between(before, after);
        if (json) {
            Map<String, Object> object = Json.object(first);
            object.put("second", second.toString());
            object.put("changes", changes.stream().map(PlanDiffCommand::object).toList());
            terminal.line(Json.line(object));
        } else if (changes.isEmpty()) {
            terminal.line("no difference");
        } else {
            changes.forEach(change -> terminal.line(change.text()));
        }
        return ExitCode.DONE;
    }

    private static Map<String, Object> object(PlanDiff.Change change) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("place", change.place());
        object.put("setting", change.path());
        object.put("from", change.from());
        object.put("to", change.to());
        object.put("unit", change.unit());
        return object;
    }
}
