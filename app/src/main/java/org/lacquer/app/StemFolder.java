// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which audio files of a folder are stems, and which is the mix.
 *
 * @param stems in order of their names
 * @param mix given, or told by its name: mix, rough, master and the like, else ref; null when none
 *     is
 * @param aside further mixes and references, which are no stems
 */
record StemFolder(Path folder, List<Path> stems, @Nullable Path mix, List<Path> aside) {
    private static final Set<String> EXTENSIONS =
            Set.of(
                    "wav", "wave", "w64", "rf64", "bwf", "aif", "aiff", "aifc", "caf", "flac",
                    "alac", "m4a", "mp3", "aac", "ogg", "opus", "wv");

    /** A whole word, digits and signs around it. */
    private static final Pattern MIX =
            Pattern.compile(
                    "(?<![a-z])(mix|mixdown|roughmix|rough|premaster|master|bounce|2mix)(?![a-z])");

    private static final Pattern REFERENCE =
            Pattern.compile("(?<![a-z])(ref|reference|references)(?![a-z])");

    StemFolder {
        stems = List.copyOf(stems);
        aside = List.copyOf(aside);
    }

    /**
     * @param given the mix, which may lie elsewhere
     * @throws UsageException when there are no stems
     */
    static StemFolder of(Path folder, Optional<Path> given) throws IOException {
        List<Path> stems = new ArrayList<>();
        List<Path> mixes = new ArrayList<>();
        List<Path> references = new ArrayList<>();
        for (Path file : audioFiles(folder)) {
            String name = Formats.nameOf(file).toLowerCase(Locale.ROOT);
            if (given.isPresent() && Files.isSameFile(file, given.get())) {
                continue;
            }
            if (MIX.matcher(name).find()) {
                mixes.add(file);
            } else if (REFERENCE.matcher(name).find()) {
                references.add(file);
            } else {
                stems.add(file);
            }
        }
        if (stems.isEmpty()) {
            throw new UsageException(folder + " holds no stems; put audio files into it");
        }
        List<Path> aside = new ArrayList<>(mixes);
        aside.addAll(references);
        Path mix = given.orElse(aside.isEmpty() ? null : aside.getFirst());
        aside.remove(mix);
        return new StemFolder(folder, stems, mix, aside);
    }

    private static List<Path> audioFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).filter(StemFolder::isAudio).sorted().toList();
        }
    }

    private static boolean isAudio(Path file) {
        String name = Formats.nameOf(file).toLowerCase(Locale.ROOT);
        return !name.startsWith(".")
                && EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
    }
}
