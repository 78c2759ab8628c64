// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * Loudness figures of a stream. NaN is undefined: silence, or shorter than the window.
 *
 * @param integratedLufs ITU-R BS.1770-5, gated
 * @param loudnessRangeLu EBU Tech 3342 for files, with 1.5 s of silence appended
 * @param momentaryMaxLufs loudest 400 ms, read every 10 ms
 * @param shortTermMaxLufs loudest 3 s, read every 10 ms
 * @param momentaryLufs momentary loudness every 100 ms, at the end of its window
 * @param shortTermLufs short-term loudness every 100 ms, at the end of its window
 */
public record Loudness(
        double integratedLufs,
        double loudnessRangeLu,
        double momentaryMaxLufs,
        double shortTermMaxLufs,
        Series momentaryLufs,
        Series shortTermLufs) {

    /** How often each loudness occurs. */
    public LoudnessHistogram histogram() {
        return LoudnessHistogram.of(momentaryLufs, shortTermLufs);
    }
}
