// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * Peaks of all channels together.
 *
 * @param truePeakDbtp as {@link TruePeakMeter} reads it; NaN for digital silence
 * @param truePeakSeconds time of the true peak; NaN for digital silence
 * @param samplePeakDbfs largest sample; NaN for digital silence
 * @param clippedSamples samples inside clip runs
 * @param clipRuns runs of at least three equal samples at -0.1 dBFS or above, in one channel
 * @param firstClipSeconds start of the first run; NaN when there is none
 */
public record Peaks(
        double truePeakDbtp,
        double truePeakSeconds,
        double samplePeakDbfs,
        long clippedSamples,
        long clipRuns,
        double firstClipSeconds) {}
