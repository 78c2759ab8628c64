// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.AudioSpool;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Decoded songs for previews, and what stretches of them measured before a change. */
final class Previews implements AutoCloseable {
    private static final int SONGS = 2;
    private static final int FIGURES = 64;
    private static final int BLOCK = 8_192;

    private final long memoryLimitBytes = Runtime.getRuntime().maxMemory() / 8;
    private final Map<String, AudioSpool> spools = new LinkedHashMap<>(8, 0.75f, true);
    private final Map<String, Double> loudness =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Double> eldest) {
                    return size() > FIGURES;
                }
            };

    /** Loudness by plan and stretch. */
    Map<String, Double> loudness() {
        return loudness;
    }

    /** From here, or decoded now. */
    AudioSpool song(JsonNode reference, Ticker ticker) throws IOException {
        String id = reference.path("id").asString();
        AudioSpool known = spools.get(id);
        if (known != null) {
            return known;
        }
        while (spools.size() >= SONGS) {
            Iterator<AudioSpool> oldest = spools.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
        AudioSpool spool = decode(Path.of(reference.path("file").asString()), ticker);
        spools.put(id, spool);
        return spool;
    }

    private AudioSpool decode(Path file, Ticker ticker) throws IOException {
        try (AudioReader reader = AudioReader.open(file)) {
            AudioSpool spool = new AudioSpool(reader.format(), memoryLimitBytes);
            boolean complete = false;
            try {
                AudioBlock block = new AudioBlock(reader.format().channels(), BLOCK);
                while (reader.read(block) > 0) {
                    spool.write(block);
                    ticker.stage("read").at(0.0);
                }
                spool.finish();
                complete = true;
                return spool;
            } finally {
                if (!complete) {
                    spool.close();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (AudioSpool spool : spools.values()) {
            spool.close();
        }
        spools.clear();
    }
}
