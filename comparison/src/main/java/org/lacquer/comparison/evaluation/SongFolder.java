// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.evaluation;

import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.comparison.CandidateChoice;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One song of an evaluation: a folder with {@code mix.wav} (or another format), plans ({@code
 * *.yaml}), finished masters (all other audio), and, if known, the genre in {@code genre.txt}.
 * Everything else is left alone. A candidate is the same in all songs when its file's name is.
 *
 * @param files that were found, in the order of their names
 * @param candidates {@code ai} and {@code mix} first, then the files
 */
public record SongFolder(
        Path folder,
        Path mix,
        Optional<String> genre,
        List<Path> files,
        List<CandidateChoice> candidates) {
    private static final String GENRE = "genre.txt";
    private static final Set<String> AUDIO =
            Set.of(
                    "wav", "wave", "aif", "aiff", "flac", "alac", "m4a", "mp3", "aac", "ogg",
                    "opus");
    private static final Set<String> PLANS = Set.of("yaml", "yml");

    public SongFolder {
        files = List.copyOf(files);
        candidates = List.copyOf(candidates);
    }

    /** Folders in a folder, in the order of their names, without hidden ones. */
    public static List<Path> in(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !nameOf(entry).startsWith("."))
                    .sorted((a, b) -> nameOf(a).compareTo(nameOf(b)))
                    .toList();
        }
    }

    /**
     * @throws FailureException when there is not exactly one mix
     */
    public static SongFolder read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files =
                    entries.filter(Files::isRegularFile)
                            .filter(entry -> !nameOf(entry).startsWith("."))
                            .filter(SongFolder::matters)
                            .sorted((a, b) -> nameOf(a).compareTo(nameOf(b)))
                            .toList();
        }
        List<Path> mixes = files.stream().filter(SongFolder::isMix).toList();
        if (mixes.size() != 1) {
            String found = mixes.isEmpty() ? "no mix.wav" : mixes.size() + " files named mix";
            throw new FailureException(
                    new Failure.UnsupportedInput(
                            folder, "it holds " + found + "; one song is one folder with one mix"));
        }
        List<CandidateChoice> candidates =
                new ArrayList<>(List.of(new CandidateChoice.Ai(), new CandidateChoice.Mix()));
        for (Path file : files) {
            if (PLANS.contains(extensionOf(file))) {
                candidates.add(new CandidateChoice.Plan(file));
            } else if (AUDIO.contains(extensionOf(file)) && !isMix(file)) {
                candidates.add(new CandidateChoice.Master(file));
            }
        }
        return new SongFolder(folder, mixes.getFirst(), genre(folder), files, candidates);
    }

    private static Optional<String> genre(Path folder) throws IOException {
        Path file = folder.resolve(GENRE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file, StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static boolean matters(Path file) {
        String extension = extensionOf(file);
        return AUDIO.contains(extension) || PLANS.contains(extension) || nameOf(file).equals(GENRE);
    }

    private static boolean isMix(Path file) {
        return AUDIO.contains(extensionOf(file))
                && nameOf(file).toLowerCase(Locale.ROOT).startsWith("mix.");
    }

    private static String extensionOf(Path file) {
        String name = nameOf(file);
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String nameOf(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
