// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Figures;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.PlanYaml;
import org.lacquer.inference.Mastered;
import org.lacquer.inference.Masterer;
import org.lacquer.inference.MasteringRequest;
import org.lacquer.inference.MasteringRequest.Excerpt;
import org.lacquer.models.Platforms;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** {@code lacquer master}: a mix in, a master out. */
@Command(
        name = "master",
        header = "Make a master from a mix.",
        description = {
            "Masters a mix: measures it, decides on corrections towards the sound of its genre,"
                    + " and renders a file that meets the loudness and true-peak rules of a"
                    + " platform.",
            "The input is never changed. The output appears only when it is complete and measured."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lacquer master mix.wav",
            "  lacquer master mix.wav -o song.flac --platform spotify --genre metal",
            "  lacquer master mix.wav --loudness -9 --ceiling -1 --report song.html",
            "  lacquer master mix.wav --reference record.flac --match 100",
            "  lacquer master mix.wav --amount eq=50 --bypass compressor --excerpt 0:30-1:00",
            "  lacquer master mix.wav --dry-run --plan-out song.plan.yaml",
            "",
            "Exit codes: 0 done, 2 wrong usage, 3 input cannot be mastered, 4 output cannot be"
                    + " written,",
            "5 loudness and ceiling cannot be met together, 70 a fault of Lacquer, 130 interrupted."
        })
