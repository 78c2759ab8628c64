// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.comparison.CandidateChoice;
import org.lacquer.comparison.CandidateKind;
import org.lacquer.comparison.Comparer;
import org.lacquer.comparison.Comparison;
import org.lacquer.comparison.ComparisonRequest;
import org.lacquer.comparison.Explained;
import org.lacquer.comparison.RecoveredSettings;
import org.lacquer.comparison.listening.ListeningSet;
import org.lacquer.inference.MasteringRequest;
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

/** {@code lacquer compare}: is the machine better than me? */
@Command(
        name = "compare",
        header = "Compare masters of a mix at equal loudness.",
        description = {
            "Puts the model's plan, written plans, finished masters and the untouched mix side by"
                    + " side: figures one criterion at a time, settings, and players at equal"
                    + " loudness. A difference below what a figure repeats to is a tie; there is no"
                    + " sum of all.",
            "Finished masters are aligned with the mix; their rate and length may differ."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lacquer compare mix.wav --candidate ai --candidate mine.yaml -o out",
            "  lacquer compare mix.wav --candidate ai mix human-master.wav -o out --genre jazz",
            "",
            "Exit codes: 0 done, 2 wrong usage, 3 an input cannot be used, 4 the folder cannot be"
                    + " written,",
            "5 a plan's loudness and ceiling cannot be met together, 70 a fault of Lacquer, 130"
                    + " interrupted."
        })
final class CompareCommand extends FileCommand {
    static final String PAGE = "report.html";
    static final String FIGURES = "comparison.json";
    static final String LISTENING = "listening.html";

    @Parameters(paramLabel = "MIX", description = "The mix that all candidates come from.")
    private Path mix = Path.of("");

    @Option(
            names = "--candidate",
            arity = "1..*",
            required = true,
            paramLabel = "ai|mix|PLAN|MASTER",
            description =
                    "ai: what the model decides; mix: the mix itself; a file ending in .yaml: a"
                            + " plan; any other file: a finished master. Takes several, and may be"
                            + " repeated.")
    private List<String> candidates = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description =
                    "Folder for the report, the figures and the renders; made when it is missing.")
    private Path folder = Path.of("");

    @Option(
            names = "--platform",
            paramLabel = "PLATFORM",
            defaultValue = Platforms.DEFAULT,
            description = "What ai masters for. Default: ${DEFAULT-VALUE}.")
    private String platform = Platforms.DEFAULT;

    @Option(
            names = "--genre",
            paramLabel = "GENRE",
            defaultValue = MasteringRequest.AUTO,
            description = "The sound that tone is held against. Default: ${DEFAULT-VALUE}.")
    private String genre = MasteringRequest.AUTO;

    @Option(
            names = "--reference",
            paramLabel = "FILE",
            description = "A finished record to hold against instead of a genre; may be repeated.")
    private List<Path> references = new ArrayList<>();

    @Option(names = "--force", description = "Replace files of an earlier comparison.")
    private boolean force;

    @Option(names = "--json", description = "Print one line of JSON instead of a table.")
    private boolean json;

    CompareCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    String file() {
        return mix.toString();
    }

    @Override
    public Integer call() throws IOException {
        if (Files.isDirectory(folder)) {
            for (String name : List.of(PAGE, FIGURES, LISTENING)) {
                SideFile.requireFree(folder.resolve(name), force, mix);
            }
        }
        ComparisonRequest request =
                new ComparisonRequest(
                        mix,
                        candidates.stream().map(CandidateChoice::of).toList(),
                        MasteringRequest.DEFAULT
                                .withGenre(Names.genre(genre))
                                .withPlatform(Names.platform(platform))
                                .withReferences(references),
                        folder,
                        force);
        Comparison comparison;
        Map<String, Explained> recovered;
        byte[] page;
        try (Comparer comparer = new Comparer();
                ProgressLine progress = new ProgressLine(terminal)) {
            comparison = comparer.compare(request, (words, part) -> progress.at(words, part));
            recovered =
                    RecoveredSettings.of(
                            comparison,
                            candidate -> true,
                            (words, part) -> progress.at(words, part));
            page =
                    ComparisonPage.of(comparison, recovered, folder)
                            .getBytes(StandardCharsets.UTF_8);
        }
        if (comparison.candidates().stream().anyMatch(c -> c.kind() != CandidateKind.MIX)) {
            SideFile.write(folder.resolve(LISTENING), listeningPage(comparison), force);
        }
        String line = ComparisonReport.json(comparison, recovered, folder);
        SideFile.write(folder.resolve(PAGE), page, force);
        SideFile.write(
                folder.resolve(FIGURES), (line + "\n").getBytes(StandardCharsets.UTF_8), force);
        terminal.line(json ? line : ComparisonReport.text(terminal, comparison, folder));
        return ExitCode.DONE;
    }

    private static byte[] listeningPage(Comparison comparison) throws IOException {
        ListeningSet set = ListeningSet.of(comparison, Formats.nameOf(comparison.mix()));
        return ListeningPage.of(set).getBytes(StandardCharsets.UTF_8);
    }
}
