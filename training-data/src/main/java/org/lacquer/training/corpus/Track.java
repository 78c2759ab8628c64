// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.corpus;

import java.nio.file.Path;

/**
 * One track of the corpus.
 *
 * @param file path inside the package; {@code ARCHIVE!/FILE} for a file inside an archive
 * @param licence as matched automatically in the package's copyright file
 * @param genre name of a genre target, or {@code -}
 */
public record Track(
        Split split,
        String packageName,
        String file,
        String artist,
        String title,
        double seconds,
        String licence,
        String genre,
        double loudnessLufs,
        double sideMidDb,
        double bandwidthHz) {

    /** What a track may be used for. */
    public enum Split {
        TRAIN,
        CALIBRATION,
        TEST
    }

    /** Stereo, long enough, wide enough in frequency and loud enough to learn from. */
    public boolean usable() {
        return seconds >= 60.0
                && bandwidthHz >= 14_000.0
                && loudnessLufs >= -28.0
                && sideMidDb >= -40.0;
    }

    /** Package and file: what names the track in the cache and in all draws. */
    public String key() {
        return packageName + "/" + file;
    }

    /** Where the file lies once the package is unpacked under {@code root}. */
    public Path under(Path root) {
        return root.resolve(packageName).resolve(file.replace("!/", ".d/"));
    }

    /** The archive inside the package that holds the file, or the file itself. */
    public String packagedFile() {
        int cut = file.indexOf("!/");
        return cut < 0 ? file : file.substring(0, cut);
    }
}
