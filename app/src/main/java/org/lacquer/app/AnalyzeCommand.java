// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Figures;
import org.lacquer.app.chart.ChartFile;
import org.lacquer.app.chart.NoFontsException;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.inference.Masterer;
import org.lacquer.inference.MasteringRequest;
import org.lacquer.inference.Target;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code lacquer analyze}: figures of files. */
@Command(
        name = "analyze",
        header = "Measure audio files.",
        description = {
            "Measures audio files: loudness (ITU-R BS.1770-5), loudness range, true peak, dynamics,"
                    + " spectrum, stereo image; and warns of what mastering should know.",
            "A figure that is undefined (silence, too short) is n/a, and null in JSON. After a file"
                    + " that cannot be read the others are still measured."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lacquer analyze mix.wav",
            "  lacquer analyze mix.wav master.wav --plot before-after.png",
            "  lacquer analyze *.flac --figures loudness --json",
            "",
            "Exit codes: 0 done, 2 wrong usage, 3 a file cannot be read, 4 the plot cannot be"
                    + " written,",
            "70 a fault of Lacquer, 130 interrupted."
        })
final class AnalyzeCommand extends FileCommand {
    private static final int PLOTTED_FILES = 4;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Audio files.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--figures",
            paramLabel = "loudness|all",
            converter = FiguresConverter.class,
            defaultValue = "all",
            description =
                    "loudness measures loudness, peaks, PLR and PSR only, in less time. Default:"
                            + " ${DEFAULT-VALUE}.")
    private Figures figures = Figures.ALL;

    @Option(
            names = "--plot",
            paramLabel = "FILE.png|svg",
            description =
                    "Draw the spectrum against the target's corridor, loudness over time with the"
                            + " sections of the song, and width by frequency. Of several files (up"
                            + " to four) the curves lie over each other, the spectra at equal"
                            + " loudness.")
    private Optional<Path> plot = Optional.empty();

    @Option(
            names = "--genre",
            paramLabel = "GENRE",
            defaultValue = MasteringRequest.AUTO,
            description =
                    "The sound to hold the spectrum against; see lacquer genres. auto blends the"
                            + " genres that are nearest to the first file. Default:"
                            + " ${DEFAULT-VALUE}.")
    private String genre = MasteringRequest.AUTO;

    @Option(names = "--force", description = "Replace a plot that exists.")
    private boolean force;

    @Option(names = "--json", description = "Print one line of JSON for each file.")
    private boolean json;

    AnalyzeCommand(Terminal terminal) {
        super(terminal);
    }

    /**
     * The command behind arguments that need no parser: files, {@code --json}, {@code --figures} in
     * its usual spelling. Describing a command to picocli and reading its class files takes longer
     * than measuring a song; empty for everything else, mistakes and requests for help included.
     */
    static Optional<AnalyzeCommand> ofPlain(Terminal terminal, String... arguments) {
        if (arguments.length < 2 || !arguments[0].equals("analyze")) {
            return Optional.empty();
        }
        AnalyzeCommand command = new AnalyzeCommand(terminal);
        boolean chosen = false;
        for (int i = 1; i < arguments.length; i++) {
            String argument = arguments[i];
            if (argument.equals("--json") && !command.json) {
                command.json = true;
            } else if (argument.equals("--figures") && !chosen && i + 1 < arguments.length) {
                i++;
                chosen = true;
                switch (arguments[i]) {
                    case "loudness" -> command.figures = Figures.LOUDNESS;
                    case "all" -> command.figures = Figures.ALL;
                    default -> {
                        return Optional.empty();
                    }
                }
            } else if (argument.isEmpty() || argument.startsWith("-")) {
                return Optional.empty();
            } else {
                try {
                    command.files.add(Path.of(argument));
                } catch (InvalidPathException unusual) {
                    return Optional.empty();
                }
            }
        }
        return command.files.isEmpty() ? Optional.empty() : Optional.of(command);
    }

    @Override
    String file() {
        return files.isEmpty() ? "" : files.getFirst().toString();
    }

    @Override
    public Integer call() throws IOException {
        if (plot.isPresent()) {
            requirePlottable(plot.get());
        }
        Names.genre(genre);
        int exitCode = ExitCode.DONE;
        boolean printed = false;
        List<Measured> plotted = new ArrayList<>();
        try (MeasuringAhead ahead = new MeasuringAhead(files, figures)) {
            for (Path file : files) {
                try {
                    Measured one = next(ahead);
                    print(one, printed);
                    printed = true;
                    if (plot.isPresent()) {
                        plotted.add(one);
                    }
                } catch (IOException e) {
                    Problem problem = Problem.of(e);
                    exitCode = exitCode == ExitCode.DONE ? problem.exitCode() : exitCode;
                    if (json) {
                        terminal.line(Json.line(Json.error(file, problem)));
                    } else {
                        terminal.complain(problem.message());
                    }
                }
            }
        }
        if (!plotted.isEmpty()) {
            byte[] picture = picture(plot.orElseThrow(), plotted, target(plotted.getFirst()));
            SideFile.write(plot.orElseThrow(), picture, force);
        }
        return exitCode;
    }

    private Measured next(MeasuringAhead ahead) throws IOException {
        try (ProgressLine progress = new ProgressLine(terminal)) {
            return ahead.next(progress.of("Measuring"));
        }
    }

    private Target target(Measured measured) throws IOException {
        try (Masterer masterer = new Masterer()) {
            return masterer.target(measured.figures(), MasteringRequest.DEFAULT.withGenre(genre));
        }
    }

    private static byte[] picture(Path file, List<Measured> measured, Target target)
            throws IOException {
        try {
            return ChartFile.bytes(file, Charts.of(measured, Optional.of(target)));
        } catch (NoFontsException bare) {
            throw new FailureException(
                    new Failure.UnwritableOutput(
                            file,
                            "Java finds no fonts on this machine; name an .svg file, or install"
                                    + " fontconfig and a font"),
                    bare);
        }
    }

    private void print(Measured one, boolean separated) throws IOException {
        if (json) {
            Map<String, Object> object = Json.object(one.file());
            object.putAll(AnalysisJson.of(one, figures));
            terminal.line(Json.line(object));
        } else {
            Optional<Target> target =
                    figures == Figures.ALL ? Optional.of(target(one)) : Optional.empty();
            terminal.line((separated ? "\n" : "") + AnalysisReport.text(terminal, one, target));
        }
    }

    private void requirePlottable(Path picture) throws IOException {
        if (!ChartFile.knows(picture)) {
            throw new UsageException(picture + ": --plot writes .png and .svg; name one of them");
        }
        if (figures != Figures.ALL) {
            throw new UsageException("--plot draws the spectrum too, so it needs --figures all");
        }
        if (files.size() > PLOTTED_FILES) {
            throw new UsageException(
                    "--plot draws up to " + PLOTTED_FILES + " files, got " + files.size());
        }
        SideFile.requireFree(picture, force);
    }
}
