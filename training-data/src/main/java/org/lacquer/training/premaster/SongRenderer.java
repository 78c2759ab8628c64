// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Renders a song part by part. */
interface SongRenderer {
    /** Length of a song, seconds; shorter songs stay as they are. */
    double SECONDS = 45.0;

    /** Less than this is no song, seconds. */
    double MIN_SECONDS = 20.0;

    /**
     * The parts of a song, dry and at the levels of their source.
     *
     * @param files folder of the song's unpacked package
     * @param scratch an empty folder
     */
    List<Stem> render(PremasterSong song, Path files, Path scratch)
            throws IOException, InterruptedException;

    /** Without silent parts, from the first sound of any part on, all of one length. */
    static List<Stem> trimmed(List<Stem> parts) throws IOException {
        List<Stem> heard = parts.stream().filter(part -> part.power() > 1e-9).toList();
        if (heard.isEmpty()) {
            throw new IOException("nothing sounds");
        }
        int start = Integer.MAX_VALUE;
        int end = 0;
        for (Stem part : heard) {
            float[][] x = part.samples();
            end = Math.max(end, x[0].length);
            int first = 0;
            while (first < x[0].length && Math.abs(x[0][first]) + Math.abs(x[1][first]) < 1e-4) {
                first++;
            }
            start = Math.min(start, first);
        }
        int frames = Math.min(end - start, (int) (SECONDS * Stem.RATE_HZ));
        if (frames < MIN_SECONDS * Stem.RATE_HZ) {
            throw new IOException("shorter than " + MIN_SECONDS + " s");
        }
        List<Stem> out = new ArrayList<>();
        for (Stem part : heard) {
            out.add(part.with(Clips.cut(part.samples(), start, frames)));
        }
        return out;
    }
}
