// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.Tags;
import org.lacquer.engine.Delivery;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.Provenance;
import org.lacquer.engine.StageSettings;
import org.lacquer.inference.Mastered;
import org.lacquer.inference.Masterer;
import org.lacquer.inference.MasteringProgress;
import org.lacquer.inference.MasteringRequest;
import org.lacquer.training.faults.Draws;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Renders every case by every competitor through the engine, from file to file as users do, and
 * measures the results. Mixes are named by numbers: no competitor learns of what or whose they are.
 */
final class Contest implements AutoCloseable {
    /**
     * One spoiled master.
     *
     * @param untouched what is spoiled: the hidden master, but for its style
     * @param references other tracks of the album, with the style of the hidden master
     */
    record Case(
            CaseName name, AudioClip untouched, HiddenMaster hidden, List<Reference> references) {}

    private static final double LOUDNESS_TOLERANCE_LU = 0.2;
    private static final double PEAK_TOLERANCE_DB = 0.05;

    /** What breaking a demand costs, on top of what leaving the mix alone would. */
    private static final double PENALTY_DB = 1.0;

    private final Masterer masterer = new Masterer();
    private final HandChains chains = new HandChains();
    private final RidgeTone ridge;
    private final Path folder;

    Contest(Path folder, RidgeTone ridge) {
        this.folder = folder;
        this.ridge = ridge;
    }

    List<Outcome> run(Case one, Set<Competitor> competitors) throws IOException {
        Draws draws = Draws.of("evaluation/" + one.name().key());
        AudioClip spoiled = one.name().family().spoil(one.untouched(), draws);
        List<Path> references = new ArrayList<>();
        for (Reference reference : one.references()) {
            references.add(write(reference.clip(), "reference-" + references.size()));
        }
        Desk desk =
                new Desk(
                        write(spoiled, "mix"),
                        new Distances.Portrait(spoiled).integratedLufs,
                        references,
                        write(one.hidden().clip(), "original"),
                        folder.resolve("master.wav"));
        List<Outcome> outcomes = new ArrayList<>();
        for (Competitor competitor : Competitor.values()) {
            if (competitors.contains(competitor)) {
                Outcome outcome = outcome(competitor, one, desk, outcomes);
                outcomes.add(
                        outcome.kept()
                                ? outcome
                                : punished(competitor, outcomes, one.hidden(), spoiled));
            }
        }
        return outcomes;
    }

    /** What the competitors of a case read and write. */
    private record Desk(
            Path mix, double mixLufs, List<Path> references, Path original, Path master) {}

    private Outcome outcome(Competitor competitor, Case one, Desk desk, List<Outcome> before)
            throws IOException {
        if (competitor == Competitor.UNCHECKED) {
            Outcome checked =
                    before.stream()
                            .filter(outcome -> outcome.competitor() == Competitor.AUTO)
                            .findFirst()
                            .orElseThrow();
            if (checked.share() == 1.0) {
                return checked.of(competitor);
            }
        }
        try {
            double share = render(competitor, one, desk);
            return judge(competitor, one.hidden(), share, desk.master());
        } catch (FailureException refused) {
            return new Outcome(competitor, false, 1.0, Distances.of(new double[6]));
        }
    }

    /** Returns the share of the inferred moves that was left. */
    private double render(Competitor competitor, Case one, Desk desk) throws IOException {
        double lufs = one.hidden().portrait().integratedLufs;
        String genre = one.name().track().genre();
        return switch (competitor) {
            case NOTHING ->
                    plan(desk, HandChains.toneOnly(new double[8], desk.mixLufs(), ceiling()), lufs);
            case FIXED ->
                    plan(desk, chains.stages(HandChains.FIXED, desk.mixLufs(), ceiling()), lufs);
            case GENRE_CHAIN -> plan(desk, chains.stages(genre, desk.mixLufs(), ceiling()), lufs);
            case RIDGE ->
                    plan(
                            desk,
                            HandChains.toneOnly(
                                    ridge.gainsDb(desk.mix()), desk.mixLufs(), ceiling()),
                            lufs);
            case FULL_MATCH -> infer(desk, "auto", desk.references().subList(0, 1), 100, lufs);
            case AUTO -> infer(desk, "auto", List.of(), 0, lufs);
            case UNCHECKED -> unchecked(desk, lufs);
            case GENRE -> infer(desk, genre.equals("-") ? "auto" : genre, List.of(), 0, lufs);
            case REFERENCE -> infer(desk, "auto", desk.references().subList(0, 1), 0, lufs);
            case REFERENCES ->
                    infer(desk, "auto", desk.references().subList(0, Competitor.MANY), 0, lufs);
            case ORIGINAL -> infer(desk, "auto", List.of(desk.original()), 100, lufs);
        };
    }

