// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Figures;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code lacquer check}: is this mix ready to be mastered? */
@Command(
        name = "check",
        header = "Say what should be repaired in a mix or in stems before mastering.",
        description = {
            "Says what should be repaired in a mix before it is mastered: clipping, DC offset, hum,"
                    + " noise, clicks, a lossy or upsampled source, no headroom, silence, cut ends,"
                    + " phase, and the like.",
            "Of a folder of stems each file is checked, and then whether they belong together:"
                    + " lengths, rates, names, copies, and whether they add up to the mix. The mix"
                    + " is the file with mix, rough, master or ref in its name, or the one that"
                    + " --mix names."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lacquer check mix.wav",
            "  lacquer check mix.wav --json",
            "  lacquer check stems/ --mix rough.wav",
            "",
            "Exit codes: 0 nothing found, or warnings only; 1 a failure was found; 2 wrong usage;",
            "3 a file cannot be read; 70 a fault of Lacquer; 130 interrupted."
        })
final class CheckCommand extends FileCommand {
    @Parameters(paramLabel = "FILE|FOLDER", description = "The mix, or a folder of stems.")
    private Path mix = Path.of("");

    @Option(
            names = "--mix",
            paramLabel = "FILE",
            description = "What the stems of the folder should add up to.")
    private Optional<Path> roughMix = Optional.empty();

    @Option(names = "--json", description = "Print one line of JSON instead of text.")
    private boolean json;

    CheckCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    String file() {
        return mix.toString();
    }

    @Override
    public Integer call() throws IOException {
        if (Files.isDirectory(mix)) {
            return new StemCheck(terminal, json, StemFolder.of(mix, roughMix)).run();
        }
        if (roughMix.isPresent()) {
            throw new UsageException(
                    "--mix goes with a folder of stems, but " + mix + " is a file");
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
            terminal.line(Findings.text(terminal, mix, measured.kind(), measured.findings()));
        }
        return failed ? ExitCode.CHECK_FAILED : ExitCode.DONE;
    }
}
