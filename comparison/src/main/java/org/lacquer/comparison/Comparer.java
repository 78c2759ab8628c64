// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Analyzer;
import org.lacquer.analysis.DifferenceMeter;
import org.lacquer.analysis.Figures;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.Progress;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanYaml;
import org.lacquer.inference.Decision;
import org.lacquer.inference.Mastered;
import org.lacquer.inference.Masterer;
import org.lacquer.inference.MasteringProgress;
import org.lacquer.inference.Target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes, aligns and measures candidates, and ranks them by each criterion.
 *
 * <p>The AI's plan and written plans are rendered from the mix by the same engine, so they lie in
 * line with it. Finished masters are brought to the mix's rate and aligned. Tone, dynamics and
 * image are measured on the mix's clock and length; loudness, peaks and playback on the file as it
 * was delivered. Not thread-safe.
 */
public final class Comparer implements AutoCloseable {
    private static final int BLOCK = 8_192;
    private final Masterer masterer = new Masterer();
    private final long memoryLimitBytes = Runtime.getRuntime().maxMemory() / 16;

    /** A candidate's audio and what is known of it before it is measured. */
    private record Made(
            CandidateKind kind,
            Path file,
            Optional<MasteringPlan> plan,
            List<Decision> decisions) {}

    /**
     * Compares; renders and the AI's plan go to the request's folder as {@code NAME.wav} and {@code
     * ai.plan.yaml}.
     *
     * @throws FailureException for an input that cannot be used, or an output that cannot be
     *     written
     */
    public Comparison compare(ComparisonRequest request, ComparisonProgress progress)
            throws IOException {
        createFolder(request.folder());
        List<String> names = names(request.candidates());
        int steps = 2 * names.size() + 1;
        progress.at("reading " + fileName(request.mix()), 0.0);
        try (Recording mix =
                Recording.read(
                        request.mix(), OptionalInt.empty(), memoryLimitBytes, Progress.NONE)) {
            Target target = masterer.target(mix.delivered(), request.mastering());
            List<Candidate> candidates = new ArrayList<>();
            for (int k = 0; k < names.size(); k++) {
                String name = names.get(k);
                progress.at("making " + name, (2.0 * k + 1) / steps);
                Made made = make(request.candidates().get(k), name, request);
                progress.at("measuring " + name, (2.0 * k + 2) / steps);
                candidates.add(measure(name, made, mix, target));
            }
            progress.at("comparing", 1.0);
            Optional<Candidate> untouched =
                    candidates.stream()
                            .filter(candidate -> candidate.kind() == CandidateKind.MIX)
                            .findFirst();
            Candidate reference =
                    untouched.isPresent()
                            ? untouched.get()
                            : measure("mix", untouched(request.mix()), mix, target);
            return ranked(request.mix(), target, reference, candidates);
        }
    }

    // Making

    private Made make(CandidateChoice choice, String name, ComparisonRequest request)
            throws IOException {
        return switch (choice) {
            case CandidateChoice.Mix mix -> untouched(request.mix());
            case CandidateChoice.Ai ai -> {
                Path file = request.folder().resolve(name + ".wav");
                Mastered mastered =
                        masterer.master(
                                request.mix(),
                                Optional.of(file),
                                request.mastering(),
                                request.overwrite(),
                                MasteringProgress.NONE);
                Files.writeString(
                        request.folder().resolve(name + ".plan.yaml"),
                        PlanYaml.write(mastered.plan()));
                yield new Made(
                        CandidateKind.AI, file, Optional.of(mastered.plan()), mastered.decisions());
            }
            case CandidateChoice.Plan plan -> {
                MasteringPlan written = PlanYaml.read(plan.file());
                BitDepth depth = written.delivery().bitDepth();
                MasteringPlan asWav =
                        written.withDelivery(written.delivery().withFile(FileFormat.WAV, depth));
                Path file = request.folder().resolve(name + ".wav");
                Mastered rendered =
                        masterer.render(
                                request.mix(),
                                asWav,
                                file,
                                request.overwrite(),
                                MasteringProgress.NONE);
                yield new Made(CandidateKind.PLAN, file, Optional.of(rendered.plan()), List.of());
            }
            case CandidateChoice.Master master ->
                    new Made(CandidateKind.MASTER, master.file(), Optional.empty(), List.of());
        };
    }

    private static Made untouched(Path mix) {
        return new Made(CandidateKind.MIX, mix, Optional.empty(), List.of());
    }

