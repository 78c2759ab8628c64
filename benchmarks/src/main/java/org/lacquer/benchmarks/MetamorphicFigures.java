// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.Tags;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;
import org.lacquer.inference.Mastered;
import org.lacquer.inference.Masterer;
import org.lacquer.inference.MasteringProgress;
import org.lacquer.inference.MasteringRequest;
import org.lacquer.inference.Song;
import org.lacquer.inference.tone.ToneBands;
import org.lacquer.training.corpus.CorpusManifest;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.data.FileDecoder;
import org.lacquer.training.faults.Draws;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What must stay true however a request changes, on real tracks: {@code CORPUS [TRACKS]}. More
 * intensity never moves less, a brighter reference never asks for less treble, and a louder target
 * is never quieter.
 */
public final class MetamorphicFigures {
    private static final PrintStream OUT =
            new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private static final double SECONDS = 20.0;
    private static final int[] INTENSITIES = {0, 25, 50, 75, 100};
    private static final double[] TREBLES = {0.3, 0.6, 1.0, 1.8, 3.2};
    private static final double[] LOUDNESSES = {-20.0, -16.0, -12.0, -9.0};
    private static final List<String> GENRES = List.of("auto", "metal", "hip-hop", "ambient");

    /** Gains are rounded to hundredths. */
    private static final double TOLERANCE_DB = 0.02;

    private static final double CROSSOVER_HZ = 3_000.0;

    /** Comparisons of one kind, and how many went the wrong way. */
    private static final class Law {
        private final String words;
        private int compared;
        private int broken;
        private double worst;

        Law(String words) {
            this.words = words;
        }

        /** {@code after} must not be below {@code before}. */
        void compare(double before, double after, double tolerance, String where) {
            compared++;
            if (!(after >= before - tolerance)) {
                broken++;
                worst = Math.max(worst, before - after);
                OUT.printf(Locale.ROOT, "%s: %.3f, then %.3f (%s)%n", words, before, after, where);
            }
        }
    }

    private final Law tone = new Law("more intensity moves the tone further");
    private final Law dynamics = new Law("more intensity compresses more");
    private final Law width = new Law("more intensity moves the width further");
    private final Law brighter = new Law("a brighter reference never asks for less treble");
    private final Law louder = new Law("a louder target is never quieter");
    private final Path folder;
    private final Masterer masterer;

