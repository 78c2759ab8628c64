// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.Require;
import org.lacquer.inference.model.Question;
import org.lacquer.models.GenreTarget;
import org.lacquer.models.GenreTargetFile;
import org.lacquer.models.GenreTargets;
import org.lacquer.models.ModelManifest;
import org.lacquer.models.SpectrumPrior;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Targets that users made from their own records: one text file each, in the form of the shipped
 * ones.
 *
 * <p>The folder is {@code targets} in the first of: the system property {@code lacquer.home}, the
 * environment's {@code LACQUER_HOME}, {@code $XDG_DATA_HOME/lacquer}, {@code
 * %LOCALAPPDATA%\lacquer}, {@code ~/.local/share/lacquer} (XDG Base Directory Specification 0.8).
 */
public final class UserTargets {
    private static final String NAME = "[a-z][a-z0-9-]{0,39}";
    private static final String ENDING = ".tsv";

    /** What the spread of all music is worth in tracks beside the spread of a user's own. */
    private static final double SPREAD_TRACKS = 5.0;

    private static final int SOLID_TRACKS = 20;
    private static final int SOLID_ALBUMS = 5;
    private static final int PROVISIONAL_TRACKS = 3;
    private static final int FILES_NAMED = 5;

    private final Path folder;

    /**
     * @param folder need not exist yet
     */
    public UserTargets(Path folder) {
        this.folder = folder;
    }

    /** The targets of the user whom this process belongs to. */
    public static UserTargets ofUser() {
        String home = System.getProperty("lacquer.home", "");
        Path userHome = Path.of(System.getProperty("user.home", "."));
        return home.isEmpty()
                ? new UserTargets(folder(System.getenv(), userHome))
                : new UserTargets(Path.of(home).resolve("targets"));
    }

    static Path folder(Map<String, String> environment, Path userHome) {
        String own = environment.getOrDefault("LACQUER_HOME", "");
        if (!own.isEmpty()) {
            return Path.of(own).resolve("targets");
        }
        for (String name : List.of("XDG_DATA_HOME", "LOCALAPPDATA")) {
            String shared = environment.getOrDefault(name, "");
            // Relative paths are invalid and to be ignored, says the specification.
            if (!shared.isEmpty() && Path.of(shared).isAbsolute()) {
                return Path.of(shared).resolve("lacquer").resolve("targets");
            }
        }
        return userHome.resolve(".local/share/lacquer/targets");
    }

    public Path folder() {
        return folder;
    }

