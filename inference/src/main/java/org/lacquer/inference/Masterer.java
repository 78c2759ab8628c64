// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.jspecify.annotations.Nullable;
import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Figures;
import org.lacquer.analysis.Finding;
import org.lacquer.analysis.Preflight;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.Require;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.Provenance;
import org.lacquer.engine.Rendered;
import org.lacquer.inference.MasteringProgress.Step;
import org.lacquer.inference.model.SettingsModel;
import org.lacquer.models.ModelManifest;
import org.lacquer.models.PlatformTarget;
import org.lacquer.models.Platforms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * From a file to a master: read, analyse, infer, render, verify. The library's front door.
 *
 * <p>The model is loaded once, at first use, and never for {@link #render}. Not thread-safe.
 */
public final class Masterer implements AutoCloseable {
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
                progress.within(Step.ANALYSE));
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
        PlanInference.requireAdjustable(request);
        if (!request.genre().equals(MasteringRequest.AUTO)) {
            TargetChoice.genre(request.genre(), UserTargets.ofUser());
        }
        if (output.isPresent()) {
            requireReadable(mix);
            MasterFile.requireWritable(mix, output.get(), overwrite);
        }
        try (MixReader.Mix read = reading.read()) {
            progress.at(Step.INFER, 0.0);
            List<Finding> findings = new ArrayList<>(Preflight.check(read.figures(), read.info()));
            PlanInference.Task task = task(read, request, platform, output, harshDb(findings));
            PlanInference inference = new PlanInference(model());
            double share = 1.0;
            PlanInference.Result inferred = inference.infer(task, share);
            Optional<MasterWriter.Written> written = Optional.empty();
            for (int pass = 0; output.isPresent() && written.isEmpty(); pass++) {
                if (pass > 0) {
                    share *= BackOff.SHARE;
                    inferred = inference.infer(task, share);
                }
                MasterWriter writer = writer(mix, read, output.get(), overwrite, progress);
                written =
                        pass < BackOff.PASSES
                                ? writer.writeUnlessWorse(inferred.plan(), inferred.wantedDb())
                                : Optional.of(writer.write(inferred.plan()));
            }
            findings.addAll(inferred.findings());
            findings.addAll(BackOff.findings(share));
            List<Decision> decisions = new ArrayList<>(inferred.decisions());
            Optional<Rendered> rendered = written.map(MasterWriter.Written::rendered);
            if (rendered.isPresent()) {
                findings.addAll(LimiterReasons.findings(rendered.get()));
                decisions.addAll(LimiterReasons.decisions(read.figures(), rendered.get()));
            }
            return new Mastered(
                    mix,
                    output,
                    read.info(),
                    read.figures(),
                    written.map(MasterWriter.Written::figures),
                    findings,
                    Optional.of(task.target()),
                    rendered.map(Rendered::plan).orElse(inferred.plan()),
                    decisions,
                    rendered,
                    secondsSince(start));
        }
    }

    private PlanInference.Task task(
            MixReader.Mix read,
            MasteringRequest request,
            PlatformTarget platform,
            Optional<Path> output,
            double harshDb)
            throws IOException {
        Aim aim = aim(read.figures(), request);
        FileFormat format = output.map(MasterFile::formatOf).orElse(FileFormat.WAV);
        ModelManifest manifest = model().manifest();
        return new PlanInference.Task(
                read.figures(),
                aim.target(),
                request,
                Demand.of(request, platform, aim.target(), read.audio().format(), format),
                new Provenance(
                        "inferred",
                        read.sha256(),
                        manifest.name() + " " + manifest.sha256(),
                        aim.target().name(),
                        Version.current()),
                aim.followed().map(sound -> new Following(sound, aim.centred(), read.audio())),
                harshDb);
    }

    private static double harshDb(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.code().equals("harshness"))
                .mapToDouble(Finding::value)
                .findFirst()
                .orElse(0.0);
    }

    private MasterWriter writer(
            Path mix,
            MixReader.Mix read,
            Path output,
            boolean overwrite,
            MasteringProgress progress) {
        return new MasterWriter(
                mix, read, output, overwrite, masterFigures, memoryLimitBytes, progress);
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
        FileFormat format = MasterFile.formatOf(output);
        Require.that(
                format == plan.delivery().fileFormat(),
                "the plan delivers "
                        + plan.delivery().fileFormat()
                        + ", the output's name asks for "
                        + format);
        requireReadable(mix);
        MasterFile.requireWritable(mix, output, overwrite);
        try (MixReader.Mix read = reading.read()) {
            MasterWriter.Written written =
                    writer(mix, read, output, overwrite, progress).write(plan);
            List<Finding> findings = new ArrayList<>(Preflight.check(read.figures(), read.info()));
            findings.addAll(LimiterReasons.findings(written.rendered()));
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

    private Aim aim(Analysis mix, MasteringRequest request) throws IOException {
        return request.references().isEmpty()
                ? Aim.genre(mix, request)
                : Aim.references(request, model().manifest());
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
