// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/**
 * What a file says of itself.
 *
 * @param container FFmpeg's short name, for instance {@code flac}
 * @param codec FFmpeg's codec name, for instance {@code pcm_s24le}
 * @param bitDepth bits of a stored sample, 0 for lossy codecs
 * @param lossy whether the codec throws information away
 * @param declaredFrames length that the header promises, -1 when it does not say
 * @param tags text and cover
 */
public record SourceInfo(
        String container,
        String codec,
        int bitDepth,
        boolean lossy,
        long declaredFrames,
        Tags tags) {}
