// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Figures;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code lacquer check}: is this mix ready to be mastered? */
@Command(
        name = "check",
        header = "Say what should be repaired in a mix before mastering.",
        sortOptions = false,
        sortSynopsis = false,
        description =
                "Says what should be repaired in a mix before it is mastered: clipping, DC offset,"
                        + " a lossy source, no headroom, silence at the ends, phase, and the like.",
        headerHeading = "",
        synopsisHeading = "%nUsage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lacquer check mix.wav",
            "  lacquer check mix.wav --json",
            "",
            "Exit codes: 0 nothing found, or warnings only; 1 a failure was found; 2 wrong usage;",
            "3 the file cannot be read; 70 a fault of Lacquer; 130 interrupted."
        })
final class CheckCommand implements FileCommand {
    private final Terminal terminal;

    @Mixin private HelpOption help = new HelpOption();

    @Parameters(paramLabel = "FILE", description = "The mix.")
    private Path mix = Path.of("");

    @Option(names = "--json", description = "Print one line of JSON instead of text.")
    private boolean json;

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public boolean json() {
        return json;
    }

    @Override
    public String file() {
        return mix.toString();
    }

    @Override
    public Integer call() throws IOException {
        if (Files.isDirectory(mix)) {
            throw new UsageException(
                    mix
                            + " is a folder; checking stems is not part of version "
                            + Version.NUMBER
                            + ", name one file");
        }
        Measured measured;
        try (ProgressLine progress = new ProgressLine(terminal)) {
            measured = Measured.read(mix, Figures.ALL, progress.of("Measuring"));
        }
        boolean failed = Findings.failed(measured.findings());
        if (json) {
            Map<String, Object> object = Json.object(mix);
            object.put("ok", !failed);
            object.put("findings", Findings.json(measured.findings()));
            terminal.line(Json.line(object));
        } else {
            terminal.line(text(measured));
        }
        return failed ? ExitCode.CHECK_FAILED : ExitCode.DONE;
    }

    private String text(Measured measured) {
        String head = terminal.bold(mix.toString()) + "   " + terminal.faint(measured.kind());
        if (measured.findings().isEmpty()) {
            return head + "\n  nothing to repair";
        }
        List<String> lines = Findings.lines(terminal, measured.findings());
        return head + "\n" + String.join("\n", lines.subList(2, lines.size()));
    }
}
