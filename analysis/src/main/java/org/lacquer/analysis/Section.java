// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * A stretch of at least four seconds that differs from its neighbours in loudness or colour.
 * Sections follow each other without a gap and cover the whole stream.
 *
 * @param startSeconds where it begins
 * @param endSeconds where it ends
 * @param loudnessLufs loudness of the whole stretch, not gated; NaN for digital silence
 * @param level how loud it is beside the loudest section
 * @param place where it stands in the song
 */
public record Section(
        double startSeconds, double endSeconds, double loudnessLufs, Level level, Place place) {

    /** Loudness beside the loudest section. */
    public enum Level {
        /** At or below -70 LUFS. */
        SILENT,
        /** More than 7 LU below the loudest. */
        QUIET,
        /** Between quiet and loud. */
        MEDIUM,
        /** At most 2.5 LU below the loudest. */
        LOUD
    }

    /** Place in the song. */
    public enum Place {
        /** Before the first loud section, in the first quarter. */
        INTRO,
        /** All the rest. */
        BODY,
        /** After the last loud section, in the last quarter. */
        OUTRO
    }

    public double lengthSeconds() {
        return endSeconds - startSeconds;
    }
}
