// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.analysis.Analyzer;
import org.lacquer.engine.Renderer;
import org.lacquer.inference.Masterer;
import org.lacquer.models.ModelManifest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Outcomes in a file, so that a run that was broken off goes on. Every row carries a print of the
 * code and the model that made it; those of others do not count. Safe for several threads.
 */
final class Rows {
    private static final int CELLS = 11;

    private final Path file;
    private final String print;
    private final Map<String, Map<Competitor, Outcome>> known = new HashMap<>();

    private Rows(Path file, String print) {
        this.file = file;
        this.print = print;
    }

    /** Rows of this build and its model. */
    static Rows of(Path file) throws IOException {
        return of(file, printOfBuild());
    }

    static Rows of(Path file, String print) throws IOException {
        Rows rows = new Rows(file, print);
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                rows.remember(line.split("\t", -1));
            }
        }
        return rows;
    }

    /** A line that was cut off is as good as none. */
    private void remember(String[] cells) {
        if (cells.length != CELLS + 1 || !cells[0].equals(print) || !cells[CELLS].equals(".")) {
            return;
        }
        double[] values = new double[6];
        for (int k = 0; k < values.length; k++) {
            values[k] = Double.parseDouble(cells[5 + k]);
        }
        Competitor competitor = Competitor.valueOf(cells[2]);
        known.computeIfAbsent(cells[1], key -> new EnumMap<>(Competitor.class))
                .put(
                        competitor,
                        new Outcome(
                                competitor,
                                Boolean.parseBoolean(cells[3]),
                                Double.parseDouble(cells[4]),
                                Distances.of(values)));
    }

    /** All outcomes of a case, when none is missing. */
    synchronized Optional<List<Outcome>> of(CaseName one, Set<Competitor> competitors) {
        Map<Competitor, Outcome> outcomes = known.getOrDefault(one.key(), Map.of());
        if (!outcomes.keySet().containsAll(competitors)) {
            return Optional.empty();
        }
        return Optional.of(competitors.stream().sorted().map(outcomes::get).toList());
    }

    synchronized void add(CaseName one, List<Outcome> outcomes) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            StringBuilder line = new StringBuilder();
            line.append(print).append('\t').append(one.key()).append('\t');
            line.append(outcome.competitor().name()).append('\t').append(outcome.kept());
            line.append('\t').append(outcome.share());
            for (double value : outcome.distances().values()) {
                line.append(String.format(Locale.ROOT, "\t%.6f", value));
            }
            lines.add(line.append("\t.").toString());
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        for (String line : lines) {
            remember(line.split("\t", -1));
        }
    }

    /** Of the classes that analyse, infer and render, of the evaluation's own, and of the model. */
    private static String printOfBuild() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ModelManifest.shipped().sha256().getBytes(StandardCharsets.UTF_8));
            for (Class<?> one :
                    List.of(Analyzer.class, Renderer.class, Masterer.class, Rows.class)) {
                Path place =
                        Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
                try (Stream<Path> found = Files.walk(place)) {
                    List<Path> classes =
                            found.filter(Files::isRegularFile)
                                    .filter(path -> ofEvaluation(one, place.relativize(path)))
                                    .sorted()
                                    .toList();
                    for (Path path : classes) {
                        digest.update(Files.readAllBytes(path));
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
        } catch (NoSuchAlgorithmException | URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Benchmarks that have nothing to do with the evaluation may change. */
    private static boolean ofEvaluation(Class<?> one, Path path) {
        return one != Rows.class
                || path.startsWith(Path.of("org", "lacquer", "benchmarks", "evaluation"));
    }
}
