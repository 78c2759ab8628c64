// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.inference.Masterer;
import org.lacquer.inference.Song;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The songs that were worked on last, decoded and measured. */
final class Songs implements AutoCloseable {
    private static final int KEPT = 2;

    private final Map<String, Song> songs = new LinkedHashMap<>(8, 0.75f, true);

    /** From here, or read and measured now. */
    Song get(JsonNode reference, Masterer masterer, Ticker ticker) throws IOException {
        String id = reference.path("id").asString();
        Path file = Path.of(reference.path("file").asString());
        Song known = songs.get(id);
        if (known != null) {
            ticker.measuredBefore();
            // A mix of stems is measured before it has its place.
            return known.file().equals(file) ? known : moved(id, known, file);
        }
        while (songs.size() >= KEPT) {
            Iterator<Song> oldest = songs.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
        Song song = masterer.read(file, ticker);
        songs.put(id, song);
        return song;
    }

    private Song moved(String id, Song known, Path file) {
        Song moved = known.movedTo(file);
        songs.put(id, moved);
        return moved;
    }

    /** Ids of what is here. */
    List<String> ids() {
        return new ArrayList<>(songs.keySet());
    }

    @Override
    public void close() throws IOException {
        for (Song song : songs.values()) {
            song.close();
        }
        songs.clear();
    }
}
