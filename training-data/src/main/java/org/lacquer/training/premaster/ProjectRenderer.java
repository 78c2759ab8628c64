// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * LMMS projects, track by track without a screen. Each track goes through the project's effects and
 * keeps its author's level; the sum of tracks is not the project's own mix where effects of the
 * master channel are not linear.
 */
final class ProjectRenderer implements SongRenderer {
    /** Tracks beyond this are mixed into the last stem, loudest names first in file order. */
    private static final int MOST_STEMS = 16;

    private static final double READ_SECONDS = 90.0;

    @Override
    public List<Stem> render(PremasterSong song, Path files, Path scratch)
            throws IOException, InterruptedException {
        Path tracks = Files.createDirectory(scratch.resolve("tracks"));
        Tools.run(
                scratch,
                Map.of("QT_QPA_PLATFORM", "offscreen", "HOME", scratch.toString()),
                "lmms",
                List.of(
                        "lmms",
                        "--allowroot",
                        "rendertracks",
                        files.resolve(song.source()).toString(),
                        "-o",
                        tracks.toString(),
                        "-f",
                        "wav",
                        "-s",
                        Integer.toString(Stem.RATE_HZ),
                        "-a"));
        List<Path> rendered;
        try (Stream<Path> found = Files.list(tracks)) {
            rendered = found.sorted(ProjectRenderer::byNumber).toList();
        }
        List<Stem> stems = new ArrayList<>();
        for (Path file : rendered) {
            String name = String.valueOf(file.getFileName()).replaceFirst("\\.wav$", "");
            Stem stem = new Stem(name, Role.OTHER, Clips.read(file, READ_SECONDS));
            if (stem.power() <= 1e-9) {
                continue;
            }
            if (stems.size() < MOST_STEMS) {
                stems.add(stem);
            } else {
                Stem last = stems.removeLast();
                stems.add(last.with(Clips.added(last.samples(), stem.samples())));
            }
        }
        return SongRenderer.trimmed(stems);
    }

    /** Files are named NUMBER_TRACK.wav. */
    private static int byNumber(Path a, Path b) {
        return Integer.compare(number(a), number(b));
    }

    private static int number(Path file) {
        return Integer.parseInt(String.valueOf(file.getFileName()).split("_", 2)[0]);
    }
}
