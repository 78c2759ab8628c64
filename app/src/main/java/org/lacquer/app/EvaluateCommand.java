// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.comparison.Comparer;
import org.lacquer.comparison.evaluation.Evaluation;
import org.lacquer.comparison.evaluation.SongFigures;
import org.lacquer.comparison.evaluation.SongFolder;
import org.lacquer.comparison.listening.ListeningSession;
import org.lacquer.comparison.listening.ListeningSummary;
import org.lacquer.models.Platforms;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code lacquer evaluate}: is the machine better over many songs, and did listeners hear it? */
@Command(
        name = "evaluate",
        header = "Compare masters over many songs, or add up blind listening.",
        description = {
            "Compares the model's plan, the mix, hand-tuned plans and finished masters of every"
                + " song in a folder, and says by paired tests what differs: means with bootstrap"
                + " intervals, Wilcoxon's signed-rank test with Holm's correction, wins and ties by"
                + " song, and a table a genre.",
            "One song is one folder with mix.wav (or another format), plans (*.yaml), masters (all"
                    + " other audio) and, if known, its genre in genre.txt. A candidate is the same"
                    + " in all songs when its file's name is. Songs that did not change are not"
                    + " computed again.",
            "With --listening, sessions that the listening page saved are added up instead."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lacquer evaluate songs -o evaluation",
            "  lacquer evaluate --listening ada.json ben.json -o listening",
            "",
            "Exit codes: 0 done, 2 wrong usage, 3 a song or a session cannot be used (the others"
                    + " are evaluated),",
            "4 the folder cannot be written, 5 a plan cannot be met, 70 a fault of Lacquer, 130"
                    + " interrupted."
        })
final class EvaluateCommand extends FileCommand {
    static final String NAME = "evaluation";
    static final String LISTENING = "listening";

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "Folder with one folder a song.")
    private Optional<Path> songs = Optional.empty();

    @Option(
            names = "--listening",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Sessions of blind listening; takes several.")
    private List<Path> sessions = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description =
                    "Folder for evaluation.md, .html and .json (listening.*), and the songs' own"
                            + " figures; made when it is missing.")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--platform",
            paramLabel = "PLATFORM",
            defaultValue = Platforms.DEFAULT,
            description = "What ai masters for. Default: ${DEFAULT-VALUE}.")
    private String platform = Platforms.DEFAULT;

    @Option(names = "--keep-renders", description = "Keep the renders of every song.")
    private boolean keepRenders;

    @Option(names = "--json", description = "Print one line of JSON a song, and one for all.")
    private boolean json;

    EvaluateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    String file() {
        return songs.map(Path::toString).orElse("");
    }

    @Override
    public Integer call() throws IOException {
        if (songs.isPresent() == !sessions.isEmpty()) {
            throw new UsageException("give a folder of songs, or --listening with sessions");
        }
        return sessions.isEmpty() ? evaluate(songs.orElseThrow()) : listening();
    }

    // Songs

    private int evaluate(Path songs) throws IOException {
        Path out =
                folder.orElseThrow(
                        () -> new UsageException("-o OUT is needed: the folder for the results"));
        if (!Files.isDirectory(songs)) {
            throw new FailureException(
                    new Failure.UnreadableInput(songs, "it is no folder of songs"));
        }
        makeFolder(out);
        List<Path> folders =
                SongFolder.in(songs).stream().filter(song -> !same(song, out)).toList();
        if (folders.isEmpty()) {
            throw new FailureException(
                    new Failure.UnsupportedInput(
                            songs, "it holds no folders; one song is one folder with mix.wav"));
        }
        int exitCode = ExitCode.DONE;
        List<SongFigures> figures = new ArrayList<>();
        List<EvaluationReport.Broken> broken = new ArrayList<>();
        try (Comparer comparer = new Comparer();
                ProgressLine progress = new ProgressLine(terminal)) {
            SongEvaluator evaluator =
                    new SongEvaluator(comparer, Names.platform(platform), out, keepRenders);
            for (int i = 0; i < folders.size(); i++) {
                Path song = folders.get(i);
                String place = (i + 1) + "/" + folders.size() + " " + Formats.nameOf(song) + ": ";
                try {
                    Map<String, Object> result =
                            evaluator.evaluate(
                                    song, (words, part) -> progress.at(place + words, part));
                    figures.add(SongEvaluator.figures(result));
                    if (json) {
                        terminal.line(Json.line(result));
                    }
                } catch (IOException | RuntimeException e) {
                    Problem problem = Problem.of(e);
                    exitCode = problem.exitCode();
                    broken.add(new EvaluationReport.Broken(song, problem));
                    terminal.wipe();
                    if (json) {
                        terminal.line(Json.line(Json.error(song, problem)));
                    } else {
                        terminal.complain(problem.message());
                    }
                }
            }
        }
        Evaluation evaluation = Evaluation.of(figures);
        String line = Json.line(EvaluationReport.json(songs, evaluation, broken));
        TextPage page = EvaluationReport.page(evaluation, broken);
        write(out, NAME, page, line);
        terminal.line(json ? line : EvaluationReport.text(evaluation, broken, out));
        return exitCode;
    }

    private static boolean same(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    // Listening

    private int listening() throws IOException {
        int exitCode = ExitCode.DONE;
        List<ListeningSession> read = new ArrayList<>();
        for (Path file : sessions) {
            try {
                read.add(ListeningFiles.read(file));
            } catch (IOException e) {
                Problem problem = Problem.of(e);
                exitCode = problem.exitCode();
                if (json) {
                    terminal.line(Json.line(Json.error(file, problem)));
                } else {
                    terminal.complain(problem.message());
                }
            }
        }
        ListeningSummary summary = ListeningSummary.of(read);
        TextPage page = ListeningReport.page(summary);
        String line =
                Json.line(ListeningReport.json(folder.map(Path::toString).orElse(""), summary));
        if (folder.isPresent()) {
            makeFolder(folder.get());
            write(folder.get(), LISTENING, page, line);
        }
        terminal.line(json ? line : page.markdown().strip());
        return exitCode;
    }

    // Writing

    private static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new FailureException(
                    new Failure.UnwritableOutput(folder, "it cannot be created as a folder"), e);
        }
    }

    /** Results of an earlier run are replaced: the same command goes on where it stopped. */
    private static void write(Path folder, String name, TextPage page, String json)
            throws IOException {
        write(folder.resolve(name + ".md"), page.markdown());
        write(folder.resolve(name + ".html"), page.html());
        write(folder.resolve(name + ".json"), json + "\n");
    }

    private static void write(Path file, String text) throws IOException {
        SideFile.write(file, text.getBytes(StandardCharsets.UTF_8), true);
    }
}
