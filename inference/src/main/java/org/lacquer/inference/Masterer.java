// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.jspecify.annotations.Nullable;
import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Analyzer;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Features;
import org.lacquer.analysis.Figures;
import org.lacquer.analysis.Finding;
import org.lacquer.analysis.Preflight;
import org.lacquer.analysis.Severity;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.DitherKind;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.Progress;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.Delivery;
import org.lacquer.engine.GainReduction;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.Provenance;
import org.lacquer.engine.Rendered;
import org.lacquer.engine.Renderer;
import org.lacquer.inference.MasteringProgress.Step;
import org.lacquer.inference.match.Sound;
import org.lacquer.inference.model.SettingsModel;
import org.lacquer.models.PlatformTarget;
import org.lacquer.models.Platforms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * From a file to a master: read, analyse, infer, render, verify. The library's front door.
 *
 * <p>The model is loaded once, at first use, and never for {@link #render}. Not thread-safe.
 */
public final class Masterer implements AutoCloseable {
    /** A limiter that turns down further than this on average deserves a word. */
    private static final double MUCH_LIMITING_DB = 4.0;

    private final long memoryLimitBytes;
    private final Figures masterFigures;
    private final double longestSeconds;
    private @Nullable SettingsModel model;

    /**
     * Caches streams in memory up to an eighth of the heap each, longer ones in temporary files.
     */
    public Masterer() {
        this(Figures.ALL);
    }

    /**
     * @param masterFigures what is measured on the written master; the mix is measured as a whole
     */
    public Masterer(Figures masterFigures) {
        this(masterFigures, Double.POSITIVE_INFINITY);
    }

    /**
     * @param longestSeconds a longer mix is refused, whatever its header says
     */
    public Masterer(Figures masterFigures, double longestSeconds) {
        this.memoryLimitBytes = Runtime.getRuntime().maxMemory() / 8;
        this.masterFigures = masterFigures;
        this.longestSeconds = longestSeconds;
    }

    /** Loads the model, so that the first master need not wait for it. */
    public void prepare() throws FailureException {
        model();
    }

    /**
     * Masters a file.
     *
     * @param output where the master goes; its extension chooses the format; empty for a dry run
     *     that infers a plan
     * @throws IllegalArgumentException for an unknown genre, platform, stage or extension
     * @throws FailureException for what the world does to us; nothing is left behind
     */
    public Mastered master(
            Path mix,
            Optional<Path> output,
            MasteringRequest request,
            boolean overwrite,
            MasteringProgress progress)
            throws IOException {
        return master(
                mix,
                () -> read(mix, request.excerpt(), progress),
                output,
                request,
                overwrite,
                progress);
    }

    /**
     * Masters a song that was read before; otherwise as {@link #master(Path, Optional,
     * MasteringRequest, boolean, MasteringProgress)}.
     *
     * @throws IllegalArgumentException also when the request names an excerpt
     */
    public Mastered master(
            Song song,
            Optional<Path> output,
            MasteringRequest request,
            boolean overwrite,
            MasteringProgress progress)
            throws IOException {
        Require.that(request.excerpt().isEmpty(), "a song that was read is mastered as a whole");
        return master(song.file(), song::lent, output, request, overwrite, progress);
    }

    /**
     * Reads and measures a file once, for several masters.
     *
     * @throws FailureException for what cannot be mastered
     */
    public Song read(Path mix, MasteringProgress progress) throws IOException {
        requireReadable(mix);
        return new Song(mix, read(mix, Optional.empty(), progress));
    }

    private MixReader.Mix read(
            Path mix, Optional<MasteringRequest.Excerpt> excerpt, MasteringProgress progress)
            throws IOException {
        progress.at(Step.READ, 0.0);
        return MixReader.read(
                mix,
                excerpt,
                memoryLimitBytes,
                Figures.ALL,
                longestSeconds,
                step(progress, Step.ANALYSE));
    }

    /** Gives a mix that was read; it is closed after use. */
    @FunctionalInterface
    private interface Reading {
        MixReader.Mix read() throws IOException;
    }

    private Mastered master(
            Path mix,
            Reading reading,
            Optional<Path> output,
            MasteringRequest request,
            boolean overwrite,
            MasteringProgress progress)
            throws IOException {
        long start = System.nanoTime();
        PlatformTarget platform = platform(request.platform());
        requireKnownStages(request);
        if (!request.genre().equals("auto")) {
            TargetChoice.genre(request.genre(), UserTargets.ofUser());
        }
        if (output.isPresent()) {
            requireReadable(mix);
            MasterFile.requireWritable(mix, output.get(), overwrite);
        }
        try (MixReader.Mix read = reading.read()) {
            progress.at(Step.INFER, 0.0);
            Aim aim = aim(read.figures(), request);
            List<Finding> findings = new ArrayList<>(Preflight.check(read.figures(), read.info()));
            Task task = new Task(mix, read, request, platform, aim, output, harshDb(findings));
            PlanInference.Result inferred = infer(task, 1.0);
            if (output.isEmpty()) {
                findings.addAll(inferred.findings());
                return new Mastered(
                        mix,
                        output,
                        read.info(),
                        read.figures(),
                        Optional.empty(),
                        findings,
                        Optional.of(aim.target()),
                        inferred.plan(),
                        inferred.decisions(),
                        Optional.empty(),
                        secondsSince(start));
            }
            double share = 1.0;
            Optional<Written> written =
                    write(task, inferred, output.get(), overwrite, true, progress);
            for (int pass = 1; written.isEmpty(); pass++) {
                share *= BackOff.SHARE;
                inferred = infer(task, share);
                boolean judge = pass < BackOff.PASSES;
                written = write(task, inferred, output.get(), overwrite, judge, progress);
            }
            findings.addAll(inferred.findings());
            findings.addAll(backOffFindings(share));
            Rendered rendered = written.get().rendered();
            findings.addAll(limitingFindings(rendered));
            List<Decision> decisions = new ArrayList<>(inferred.decisions());
            decisions.addAll(solvedDecisions(read.figures(), rendered));
            return new Mastered(
                    mix,
                    output,
                    read.info(),
                    read.figures(),
                    Optional.of(written.get().figures()),
                    findings,
                    Optional.of(aim.target()),
                    rendered.plan(),
                    decisions,
                    Optional.of(rendered),
                    secondsSince(start));
        }
    }

    /** One mix to be mastered, read and measured. */
    private record Task(
            Path mix,
            MixReader.Mix read,
            MasteringRequest request,
            PlatformTarget platform,
            Aim aim,
            Optional<Path> output,
            double harshDb) {}

    private static double harshDb(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.code().equals("harshness"))
                .mapToDouble(Finding::value)
                .findFirst()
                .orElse(0.0);
    }

    private static List<Finding> backOffFindings(double share) {
        if (share == 1.0) {
            return List.of();
        }
        return List.of(
                new Finding(
                        Severity.INFO,
                        "backed-off",
                        String.format(
                                Locale.ROOT,
                                "Rendered in full, the balance moved away from where it should go;"
                                        + " every move of tone, dynamics and width is %.0f %% of"
                                        + " what was inferred.",
                                100.0 * share),
                        100.0 * share,
                        "%",
                        Double.NaN));
    }

    /**
     * Applies a plan exactly; no model is loaded. A plan without a drive is solved for its target
     * loudness first.
     *
     * @throws IllegalArgumentException when the output's extension asks for another format than the
     *     plan's
     */
    public Mastered render(
            Path mix,
            MasteringPlan plan,
            Path output,
            boolean overwrite,
            MasteringProgress progress)
            throws IOException {
        return render(
                mix,
                () -> read(mix, Optional.empty(), progress),
                plan,
                output,
                overwrite,
                progress);
    }

    /** Applies a plan to a song that was read before. */
    public Mastered render(
            Song song,
            MasteringPlan plan,
            Path output,
            boolean overwrite,
            MasteringProgress progress)
            throws IOException {
        return render(song.file(), song::lent, plan, output, overwrite, progress);
    }

    private Mastered render(
            Path mix,
            Reading reading,
            MasteringPlan plan,
            Path output,
            boolean overwrite,
            MasteringProgress progress)
            throws IOException {
        long start = System.nanoTime();
        FileFormat format = formatOf(output);
        Require.that(
                format == plan.delivery().fileFormat(),
                "the plan delivers "
                        + plan.delivery().fileFormat()
                        + ", the output's name asks for "
                        + format);
        requireReadable(mix);
        MasterFile.requireWritable(mix, output, overwrite);
        try (MixReader.Mix read = reading.read()) {
            Written written = write(mix, read, plan, output, overwrite, progress);
            List<Finding> findings = new ArrayList<>(Preflight.check(read.figures(), read.info()));
            findings.addAll(limitingFindings(written.rendered()));
            return new Mastered(
                    mix,
                    Optional.of(output),
                    read.info(),
                    read.figures(),
                    Optional.of(written.figures()),
                    findings,
                    Optional.empty(),
                    written.rendered().plan(),
                    List.of(),
                    Optional.of(written.rendered()),
                    secondsSince(start));
        }
    }

    /** The format that an output's name asks for. */
    public static FileFormat formatOf(Path output) {
        return FileFormat.ofName(output)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "cannot tell the format of "
                                                + output
                                                + "; known extensions: "
                                                + java.util.Arrays.stream(FileFormat.values())
                                                        .flatMap(
                                                                format ->
                                                                        format
                                                                                .extensions()
                                                                                .stream())
                                                        .collect(Collectors.joining(", "))));
    }

    private static PlatformTarget platform(String name) {
        return Platforms.named(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "unknown platform '"
                                                + name
                                                + "'; known: "
                                                + Platforms.all().stream()
                                                        .map(PlatformTarget::name)
                                                        .collect(Collectors.joining(", "))));
    }

    private static void requireKnownStages(MasteringRequest request) {
        List<String> names = new ArrayList<>(request.bypass());
        names.addAll(request.amounts().keySet());
        for (String name : names) {
            Require.that(
                    PlanInference.adjustableStages().contains(name),
                    "stage '"
                            + name
                            + "' cannot be bypassed or weakened; those that can: "
                            + PlanInference.adjustableStages().stream()
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static void requireReadable(Path mix) throws FailureException {
        if (!Files.exists(mix)) {
            throw new FailureException(new Failure.UnreadableInput(mix, "there is no such file"));
        }
    }

    private SettingsModel model() throws FailureException {
        SettingsModel loaded = model;
        if (loaded == null) {
            loaded = SettingsModel.shipped(String.valueOf(FeatureSet.VERSION));
            model = loaded;
        }
        return loaded;
    }

    /**
     * What a master of this mix would be aimed at: the request's references, its genre, or with
     * {@code auto} the genres that the mix most likely belongs to.
     *
     * @throws IllegalArgumentException for an unknown genre
     */
    public Target target(Analysis mix, MasteringRequest request) throws IOException {
        return aim(mix, request).target();
    }

    /**
     * What to aim at.
     *
     * @param followed what the references sound like, when they are to be followed fully
     * @param centred whether the references have no constant offset
     */
    private record Aim(Target target, Optional<Sound> followed, boolean centred) {}

    private Aim aim(Analysis mix, MasteringRequest request) throws IOException {
        if (!request.references().isEmpty()) {
            Map<Path, Analysis> references = new LinkedHashMap<>();
            for (Path reference : request.references()) {
                references.put(reference, analyse(reference));
            }
            Target target =
                    TargetChoice.references(
                            references, request.match() / 100.0, model().manifest());
            return new Aim(
                    target,
                    request.match() == 100
                            ? Optional.of(TargetChoice.sound(references))
                            : Optional.empty(),
                    references.values().stream().allMatch(FrontRules::centred));
        }
        return new Aim(genre(mix, request), Optional.empty(), true);
    }

    private static Target genre(Analysis mix, MasteringRequest request) throws IOException {
        if (!request.genre().equals("auto")) {
            return TargetChoice.genre(request.genre(), UserTargets.ofUser());
        }
        Features features = mix.features();
        if (features == null || !features.vector().defined()) {
            return TargetChoice.neutral();
        }
        return TargetChoice.likeliest(features.vector().values());
    }

    private static Analysis analyse(Path file) throws IOException {
        try (AudioReader reader = AudioReader.open(file)) {
            return Analyzer.analyze(reader, Figures.ALL, Progress.NONE);
        }
    }

    /**
     * @param share of every move of tone, dynamics and width
     */
    private PlanInference.Result infer(Task task, double share) throws IOException {
        MasteringRequest request = task.request();
        Aim aim = task.aim();
        Target target = aim.target();
        MixReader.Mix mix = task.read();
        PlatformTarget platform = task.platform();
        OptionalDouble platformLufs = platform.loudnessLufs();
        boolean asked = request.loudnessLufs().isPresent() || request.ceilingDbtp().isPresent();
        Demand demand =
                new Demand(
                        delivery(mix.audio().format(), request, platform, task.output()),
                        request.loudnessLufs().orElse(platformLufs.orElse(target.loudnessLufs())),
                        request.ceilingDbtp().orElse(platform.ceilingDbtp()),
                        asked ? "you" : "the platform " + platform.name());
        SettingsModel loaded = model();
        Provenance provenance =
                new Provenance(
                        "inferred",
                        mix.sha256(),
                        loaded.manifest().name() + " " + loaded.manifest().sha256(),
                        target.name(),
                        Version.current());
        return new PlanInference(loaded)
                .infer(
                        mix.figures(),
                        target,
                        request,
                        demand,
                        provenance,
                        aim.followed()
                                .map(sound -> new Following(sound, aim.centred(), mix.audio())),
                        task.harshDb(),
                        share);
    }

    /**
     * Format by the output's name; rate and depth as asked, else the platform's, else the mix's
     * rate and 24 bits.
     */
    private static Delivery delivery(
            StreamFormat mix,
            MasteringRequest request,
            PlatformTarget platform,
            Optional<Path> output) {
        FileFormat format = output.map(Masterer::formatOf).orElse(FileFormat.WAV);
        OptionalInt asked =
                request.sampleRateHz().isPresent()
                        ? request.sampleRateHz()
                        : platform.sampleRateHz();
        int rate = format.nearestRateHz(asked.orElse(mix.sampleRateHz()));
        BitDepth depth = BitDepth.INT24;
        if (format.lossy()) {
            depth = BitDepth.FLOAT32;
        } else if (request.bitDepth().isPresent()) {
            depth = request.bitDepth().get();
        } else if (platform.bitDepth().isPresent()) {
            depth = BitDepth.ofLabel(String.valueOf(platform.bitDepth().getAsInt()));
        }
        return new Delivery(
                OptionalDouble.empty(),
                OptionalInt.of(rate),
                format,
                depth,
                depth.integer() ? DitherKind.TPDF : DitherKind.NONE,
                Delivery.DEFAULT.ditherSeed());
    }

    /** What was written and what it measures. */
    private record Written(Rendered rendered, Analysis figures) {}

    /**
     * @param judge whether a master whose tone moved away from where the model wants it is thrown
     *     away; then the result is empty
     */
    private Optional<Written> write(
            Task task,
            PlanInference.Result inferred,
            Path output,
            boolean overwrite,
            boolean judge,
            MasteringProgress progress)
            throws IOException {
        MixReader.Mix read = task.read();
        if (!judge || inferred.wantedDb().length == 0) {
            return Optional.of(
                    write(task.mix(), read, inferred.plan(), output, overwrite, progress));
        }
        double startSeconds = ToneProbe.loudest(read.figures().loudness().shortTermLufs());
        StreamFormat mixFormat = read.audio().format();
        Delivery delivery = inferred.plan().delivery();
        int rate = delivery.sampleRateHz().orElse(mixFormat.sampleRateHz());
        ToneProbe master = new ToneProbe(mixFormat.withSampleRateHz(rate), startSeconds);
        return write(
                task.mix(),
                read,
                inferred.plan(),
                output,
                overwrite,
                progress,
                Optional.of(master),
                () -> {
                    ToneProbe mix = new ToneProbe(mixFormat, startSeconds);
                    long first = Math.min(read.audio().frames(), mixFormat.framesOf(startSeconds));
                    hear(read.audio(), first, mix);
                    return !BackOff.worse(mix.levelsDb(), master.levelsDb(), inferred.wantedDb());
                });
    }

    /** Writes the probe's stretch of a stream into it. */
    private static void hear(AudioSpool audio, long first, ToneProbe probe) throws IOException {
        probe.skip(first);
        long end = Math.min(audio.frames(), first + audio.format().framesOf(ToneProbe.SECONDS));
        AudioBlock block = new AudioBlock(audio.format().channels(), 8_192);
        try (AudioSource source = audio.source(first, end)) {
            while (source.read(block) > 0) {
                probe.write(block);
            }
        }
    }

    private Written write(
            Path mix,
            MixReader.Mix read,
            MasteringPlan plan,
            Path output,
            boolean overwrite,
            MasteringProgress progress)
            throws IOException {
        return write(mix, read, plan, output, overwrite, progress, Optional.empty(), () -> true)
                .orElseThrow();
    }

    /** Says whether a rendering is kept. */
    private interface Verdict {
        boolean keep() throws IOException;
    }

    private Optional<Written> write(
            Path mix,
            MixReader.Mix read,
            MasteringPlan plan,
            Path output,
            boolean overwrite,
            MasteringProgress progress,
            Optional<ToneProbe> probe,
            Verdict verdict)
            throws IOException {
        Delivery delivery = plan.delivery();
        int rate = delivery.sampleRateHz().orElse(read.audio().format().sampleRateHz());
        StreamFormat format = read.audio().format().withSampleRateHz(rate);
        OutputSpec spec =
                new OutputSpec(
                        delivery.fileFormat(), delivery.bitDepth(), format, read.info().tags());
        try (MasterFile file = new MasterFile(output, spec, overwrite)) {
            Renderer renderer = new Renderer(mix, memoryLimitBytes, step(progress, Step.RENDER));
            Rendered rendered = renderer.render(read.audio(), plan, heardBy(probe, file));
            if (!verdict.keep()) {
                return Optional.empty();
            }
            file.commit();
            progress.at(Step.VERIFY, 0.0);
            try (AudioReader reader = AudioReader.open(output)) {
                Analysis figures =
                        Analyzer.analyze(
                                reader,
                                rendered.frames(),
                                masterFigures,
                                step(progress, Step.VERIFY));
                return Optional.of(new Written(rendered, figures));
            }
        }
    }

    private static Renderer.Attempts heardBy(Optional<ToneProbe> probe, MasterFile file) {
        if (probe.isEmpty()) {
            return file;
        }
        ToneProbe ear = probe.get();
        return () -> {
            AudioSink sink = file.begin();
            ear.restart();
            return block -> {
                ear.write(block);
                sink.write(block);
            };
        };
    }

    private static List<Finding> limitingFindings(Rendered rendered) {
        List<Finding> findings = new ArrayList<>();
        double sum = 0.0;
        for (GainReduction reduction : rendered.reductions().getOrDefault("limiter", List.of())) {
            sum += reduction.meanDb();
        }
        if (sum > MUCH_LIMITING_DB) {
            findings.add(
                    new Finding(
                            Severity.WARNING,
                            "much-limiting",
                            "The demanded loudness takes "
                                    + Words.db(sum)
                                    + " of limiting on average; a lower loudness would keep more"
                                    + " punch, and most platforms turn down anyway.",
                            sum,
                            "dB",
                            Double.NaN));
        }
        return findings;
    }

    private static List<Decision> solvedDecisions(Analysis mix, Rendered rendered) {
        LimiterSettings limiter = rendered.plan().limiter().orElseThrow();
        List<Decision> decisions = new ArrayList<>();
        decisions.add(
                new Decision(
                        "limiter.driveDb",
                        limiter.driveDb().orElseThrow(),
                        "dB",
                        "Found by rendering: with it the master measures "
                                + Words.number(rendered.integratedLufs())
                                + " LUFS through the limiter.",
                        Map.of(
                                "mixLufs", mix.loudness().integratedLufs(),
                                "masterLufs", rendered.integratedLufs(),
                                "masterDbtp", rendered.truePeakDbtp())));
        if (limiter.fastDb() > 0.0) {
            decisions.add(
                    new Decision(
                            "limiter.fastDb",
                            limiter.fastDb(),
                            "dB",
                            "The slow gain alone would have to work too hard for this loudness;"
                                    + " short dips take the tips of the peaks.",
                            Map.of()));
        }
        return decisions;
    }

    private static Progress step(MasteringProgress progress, Step step) {
        return fraction -> progress.at(step, fraction);
    }

    private static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
            model = null;
        }
    }
}