    private static double ceiling() {
        return HiddenMaster.CEILING_DBTP;
    }

    private double plan(Desk desk, List<StageSettings> stages, double lufs) throws IOException {
        MasteringPlan plan =
                MasteringPlan.of(stages, Delivery.DEFAULT.withTargetLufs(lufs), Provenance.DEFAULT);
        masterer.render(desk.mix(), plan, desk.master(), true, MasteringProgress.NONE);
        return 1.0;
    }

    private double infer(Desk desk, String genre, List<Path> references, int match, double lufs)
            throws IOException {
        Mastered mastered =
                masterer.master(
                        desk.mix(),
                        Optional.of(desk.master()),
                        request(genre, references, match, lufs),
                        true,
                        MasteringProgress.NONE);
        return mastered.findings().stream()
                .filter(finding -> finding.code().equals("backed-off"))
                .mapToDouble(finding -> finding.value() / 100.0)
                .findFirst()
                .orElse(1.0);
    }

    /** The plan as inferred, rendered without a look at what came out. */
    private double unchecked(Desk desk, double lufs) throws IOException {
        Mastered inferred =
                masterer.master(
                        desk.mix(),
                        Optional.empty(),
                        request("auto", List.of(), 0, lufs),
                        true,
                        MasteringProgress.NONE);
        masterer.render(desk.mix(), inferred.plan(), desk.master(), true, MasteringProgress.NONE);
        return 1.0;
    }

    private static MasteringRequest request(
            String genre, List<Path> references, int match, double lufs) {
        MasteringRequest standard = MasteringRequest.DEFAULT;
        return new MasteringRequest(
                genre,
                references,
                standard.platform(),
                OptionalDouble.of(lufs),
                OptionalDouble.of(ceiling()),
                standard.intensity(),
                match,
                standard.amounts(),
                standard.bypass(),
                standard.bitDepth(),
                standard.sampleRateHz(),
                standard.excerpt());
    }

    private static Outcome judge(
            Competitor competitor, HiddenMaster hidden, double share, Path master)
            throws IOException {
        AudioClip clip = read(master);
        Distances.Portrait portrait = new Distances.Portrait(clip);
        double wanted = hidden.portrait().integratedLufs;
        boolean kept =
                Math.abs(portrait.integratedLufs - wanted) <= LOUDNESS_TOLERANCE_LU
                        && portrait.truePeakDbtp <= ceiling() + PEAK_TOLERANCE_DB
                        && clip.frames() == hidden.clip().frames();
        return new Outcome(competitor, kept, share, Distances.between(portrait, hidden.portrait()));
    }

    private static Outcome punished(
            Competitor competitor, List<Outcome> before, HiddenMaster hidden, AudioClip spoiled) {
        double[] left =
                (before.isEmpty()
                                ? Distances.between(
                                        new Distances.Portrait(spoiled), hidden.portrait())
                                : before.getFirst().distances())
                        .values();
        for (int k = 0; k < left.length; k++) {
            left[k] += PENALTY_DB;
        }
        return new Outcome(competitor, false, 1.0, Distances.of(left));
    }

    private Path write(AudioClip clip, String name) throws IOException {
        Path file = folder.resolve(name + ".wav");
        OutputSpec spec =
                new OutputSpec(FileFormat.WAV, BitDepth.FLOAT32, clip.format(), Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, true)) {
            writer.write(AudioBlock.wrap(clip.channel(0), clip.channel(1)));
            writer.commit();
        }
        return file;
    }

    static AudioClip read(Path file) throws IOException {
        return new org.lacquer.training.data.FileDecoder().decode(file, 600.0);
    }

    @Override
    public void close() {
        masterer.close();
    }
}
