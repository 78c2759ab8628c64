// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training;

import org.lacquer.training.corpus.CorpusFetcher;
import org.lacquer.training.corpus.CorpusManifest;
import org.lacquer.training.corpus.SourceTable;
import org.lacquer.training.corpus.Track;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.data.BaseRow;
import org.lacquer.training.data.CleanStretches;
import org.lacquer.training.data.ExcerptRenderer;
import org.lacquer.training.data.FeatureCache;
import org.lacquer.training.data.FeatureMeasurer;
import org.lacquer.training.data.FileDecoder;
import org.lacquer.training.data.PremasterMeasurer;
import org.lacquer.training.data.TargetBank;
import org.lacquer.training.duplicates.DuplicateTable;
import org.lacquer.training.learn.ManifestWriter;
import org.lacquer.training.learn.ModelTrainer;
import org.lacquer.training.learn.OnnxCheck;
import org.lacquer.training.premaster.PremasterBuilder;
import org.lacquer.training.premaster.PremasterSong;
import org.lacquer.training.score.ModelReport;
import org.lacquer.training.targets.GenreClassifierWriter;
import org.lacquer.training.targets.GenreTargetWriter;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** From Debian's music to the shipped model, step by step. */
@Command(
        name = "lacquer-training",
        mixinStandardHelpOptions = true,
        description =
                "Builds the training data and the model. Steps in order: fetch, features,"
                        + " targets, train, evaluate. Only fetch uses the network.")
public final class TrainingMain {
    private static final String WITH_PREMASTERS =
            "Learn from the premasters of the training split too.";

    private static final String ONLY = "Songs whose key holds this alone.";

    /** Where the audio lives; never inside the repository. */
    @Option(
            names = "--work",
            scope = CommandLine.ScopeType.INHERIT,
            defaultValue = "${sys:user.home}/.cache/lacquer-corpus",
            description = "Folder for packages, tracks and renders (default: ${DEFAULT-VALUE}).")
    private Path work = Path.of("");

    @Option(
            names = "--cache",
            scope = CommandLine.ScopeType.INHERIT,
            defaultValue = "training-data/cache/base-features.bin.gz",
            description = "Feature cache (default: ${DEFAULT-VALUE}).")
    private Path cache = Path.of("");

    @Option(
            names = "--models",
            scope = CommandLine.ScopeType.INHERIT,
            defaultValue = "models/src/main/resources/org/lacquer/models",
            description = "Where the model and the targets go (default: ${DEFAULT-VALUE}).")
    private Path models = Path.of("");

    @Option(
            names = "--premaster-cache",
            scope = CommandLine.ScopeType.INHERIT,
            defaultValue = "training-data/cache/premaster-features.bin.gz",
            description = "Feature cache of premasters (default: ${DEFAULT-VALUE}).")
    private Path premasterCache = Path.of("");

