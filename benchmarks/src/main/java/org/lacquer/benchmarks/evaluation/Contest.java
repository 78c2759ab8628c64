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
import org.lacquer.inference.Masterer;
import org.lacquer.inference.MasteringProgress;
import org.lacquer.inference.MasteringRequest;
import org.lacquer.training.faults.Draws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Renders every case by every competitor through the engine, from file to file as users do, and
 * measures the results. Mixes are named by numbers: no competitor learns of what or whose they are.
 */
final class Contest implements AutoCloseable {
    /** A way to master. */
    enum Competitor {
        NOTHING("loudness only"),
        FIXED("fixed hand chain"),
        GENRE_CHAIN("hand chain of the genre"),
        FULL_MATCH("full match to another track of the album"),
        RIDGE("ridge only"),
        AUTO("**Lacquer, no target named**"),
        GENRE("**Lacquer, genre named**"),
        REFERENCE("**Lacquer, another track of the album as reference**"),
        ORIGINAL("**Lacquer, the hidden original as reference, match 100**");

        private final String words;

        Competitor(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** One spoiled master. */
    record Case(int number, HiddenMaster hidden, HiddenMaster mate, Family family, int draw) {
        String key() {
            return hidden.track().key() + "#" + family + "#" + draw;
        }
    }

    /**
     * One rendering.
     *
     * @param kept whether loudness within 0.2 LU, ceiling and length were kept
     */
    record Outcome(Competitor competitor, boolean kept, Distances distances) {}

    private static final double LOUDNESS_TOLERANCE_LU = 0.2;
    private static final double PEAK_TOLERANCE_DB = 0.05;

    /** What breaking a demand costs, on top of what leaving the mix alone would. */
    private static final double PENALTY_DB = 1.0;

    private final Masterer masterer = new Masterer();
    private final HandChains chains = new HandChains();
    private final RidgeTone ridge;
    private final Path folder;

    Contest(Path folder, RidgeTone ridge) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.ridge = ridge;
    }

    List<Outcome> run(Case one, Set<Competitor> competitors) throws IOException {
        AudioClip spoiled = one.family().spoil(one.hidden(), Draws.of("evaluation/" + one.key()));
        Path mix = write(spoiled, "mix-" + one.number());
        Path reference = write(one.mate().clip(), "reference");
        Path original = write(one.hidden().clip(), "original");
        double mixLufs = new Distances.Portrait(spoiled).integratedLufs;
        List<Outcome> outcomes = new ArrayList<>();
        for (Competitor competitor : Competitor.values()) {
            if (competitors.contains(competitor)) {
                Path master = folder.resolve("master.wav");
                Outcome outcome;
                try {
                    render(competitor, one, mix, mixLufs, reference, original, master);
                    outcome = judge(competitor, one, master);
                } catch (FailureException refused) {
                    outcome = new Outcome(competitor, false, punished(outcomes, one, spoiled));
                }
                outcomes.add(
                        outcome.kept()
                                ? outcome
                                : new Outcome(competitor, false, punished(outcomes, one, spoiled)));
            }
        }
        Files.delete(mix);
        return outcomes;
    }

    private void render(
            Competitor competitor,
            Case one,
            Path mix,
            double mixLufs,
            Path reference,
            Path original,
            Path master)
            throws IOException {
        double lufs = one.hidden().portrait().integratedLufs;
        String genre = one.hidden().track().genre();
        switch (competitor) {
            case NOTHING ->
                    plan(mix, HandChains.toneOnly(new double[8], mixLufs, ceiling()), lufs, master);
            case FIXED ->
                    plan(mix, chains.stages(HandChains.FIXED, mixLufs, ceiling()), lufs, master);
            case GENRE_CHAIN -> plan(mix, chains.stages(genre, mixLufs, ceiling()), lufs, master);
            case RIDGE ->
                    plan(
                            mix,
                            HandChains.toneOnly(ridge.gainsDb(mix), mixLufs, ceiling()),
                            lufs,
                            master);
            case FULL_MATCH -> infer(mix, "auto", List.of(reference), 100, lufs, master);
            case AUTO -> infer(mix, "auto", List.of(), 0, lufs, master);
            case GENRE ->
                    infer(mix, genre.equals("-") ? "auto" : genre, List.of(), 0, lufs, master);
            case REFERENCE -> infer(mix, "auto", List.of(reference), 0, lufs, master);
            case ORIGINAL -> infer(mix, "auto", List.of(original), 100, lufs, master);
        }
    }

    private static double ceiling() {
        return HiddenMaster.CEILING_DBTP;
    }

    private void plan(Path mix, List<StageSettings> stages, double lufs, Path master)
            throws IOException {
        MasteringPlan plan =
                MasteringPlan.of(stages, Delivery.DEFAULT.withTargetLufs(lufs), Provenance.DEFAULT);
        masterer.render(mix, plan, master, true, MasteringProgress.NONE);
    }

    private void infer(
            Path mix, String genre, List<Path> references, int match, double lufs, Path master)
            throws IOException {
        MasteringRequest standard = MasteringRequest.DEFAULT;
        MasteringRequest request =
                new MasteringRequest(
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
        masterer.master(mix, java.util.Optional.of(master), request, true, MasteringProgress.NONE);
    }

    private static Outcome judge(Competitor competitor, Case one, Path master) throws IOException {
        AudioClip clip = read(master);
        Distances.Portrait portrait = new Distances.Portrait(clip);
        double wanted = one.hidden().portrait().integratedLufs;
        boolean kept =
                Math.abs(portrait.integratedLufs - wanted) <= LOUDNESS_TOLERANCE_LU
                        && portrait.truePeakDbtp <= ceiling() + PEAK_TOLERANCE_DB
                        && clip.frames() == one.hidden().clip().frames();
        return new Outcome(competitor, kept, Distances.between(portrait, one.hidden().portrait()));
    }

    private static Distances punished(List<Outcome> before, Case one, AudioClip spoiled) {
        Distances left =
                before.isEmpty()
                        ? Distances.between(
                                new Distances.Portrait(spoiled), one.hidden().portrait())
                        : before.getFirst().distances();
        return new Distances(
                left.thirdOctaveDb() + PENALTY_DB,
                left.stftDb() + PENALTY_DB,
                left.dynamicsDb() + PENALTY_DB,
                left.widthDb() + PENALTY_DB,
                left.plrDb() + PENALTY_DB,
                left.loudnessRangeLu() + PENALTY_DB);
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
