// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.training.corpus.Track;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.premaster.PremasterSong;

/**
 * Features of one rendered excerpt: the true master (variant 0) or the same excerpt with faulty
 * dynamics (variant 1 and up). Everything else a training row needs is computed from these.
 *
 * @param track path in the corpus, package first
 * @param genre name of a genre target, or {@code -}
 * @param features the feature vector
 * @param midDb third-octave powers of the mid, on the scale of the long-term spectrum
 * @param sideDb the same of the side
 */
public record BaseRow(
        String track,
        String packageName,
        String genre,
        Split split,
        int excerpt,
        int variant,
        float[] features,
        float[] midDb,
        float[] sideDb) {

    /** The same figures under the genre and the split that the manifest names today. */
    public BaseRow labelledAs(Track known) {
        return new BaseRow(
                track,
                packageName,
                known.genre(),
                known.split(),
                excerpt,
                variant,
                features,
                midDb,
                sideDb);
    }

    /** Whether its faults were made on the stems of a song rather than on a master. */
    public boolean premaster() {
        return packageName.startsWith(PremasterSong.PREFIX);
    }

    /** Which rows share the same true master. */
    public String excerptKey() {
        return track + "#" + excerpt;
    }
}