    /** Names of all targets, in alphabetical order; whether each can be read is not asked. */
    public List<String> names() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .filter(name -> name.matches(NAME))
                    .sorted()
                    .toList();
        }
    }

    /**
     * The target of that name, in any case of letters.
     *
     * @throws FailureException with {@link Failure.UnsupportedInput} when its file is damaged, or
     *     of another feature set
     */
    public Optional<GenreTarget> named(String name) throws IOException {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        if (!wanted.matches(NAME)) {
            return Optional.empty();
        }
        Path file = file(wanted);
        try {
            GenreTarget target =
                    GenreTargetFile.parse(Files.readString(file, StandardCharsets.UTF_8));
            Require.that(target.name().equals(wanted), "it is the target " + target.name());
            Require.that(
                    target.featureNames().equals(featureNames()),
                    "it was made with other features; make it again");
            return Optional.of(target);
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IllegalArgumentException broken) {
            throw new FailureException(
                    new Failure.UnsupportedInput(file, String.valueOf(broken.getMessage())),
                    broken);
        }
    }

    /**
     * @throws IllegalArgumentException when a target cannot have this name
     */
    public static void requireName(String name) {
        Require.that(
                name.matches(NAME),
                "a target's name must be 1 to 40 small letters, digits and dashes and begin with a"
                        + " letter, got '"
                        + name
                        + "'");
        Require.that(
                !name.equals(MasteringRequest.AUTO) && GenreTargets.named(name).isEmpty(),
                "'" + name + "' is a genre of Lacquer's own; give your target another name");
    }

    /**
     * Measures records and keeps what they have in common under a name.
     *
     * @param files at least one, of at least 3 s of sound each, in mono or stereo
     * @param overwrite whether a target of that name may be replaced
     * @throws IllegalArgumentException for an unusable name, no files, or the same file twice
     * @throws FailureException when a file cannot be read or told anything of, or the target exists
     */
    public GenreTarget create(String name, List<Path> files, boolean overwrite) throws IOException {
        requireName(name);
        Require.that(!files.isEmpty(), "a target needs at least one file");
        Path file = file(name);
        if (!overwrite && Files.exists(file)) {
            throw new FailureException(new Failure.OutputExists(file));
        }
        List<Record> records = new ArrayList<>();
        List<Path> known = new ArrayList<>();
        for (Path one : files) {
            Path real = one.toAbsolutePath().normalize();
            Require.that(!known.contains(real), one + " is named twice");
            known.add(real);
            records.add(Record.of(one));
        }
        GenreTarget target = target(name, records);
        write(file, GenreTargetFile.text(target));
        return target;
    }

    /**
     * Figures of one file.
     *
     * @param mean what its target features are
     */
    private record Record(Path file, String album, double[] mean, ReferenceTrack track) {
        static Record of(Path file) throws IOException {
            ReferenceTrack track = ReferenceTrack.read(file);
            String tagged = track.info().tags().values().getOrDefault("album", "");
            String folder = String.valueOf(file.toAbsolutePath().normalize().getParent());
            return new Record(file, tagged.isBlank() ? folder : tagged, track.mean(), track);
        }

        double[] whole() {
            return track.vectors().getFirst();
        }

        Analysis figures() {
            return track.whole();
        }
    }

    private static GenreTarget target(String name, List<Record> records) {
        ModelManifest manifest = ModelManifest.shipped();
        int width = manifest.targetWidth();
        int count = records.size();
        double[] mean = new double[width];
        double[] square = new double[width];
        double[] style = new double[SpectrumPrior.BANDS];
        for (Record one : records) {
            for (int j = 0; j < width; j++) {
                mean[j] += one.mean()[j] / count;
                square[j] += one.mean()[j] * one.mean()[j] / count;
            }
            double[] own = SpectrumPrior.shipped().meanStyleDb(one.track().vectors());
            for (int b = 0; b < style.length; b++) {
                style[b] += own[b] / count;
            }
        }
        Map<String, Long> albums =
                records.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Record::album, LinkedHashMap::new, Collectors.counting()));
        double effective = Question.effectiveTracks(count, albums.size());
        double[] general = GenreTargets.named(GenreTargets.NEUTRAL).orElseThrow().sd();
        double[] sd = new double[width];
        for (int j = 0; j < width; j++) {
            double variance = Math.max(0.0, square[j] - mean[j] * mean[j]);
            sd[j] =
                    Math.sqrt(
                            (count * variance + SPREAD_TRACKS * general[j] * general[j])
                                    / (count + SPREAD_TRACKS));
        }
        double loudness = mean(records, one -> one.figures().loudness().integratedLufs());
        double plr = mean(records, one -> one.whole()[FeatureSet.PLR]);
        return new GenreTarget(
                name,
                List.of(),
                label(count, albums.size()),
                count,
                albums.size(),
                effective,
                provenance(records),
                featureNames(),
                Question.shrunk(mean, effective, manifest),
                sd,
                SpectrumPrior.shrunk(style, effective),
                loudness,
                spread(records, one -> one.figures().loudness().integratedLufs(), loudness, 2.5),
                plr,
                spread(records, one -> one.whole()[FeatureSet.PLR], plr, general[FeatureSet.PLR]),
                mean(records, one -> one.whole()[FeatureSet.LOUDNESS_RANGE]));
    }

    private static GenreTarget.Label label(int tracks, int albums) {
        if (tracks < PROVISIONAL_TRACKS) {
            return GenreTarget.Label.ANECDOTAL;
        }
        return tracks >= SOLID_TRACKS && albums >= SOLID_ALBUMS
                ? GenreTarget.Label.SOLID
                : GenreTarget.Label.PROVISIONAL;
    }

    /** A figure of a record. */
    private interface FigureOf {
        double of(Record one);
    }

    private static double mean(List<Record> records, FigureOf figure) {
        return records.stream().mapToDouble(figure::of).average().orElseThrow();
    }

    /** Standard deviation, drawn toward that of all music like the spreads of the features. */
    private static double spread(
            List<Record> records, FigureOf figure, double mean, double generalSd) {
        double squares = SPREAD_TRACKS * generalSd * generalSd;
        for (Record one : records) {
            double difference = figure.of(one) - mean;
            squares += difference * difference;
        }
        return Math.sqrt(squares / (records.size() + SPREAD_TRACKS));
    }

    private static String provenance(List<Record> records) {
        String names =
                records.stream()
                        .limit(FILES_NAMED)
                        .map(one -> String.valueOf(one.file().getFileName()))
                        .collect(Collectors.joining(", "));
        int count = records.size();
        return count
                + (count == 1 ? " track of your own: " : " tracks of your own: ")
                + names
                + (count > FILES_NAMED ? " and " + (count - FILES_NAMED) + " more" : "");
    }

    private static List<String> featureNames() {
        return FeatureSet.features().stream()
                .map(FeatureSet.Feature::name)
                .limit(FeatureSet.CONTENT)
                .toList();
    }

    private Path file(String name) {
        return folder.resolve(name + ENDING);
    }

    /** Appears under its name only when it is complete. */
    private void write(Path file, String text) throws IOException {
        try {
            Files.createDirectories(folder);
            Path temporary = Files.createTempFile(folder, ".target-", ".tmp");
            try {
                Files.writeString(temporary, text, StandardCharsets.UTF_8);
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (FileSystemException problem) {
            String reason = problem.getReason();
            throw new FailureException(
                    new Failure.UnwritableOutput(
                            file, reason == null ? problem.getClass().getSimpleName() : reason),
                    problem);
        }
    }
}
