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
        Song known = songs.get(id);
        if (known != null) {
            ticker.measuredBefore();
            return known;
        }
        while (songs.size() >= KEPT) {
            Iterator<Song> oldest = songs.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
        Song song = masterer.read(Path.of(reference.path("file").asString()), ticker);
        songs.put(id, song);
        return song;
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
