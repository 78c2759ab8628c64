// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.lacquer.inference.Mastered;
import org.lacquer.inference.Masterer;
import org.lacquer.inference.Song;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.Map;

/**
 * What a task has at hand.
 *
 * @param masterer with the model loaded
 * @param longestSeconds of a song
 * @param made the last masters by key, as people see them named
 */
record Desk(
        Reports reports,
        Masterer masterer,
        Songs songs,
        Previews previews,
        double longestSeconds,
        Map<String, Mastered> made,
        Ticker ticker) {
    /** The song that a request names under {@code song}. */
    Song song(JsonNode request) throws IOException {
        return songs.get(request.path("song"), masterer, ticker);
    }
}
