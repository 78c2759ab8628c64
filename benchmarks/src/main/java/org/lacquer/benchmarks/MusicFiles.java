// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Music in folders. */
final class MusicFiles {
    private static final List<String> ENDINGS =
            List.of(".ogg", ".opus", ".mp3", ".flac", ".wav", ".aiff", ".m4a");

    private MusicFiles() {}

    /**
     * @param name the folder within the folder that was given, and the file
     */
    record Track(Path file, String name) {}

    /** The first file of each folder within {@code folders}, then the second, and so on. */
    static List<Track> byTurns(List<Path> folders) throws IOException {
        Map<String, List<Track>> groups = new TreeMap<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(MusicFiles::isAudio).sorted().toList()) {
                    Path inside = folder.relativize(file);
                    String group = inside.getName(0).toString();
                    groups.computeIfAbsent(group, name -> new ArrayList<>())
                            .add(new Track(file, group + ": " + file.getFileName()));
                }
            }
        }
        List<Track> ordered = new ArrayList<>();
        for (int turn = 0; ; turn++) {
            int before = ordered.size();
            for (List<Track> group : groups.values()) {
                if (turn < group.size()) {
                    ordered.add(group.get(turn));
                }
            }
            if (ordered.size() == before) {
                return ordered;
            }
        }
    }

    private static boolean isAudio(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
    }
}
