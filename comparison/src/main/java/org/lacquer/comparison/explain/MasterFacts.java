// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.audio.BitDepth;

/**
 * What is known of a master as a file.
 *
 * @param sampleRateHz of the file
 * @param bitDepth nearest that Lacquer writes
 * @param startSeconds where the stretch that is explained begins, in the mix
 */
public record MasterFacts(
        double truePeakDbtp,
        double integratedLufs,
        int sampleRateHz,
        BitDepth bitDepth,
        double startSeconds) {}