    /** Names by kind or file, made unique by a number. */
    static List<String> names(List<CandidateChoice> choices) {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (CandidateChoice choice : choices) {
            String base =
                    switch (choice) {
                        case CandidateChoice.Mix mix -> "mix";
                        case CandidateChoice.Ai ai -> "ai";
                        case CandidateChoice.Plan plan -> stem(plan.file());
                        case CandidateChoice.Master master -> stem(master.file());
                    };
            String name = base;
            for (int number = 2; !taken.add(name); number++) {
                name = base + "-" + number;
            }
            names.add(name);
        }
        return names;
    }

    private static String stem(Path file) {
        return fileName(file).replaceAll("(?:\\.plan)?\\.[^.]+$", "");
    }

    private static String fileName(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    private static void createFolder(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new FailureException(
                    new Failure.UnwritableOutput(folder, "it cannot be created as a folder"), e);
        }
    }

    // Measuring

    private Candidate measure(String name, Made made, Recording mix, Target target)
            throws IOException {
        boolean untouched = made.kind() == CandidateKind.MIX;
        OptionalInt rate = OptionalInt.of(mix.audio().format().sampleRateHz());
        Recording recording =
                untouched
                        ? mix
                        : Recording.read(made.file(), rate, memoryLimitBytes, Progress.NONE);
        try {
            Optional<Alignment> alignment =
                    made.kind() == CandidateKind.MASTER
                            ? Optional.of(Aligner.align(mix.audio(), recording.audio()))
                            : Optional.empty();
            return measured(name, made, mix, recording, alignment, target);
        } finally {
            if (!untouched) {
                recording.close();
            }
        }
    }

    private Candidate measured(
            String name,
            Made made,
            Recording mix,
            Recording recording,
            Optional<Alignment> alignment,
            Target target)
            throws IOException {
        Alignment place = alignment.orElse(Alignment.NONE);
        long frames = mix.audio().frames();
        Analysis aligned;
        try (AudioSource source = new AlignedSource(recording.audio(), place, frames)) {
            aligned = Analyzer.analyze(source, frames, Figures.ALL, Progress.NONE);
        }
        DifferenceMeter meter = new DifferenceMeter(mix.audio().format());
        GainHistory gain = new GainHistory(mix.audio().format(), BLOCK);
        try (AudioSource original = mix.audio().source();
                AudioSource source = new AlignedSource(recording.audio(), place, frames)) {
            compare(original, source, meter, gain);
        }
        Analysis delivered = recording.delivered();
        double[] levels = Tone.levels(aligned);
        return new Candidate(
                name,
                made.kind(),
                made.file(),
                made.plan(),
                made.decisions(),
                alignment,
                delivered,
                aligned,
                meter.finish(),
                gain.finish(),
                0.0,
                Playback.everywhere(
                        delivered.loudness().integratedLufs(), delivered.peaks().truePeakDbtp()),
                Tone.distanceDb(levels, Tone.levels(target)),
                Tone.insidePercent(levels, target),
                Tone.distanceDb(levels, Tone.levels(mix.delivered())));
    }

    private static void compare(
            AudioSource original, AudioSource processed, DifferenceMeter meter, GainHistory gain)
            throws IOException {
        AudioBlock a = new AudioBlock(2, BLOCK);
        AudioBlock b = new AudioBlock(2, BLOCK);
        while (original.read(a) > 0) {
            b.setFrames(b.capacity());
            int frames = processed.read(b);
            a.setFrames(Math.min(a.frames(), frames));
            b.setFrames(a.frames());
            meter.write(a, b);
            gain.write(a, b);
        }
    }

    private static Comparison ranked(
            Path mix, Target target, Candidate reference, List<Candidate> candidates) {
        double quietest =
                candidates.stream()
                        .mapToDouble(c -> c.aligned().loudness().integratedLufs())
                        .min()
                        .orElse(Double.NaN);
        List<Candidate> matched =
                candidates.stream().map(candidate -> matched(candidate, quietest)).toList();
        return new Comparison(
                mix, target, matched(reference, quietest), matched, quietest, Ranking.all(matched));
    }

    /** The louder is turned down, never the quieter up: peaks stay where they are. */
    private static Candidate matched(Candidate candidate, double lufs) {
        return candidate.withMatchGainDb(lufs - candidate.aligned().loudness().integratedLufs());
    }

    @Override
    public void close() {
        masterer.close();
    }
}