    @Option(
            names = "--tracks",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Table of your own tracks, with the columns of tracks.tsv.")
    private void tracks(Path table) {
        System.setProperty(CorpusManifest.OWN_TRACKS, table.toString());
    }

    private final PrintStream log = System.err;

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new TrainingMain());
        line.setExecutionExceptionHandler(
                (problem, where, parsed) -> {
                    if (problem instanceof IllegalArgumentException
                            || problem instanceof IOException) {
                        where.getErr().println(problem.getMessage());
                        return 1;
                    }
                    throw problem;
                });
        System.exit(line.execute(arguments));
    }

    @Command(description = "Download the packages with apt, check them, unpack the tracks.")
    int fetch() throws IOException, InterruptedException {
        int there = new CorpusFetcher(work, log::println).fetch();
        int wanted = CorpusManifest.tracks().size();
        log.println(there + " of " + wanted + " tracks are on disk");
        return there == wanted ? 0 : 1;
    }

    @Command(description = "Render songs part by part and mix them with known faults.")
    int premasters(@Option(names = "--only", defaultValue = "", description = ONLY) String only)
            throws IOException, InterruptedException {
        List<PremasterSong> songs =
                PremasterSong.all().stream().filter(song -> song.key().contains(only)).toList();
        int there = new PremasterBuilder(work, log::println).build(songs);
        log.println(there + " of " + songs.size() + " songs are in " + PremasterBuilder.root(work));
        return there == songs.size() ? 0 : 1;
    }

    @Command(
            name = "premaster-features",
            description = "Measure the premasters that are rendered, write their cache.")
    int premasterFeatures(
            @Option(names = "--only", defaultValue = "", description = ONLY) String only,
            @Option(
                            names = "--again",
                            description = "Measure also the songs that the cache holds already.")
                    boolean again)
            throws IOException {
        Map<String, List<BaseRow>> known =
                Files.exists(premasterCache)
                        ? FeatureCache.read(premasterCache, FeatureMeasurer.VERSION).stream()
                                .collect(Collectors.groupingBy(BaseRow::track))
                        : Map.of();
        List<BaseRow> rows = new ArrayList<>();
        for (PremasterSong song : PremasterSong.all()) {
            List<BaseRow> kept = known.getOrDefault(song.key(), List.of());
            if (!song.key().contains(only) || !kept.isEmpty() && !again) {
                kept.forEach(row -> rows.add(row.labelledAs(song.track())));
            } else if (PremasterBuilder.complete(work, song)) {
                rows.addAll(PremasterMeasurer.measure(work, song));
                log.println(song.key());
            }
        }
        Files.createDirectories(premasterCache.toAbsolutePath().getParent());
        FeatureCache.write(premasterCache, FeatureMeasurer.VERSION, rows);
        log.println(
                rows.size()
                        + " rows, "
                        + Files.size(premasterCache) / 1024
                        + " KiB in "
                        + premasterCache);
        return 0;
    }

    @Command(description = "Find tracks that are the same recording, by audio fingerprint.")
    int duplicates() throws IOException {
        new PrintStream(System.out, true, StandardCharsets.UTF_8)
                .print(DuplicateTable.ofCorpus(work, new FileDecoder(), log::println));
        return 0;
    }

    @Command(description = "Cut excerpts, render faulty dynamics, measure, write the cache.")
    int features(
            @Option(
                            names = "--per-package",
                            defaultValue = "60",
                            description = "Most tracks of a package (default: ${DEFAULT-VALUE}).")
                    int perPackage,
            @Option(
                            names = "--again",
                            description = "Measure also the tracks that the cache holds already.")
                    boolean again,
            @Option(names = "--threads", defaultValue = "2", description = "Threads (default: 2).")
                    int threads)
            throws IOException, InterruptedException {
        ExcerptRenderer renderer = new ExcerptRenderer(work, new FileDecoder());
        List<Track> tracks = CorpusManifest.usableTracks(perPackage);
        log.println(tracks.size() + " of " + CorpusManifest.tracks().size() + " tracks are usable");
        Map<String, List<BaseRow>> known =
                again || !Files.exists(cache)
                        ? Map.of()
                        : FeatureCache.read(cache, FeatureMeasurer.VERSION).stream()
                                .collect(Collectors.groupingBy(BaseRow::track));
        List<BaseRow> rows = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<List<BaseRow>>> pending = new ArrayList<>();
            for (Track track : tracks) {
                List<BaseRow> kept = labelled(known, track);
                pending.add(pool.submit(() -> rows(track, kept, renderer)));
            }
            for (int i = 0; i < pending.size(); i++) {
                try {
                    rows.addAll(pending.get(i).get());
                } catch (ExecutionException problem) {
                    log.println(tracks.get(i).file() + ": " + problem.getCause());
                    rows.addAll(labelled(known, tracks.get(i)));
                }
                if (i % 25 == 24) {
                    log.println(i + 1 + " of " + tracks.size() + " tracks");
                }
            }
        }
        Files.createDirectories(cache.toAbsolutePath().getParent());
        FeatureCache.write(cache, FeatureMeasurer.VERSION, rows);
        log.println(rows.size() + " rows, " + Files.size(cache) / 1024 + " KiB in " + cache);
        return 0;
    }

    /** What the cache holds of a track, as the manifest labels it today. */
    private static List<BaseRow> labelled(Map<String, List<BaseRow>> known, Track track) {
        return known.getOrDefault(track.key(), List.of()).stream()
                .map(row -> row.labelledAs(track))
                .toList();
    }

    /** Measures what the cache does not hold of a track. */
    private List<BaseRow> rows(Track track, List<BaseRow> kept, ExcerptRenderer renderer)
            throws IOException {
        List<BaseRow> rows = new ArrayList<>(kept);
        if (rows.stream().noneMatch(row -> row.excerpt() < CleanStretches.WHOLE)) {
            rows.addAll(FeatureMeasurer.measure(track, renderer.render(track)));
        }
        boolean heard = rows.stream().anyMatch(row -> row.excerpt() >= CleanStretches.WHOLE);
        if (!heard && track.split() != Split.TEST) {
            rows.addAll(CleanStretches.measure(track, work, new FileDecoder()));
        }
        return rows;
    }

    @Command(description = "Write the genre targets from the cache and published figures.")
    int targets() throws IOException {
        TargetBank bank = new TargetBank(FeatureCache.read(cache, FeatureMeasurer.VERSION));
        List<String> genres = new GenreTargetWriter(bank).write(models.resolve("genres"));
        log.println(genres.size() + " genre targets written");
        return 0;
    }

    @Command(description = "Fit the genre classifier; write it and print its confusion table.")
    int genres() throws IOException {
        GenreClassifierWriter writer =
                new GenreClassifierWriter(FeatureCache.read(cache, FeatureMeasurer.VERSION));
        Files.createDirectories(models);
        Files.writeString(
                models.resolve("genre-classifier.tsv"), writer.text(CorpusFetcher.sha256(cache)));
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(writer.markdown());
        return 0;
    }

    @Command(description = "Print the table of packages, artists and licences behind the cache.")
    int sources() throws IOException {
        List<BaseRow> rows = FeatureCache.read(cache, FeatureMeasurer.VERSION);
        new PrintStream(System.out, true, StandardCharsets.UTF_8)
                .print(
                        SourceTable.text(
                                rows.stream().map(BaseRow::track).collect(Collectors.toSet())));
        return 0;
    }

    @Command(description = "Train from the cache; write the ONNX file and its manifest.")
    int train(@Option(names = "--premasters", description = WITH_PREMASTERS) boolean premasters)
            throws IOException {
        List<BaseRow> rows = FeatureCache.read(cache, FeatureMeasurer.VERSION);
        ModelTrainer.Result result =
                new ModelTrainer(log::println)
                        .train(rows, premasters(premasters), ModelTrainer.Effort.FULL);
        ModelReport reporter = new ModelReport(result, rows);
        log.println(reporter.calibrationTable());
        ModelReport.Written report = reporter.write(false);
        byte[] onnx = result.model().toOnnx();
        String manifest =
                ManifestWriter.text(result, onnx, CorpusFetcher.sha256(cache), report.metrics());
        double difference = OnnxCheck.largestDifference(result, manifest, onnx);
        log.println("ONNX Runtime against the trainer: at most " + difference);
        if (!(difference <= 1e-5)) {
            log.println("too far apart, nothing written");
            return 1;
        }
        Files.write(models.resolve("mastering-v1.onnx"), onnx);
        Files.writeString(
                models.resolve("spectrum-prior.tsv"), result.bank().styles().prior().text());
        Files.writeString(models.resolve("mastering-v1.manifest.properties"), manifest);
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(report.markdown());
        return 0;
    }

    @Command(description = "Train, and print the table by networks that never heard the package.")
    int tune(@Option(names = "--premasters", description = WITH_PREMASTERS) boolean premasters)
            throws IOException {
        List<BaseRow> rows = FeatureCache.read(cache, FeatureMeasurer.VERSION);
        ModelTrainer.Result result =
                new ModelTrainer(log::println)
                        .train(rows, premasters(premasters), ModelTrainer.Effort.FULL);
        ModelReport report = new ModelReport(result, rows);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.print(report.calibrationTable());
        if (Files.exists(premasterCache)) {
            out.println("\nFaults in the stems, premasters of the calibration split:\n");
            out.print(report.stemFaultTable(rows(premasterCache, Split.CALIBRATION)));
        }
        return 0;
    }

    /** The training rows of the premasters, when they are wanted. */
    private List<BaseRow> premasters(boolean wanted) throws IOException {
        return wanted ? rows(premasterCache, Split.TRAIN) : List.of();
    }

    private static List<BaseRow> rows(Path cache, Split split) throws IOException {
        return FeatureCache.read(cache, FeatureMeasurer.VERSION).stream()
                .filter(row -> row.split() == split)
                .toList();
    }

    @Command(description = "Train as the train command does, and print the full evaluation table.")
    int evaluate() throws IOException {
        List<BaseRow> rows = FeatureCache.read(cache, FeatureMeasurer.VERSION);
        ModelTrainer.Result result =
                new ModelTrainer(log::println).train(rows, ModelTrainer.Effort.FULL);
        ModelReport.Written report = new ModelReport(result, rows).write(true);
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(report.markdown());
        return 0;
    }
}
