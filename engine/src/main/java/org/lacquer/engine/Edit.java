// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Require;

/**
 * A change to the beginning or the end of a master.
 *
 * @param seconds 0 to 3,600 s
 */
public record Edit(Kind kind, double seconds) {
    /** What is changed. */
    public enum Kind {
        /** Leaves out the beginning of the mix; the stages never hear it. */
        TRIM_START,
        /** Leaves out the end of the mix. */
        TRIM_END,
        /** Raises the level from silence, behind the limiter: half a period of a raised cosine. */
        FADE_IN,
        /** Lowers the level to silence, in the same way. */
        FADE_OUT,
        /** Puts silence in front of the master. */
        LEADING_SILENCE,
        /** Puts silence behind the master. */
        TRAILING_SILENCE
    }

    public Edit {
        Require.inRange("seconds", seconds, 0.0, 3_600.0, "s");
    }
}
