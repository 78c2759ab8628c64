// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.audio.AudioClip;

import java.io.IOException;
import java.nio.file.Path;

/** Turns a file into stereo audio in memory. */
@FunctionalInterface
public interface TrackDecoder {
    /**
     * @param maxSeconds audio beyond this is left out
     */
    AudioClip decode(Path file, double maxSeconds) throws IOException;
}
