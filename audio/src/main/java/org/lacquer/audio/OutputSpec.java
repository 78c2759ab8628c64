// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/**
 * How a file is to be written.
 *
 * @param bitRate bits a second of a lossy format, 32,000 to 512,000; 0 for the format's usual one
 */
public record OutputSpec(
        FileFormat fileFormat,
        BitDepth bitDepth,
        StreamFormat streamFormat,
        Tags tags,
        int bitRate) {
    /** With the format's usual bit rate. */
    public OutputSpec(
            FileFormat fileFormat, BitDepth bitDepth, StreamFormat streamFormat, Tags tags) {
        this(fileFormat, bitDepth, streamFormat, tags, 0);
    }

    public OutputSpec {
        Require.that(
                bitRate == 0 || fileFormat.lossy() && bitRate >= 32_000 && bitRate <= 512_000,
                "bitRate is for lossy formats, 32000 to 512000 bits a second, got " + bitRate);
        Require.that(
                bitDepth.integer() || fileFormat.holdsFloat() || fileFormat.lossy(),
                "bit depth 32f needs WAV or AIFF, got " + fileFormat);
    }
}
