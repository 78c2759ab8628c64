// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/** How a file is to be written. */
public record OutputSpec(
        FileFormat fileFormat, BitDepth bitDepth, StreamFormat streamFormat, Tags tags) {
    public OutputSpec {
        Require.that(
                bitDepth.integer() || fileFormat.holdsFloat() || fileFormat.lossy(),
                "bit depth 32f needs WAV or AIFF, got " + fileFormat);
    }
}