final class MasterCommand extends FileCommand {
    @Parameters(
            paramLabel = "MIX",
            description =
                    "The mix: WAV, AIFF, FLAC, ALAC, MP3, M4A, Ogg Vorbis or Opus; mono or stereo.")
    private Path mix = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = {
                "The master. Its extension chooses the format: wav, aiff, aif, flac, m4a (AAC),"
                        + " alac, mp3 or opus.",
                "Default: MIX.master.wav beside the mix, 24 bit."
            })
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--platform",
            paramLabel = "PLATFORM",
            defaultValue = Platforms.DEFAULT,
            description =
                    "Where the master goes; see lacquer platforms. Default: ${DEFAULT-VALUE}.")
    private String platform = Platforms.DEFAULT;

    @Option(
            names = "--loudness",
            paramLabel = "LUFS",
            description = "Integrated loudness, -40 to -3 LUFS, instead of the platform's.")
    private Optional<Double> loudnessLufs = Optional.empty();

    @Option(
            names = "--ceiling",
            paramLabel = "DBTP",
            description = "Highest true peak, -24 to 0 dBTP, instead of the platform's.")
    private Optional<Double> ceilingDbtp = Optional.empty();

    @Option(
            names = "--genre",
            paramLabel = "GENRE",
            defaultValue = MasteringRequest.AUTO,
            description =
                    "The sound to aim at; see lacquer genres. auto blends the genres that are"
                            + " nearest. Default: ${DEFAULT-VALUE}.")
    private String genre = MasteringRequest.AUTO;

    @Option(
            names = "--reference",
            paramLabel = "FILE",
            description = "A finished record to aim at instead of a genre; may be repeated.")
    private List<Path> references = new ArrayList<>();

    @Option(
            names = "--intensity",
            paramLabel = "PERCENT",
            defaultValue = "50",
            description =
                    "How far to go: 0 changes loudness only, 50 is the inferred move, 100 is bold."
                            + " Default: ${DEFAULT-VALUE}.")
    private int intensity = 50;

    @Option(
            names = "--match",
            paramLabel = "PERCENT",
            defaultValue = "0",
            description =
                    "100 follows the references fully in tone, width, dynamics and density, right"
                        + " for another version of the song; less draws them towards all music, the"
                        + " fewer there are the more. Default: ${DEFAULT-VALUE}.")
    private int match;

    @Option(
            names = "--amount",
            paramLabel = "STAGE=PERCENT",
            mapFallbackValue = "",
            description =
                    "How much of the inferred move of one stage, 0 to 100: high-pass, eq,"
                            + " notches, compressor, width; may be repeated.")
    private Map<String, String> amounts = new LinkedHashMap<>();

    @Option(
            names = "--bypass",
            paramLabel = "STAGE",
            description = "Leave a stage out; may be repeated. The limiter cannot be left out.")
    private List<String> bypass = new ArrayList<>();

    @Option(
            names = "--excerpt",
            paramLabel = "START-END",
            converter = ExcerptConverter.class,
            description = "Master a part only, in seconds or m:ss, such as 0:30-1:00.")
    private Optional<Excerpt> excerpt = Optional.empty();

    @Option(
            names = "--bit-depth",
            paramLabel = "16|24|32f",
            converter = BitDepthConverter.class,
            description =
                    "Bits of a sample; 32f is float, in WAV and AIFF. Default: the platform's,"
                            + " else 24.")
    private Optional<BitDepth> bitDepth = Optional.empty();

    @Option(
            names = "--sample-rate",
            paramLabel = "HZ",
            description = "Sample rate of the master. Default: the platform's, else the mix's.")
    private Optional<Integer> sampleRateHz = Optional.empty();

    @Option(
            names = "--plan-out",
            paramLabel = "FILE",
            description = "Write the plan, which lacquer render can apply again.")
    private Optional<Path> planOut = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description = "Write a page with figures, pictures, the plan and its reasons.")
    private Optional<Path> report = Optional.empty();

    @Option(names = "--dry-run", description = "Decide, but render nothing.")
    private boolean dryRun;

    @Option(names = "--force", description = "Replace output files that exist.")
    private boolean force;

    @Option(names = "--json", description = "Print one line of JSON instead of a table.")
    private boolean json;

    MasterCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    String file() {
        return mix.toString();
    }

    @Override
    public Integer call() throws IOException {
        MasteringRequest request = request();
        Optional<Path> master =
                dryRun
                        ? Optional.empty()
                        : Optional.of(output.orElseGet(() -> Formats.besideMix(mix)));
        requireOutputs(master);
        // The report draws the master's spectrum; the table and the line of JSON take less.
        Figures wanted = report.isPresent() ? Figures.ALL : Figures.MASTER;
        Mastered mastered;
        try (Masterer masterer = new Masterer(wanted);
                ProgressLine progress = new ProgressLine(terminal)) {
            mastered = masterer.master(mix, master, request, force, progress);
        }
        if (planOut.isPresent()) {
            byte[] plan = PlanYaml.write(mastered.plan()).getBytes(StandardCharsets.UTF_8);
            SideFile.write(planOut.get(), plan, force);
        }
        Delivered delivered = Delivered.of(mastered, platform);
        if (report.isPresent()) {
            byte[] page = HtmlReport.of(delivered).getBytes(StandardCharsets.UTF_8);
            SideFile.write(report.get(), page, force);
        }
        terminal.line(json ? delivered.json() : delivered.text(terminal));
        return ExitCode.DONE;
    }

    private MasteringRequest request() throws IOException {
        Map<String, Integer> percents = new LinkedHashMap<>();
        amounts.forEach(
                (stage, percent) ->
                        percents.put(
                                StageNames.resolve("--amount", stage), percent(stage, percent)));
        Set<String> left = new LinkedHashSet<>();
        bypass.forEach(stage -> left.add(StageNames.resolve("--bypass", stage)));
        sampleRateHz.ifPresent(
                rate ->
                        Require.inRange(
                                "sample rate",
                                rate,
                                StreamFormat.MIN_RATE_HZ,
                                StreamFormat.MAX_RATE_HZ,
                                "Hz"));
        return new MasteringRequest(
                Names.genre(genre),
                references,
                Names.platform(platform),
                loudnessLufs.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                ceilingDbtp.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                intensity,
                match,
                percents,
                left,
                bitDepth,
                sampleRateHz.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                excerpt);
    }

    private static int percent(String stage, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException mistake) {
            throw new UsageException(
                    "--amount "
                            + stage
                            + "="
                            + text
                            + ": must be a whole number from 0 to 100, for instance "
                            + stage
                            + "=50");
        }
    }

    /** Minutes of work should not end with a file name that was wrong from the start. */
    private void requireOutputs(Optional<Path> master) throws IOException {
        Set<Path> all = new LinkedHashSet<>();
        List<Path> named = new ArrayList<>();
        master.ifPresent(named::add);
        planOut.ifPresent(named::add);
        report.ifPresent(named::add);
        for (Path file : named) {
            if (!all.add(file.toAbsolutePath().normalize())) {
                throw new UsageException(
                        file + " is named for two outputs; give each its own name");
            }
        }
        if (master.isPresent()) {
            Formats.requireWritten(master.get());
        }
        for (Path file : named) {
            SideFile.requireFree(file, force, mix);
        }
    }
}
