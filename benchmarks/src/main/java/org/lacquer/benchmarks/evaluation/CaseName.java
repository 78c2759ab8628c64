// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.training.corpus.Track;

/**
 * Which master is spoiled, and how.
 *
 * @param draw which of several faults of the family
 */
record CaseName(Track track, Family family, int draw) {
    /** Names the case among all, and seeds its draws. */
    String key() {
        return track.key() + "#" + family + "#" + draw;
    }
}