    private MetamorphicFigures(Path folder, Masterer masterer) {
        this.folder = folder;
        this.masterer = masterer;
    }

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).resolve("root");
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 32;
        List<Track> tracks =
                CorpusManifest.usableTracks(3).stream()
                        .filter(track -> track.split() != Split.TRAIN)
                        .sorted(
                                Comparator.comparingInt(
                                        track -> Draws.of("laws/" + track.key()).index(1 << 30)))
                        .limit(count)
                        .toList();
        Path folder = Files.createTempDirectory("lacquer-laws");
        try (Masterer masterer = new Masterer()) {
            MetamorphicFigures figures = new MetamorphicFigures(folder, masterer);
            for (int t = 0; t < tracks.size(); t++) {
                Track other = tracks.get((t + 1) % tracks.size());
                figures.play(tracks.get(t), other, root);
            }
            figures.table(tracks);
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private void play(Track track, Track other, Path root) throws IOException {
        Path mix = write(excerpt(track, root), "mix.wav");
        try (Song song = masterer.read(mix, MasteringProgress.NONE)) {
            for (String genre : GENRES) {
                double[] before = {0.0, 0.0, 0.0};
                for (int intensity : INTENSITIES) {
                    Mastered inferred = dryRun(song, genre, List.of(), intensity);
                    double[] moves = moves(inferred);
                    String where = genre + " " + intensity + ", " + track.key();
                    tone.compare(before[0], moves[0], TOLERANCE_DB, where);
                    dynamics.compare(before[1], moves[1], TOLERANCE_DB, where);
                    width.compare(before[2], moves[2], TOLERANCE_DB, where);
                    before = moves;
                }
            }
            AudioClip plain = excerpt(other, root);
            double before = Double.NEGATIVE_INFINITY;
            for (double treble : TREBLES) {
                Path reference = write(tilted(plain, treble), "reference.wav");
                double balance = balance(dryRun(song, "auto", List.of(reference), 50));
                if (before != Double.NEGATIVE_INFINITY) {
                    brighter.compare(before, balance, TOLERANCE_DB, treble + ", " + track.key());
                }
                before = balance;
            }
            before = Double.NEGATIVE_INFINITY;
            for (double lufs : LOUDNESSES) {
                Mastered mastered =
                        masterer.master(
                                song,
                                Optional.of(folder.resolve("master.wav")),
                                request("auto", List.of(), 50, OptionalDouble.of(lufs)),
                                true,
                                MasteringProgress.NONE);
                double is = mastered.outputFigures().orElseThrow().loudness().integratedLufs();
                if (before != Double.NEGATIVE_INFINITY) {
                    louder.compare(before, is, 0.0, lufs + " LUFS, " + track.key());
                }
                before = is;
            }
        }
    }

    private void table(List<Track> tracks) {
        OUT.printf(
                Locale.ROOT,
                "%n%d tracks of %d packages.%n%n| law | comparisons | broken | by at most |%n",
                tracks.size(),
                tracks.stream().map(Track::packageName).distinct().count());
        OUT.println("|---|---|---|---|");
        for (Law law : List.of(tone, dynamics, width, brighter, louder)) {
            OUT.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %.2f |%n",
                    law.words,
                    law.compared,
                    law.broken,
                    law.worst);
        }
    }

    /** Sums of the sizes of all gains of tone, of 1 − 1 / ratio, and the gain of the sides. */
    private static double[] moves(Mastered inferred) {
        double[] moves = new double[3];
        for (StageSettings stage : inferred.plan().stages()) {
            if (stage instanceof ParametricEqSettings eq) {
                moves[0] += eq.bands().stream().mapToDouble(b -> Math.abs(b.gainDb())).sum();
            } else if (stage instanceof MultibandCompressorSettings compressor) {
                moves[1] += compressor.bands().stream().mapToDouble(b -> 1 - 1 / b.ratio()).sum();
            } else if (stage instanceof StereoWidthSettings sides) {
                moves[2] += Math.abs(sides.sideGainDb());
            }
        }
        return moves;
    }

    /** Gains from 3.2 kHz up less those to 300 Hz. */
    private static double balance(Mastered inferred) {
        double balance = 0.0;
        List<Double> centres = ToneBands.ALL.stream().map(EqBand::frequencyHz).toList();
        for (StageSettings stage : inferred.plan().stages()) {
            if (stage instanceof ParametricEqSettings eq) {
                for (EqBand band : eq.bands()) {
                    int k = centres.indexOf(band.frequencyHz());
                    balance += k >= 5 ? band.gainDb() : k >= 0 && k <= 2 ? -band.gainDb() : 0.0;
                }
            }
        }
        return balance;
    }

    private Mastered dryRun(Song song, String genre, List<Path> references, int intensity)
            throws IOException {
        return masterer.master(
                song,
                Optional.empty(),
                request(genre, references, intensity, OptionalDouble.empty()),
                false,
                MasteringProgress.NONE);
    }

    private static MasteringRequest request(
            String genre, List<Path> references, int intensity, OptionalDouble lufs) {
        return new MasteringRequest(
                genre,
                references,
                "streaming",
                lufs,
                OptionalDouble.empty(),
                intensity,
                0,
                Map.of(),
                Set.of(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }

    private static AudioClip excerpt(Track track, Path root) throws IOException {
        AudioClip whole = new FileDecoder().decode(track.under(root), 90.0);
        int rate = whole.format().sampleRateHz();
        int length = (int) Math.min(whole.frames(), SECONDS * rate);
        int start = (whole.frames() - length) / 2;
        return new AudioClip(
                rate,
                Arrays.copyOfRange(whole.channel(0), start, start + length),
                Arrays.copyOfRange(whole.channel(1), start, start + length));
    }

    /** The same with another level above 3 kHz, by one pole. */
    private static AudioClip tilted(AudioClip clip, double treble) {
        int rate = clip.format().sampleRateHz();
        double pole = 1.0 - StrictMath.exp(-2.0 * StrictMath.PI * CROSSOVER_HZ / rate);
        List<float[]> out = new ArrayList<>();
        for (int c = 0; c < 2; c++) {
            float[] samples = clip.channel(c).clone();
            double low = 0.0;
            for (int i = 0; i < samples.length; i++) {
                low += pole * (samples[i] - low);
                samples[i] = (float) (0.3 * (low + treble * (samples[i] - low)));
            }
            out.add(samples);
        }
        return new AudioClip(rate, out.get(0), out.get(1));
    }

    private Path write(AudioClip clip, String name) throws IOException {
        Path file = folder.resolve(name);
        OutputSpec spec =
                new OutputSpec(FileFormat.WAV, BitDepth.FLOAT32, clip.format(), Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, true)) {
            writer.write(AudioBlock.wrap(clip.channel(0), clip.channel(1)));
            writer.commit();
        }
        return file;
    }
}
