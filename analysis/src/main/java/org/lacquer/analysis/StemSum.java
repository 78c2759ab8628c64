// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.List;

/**
 * What a set of stems gives when all play together from the same first frame.
 *
 * @param truePeakDbtp of the sum; NaN for digital silence
 * @param truePeakSeconds where; NaN for digital silence
 * @param copies pairs of stems with the same sound
 * @param match the sum against the mix; {@link Match#NONE} without a mix
 */
public record StemSum(double truePeakDbtp, double truePeakSeconds, List<Copy> copies, Match match) {

    public StemSum {
        copies = List.copyOf(copies);
    }

    /**
     * Two stems that differ by a gain only: what is left of one after the best gain of the other is
     * at least 40 dB below it.
     *
     * @param first index of the earlier stem
     * @param second index of the later one
     * @param gainDb level of the second against the first
     * @param inverted whether the second has the opposite polarity
     */
    public record Copy(int first, int second, double gainDb, boolean inverted) {}

    /**
     * The best match of gain · sum, delayed, with the mix: the normal equation of least squares at
     * the highest cross-correlation.
     *
     * @param residualDb what is left, against the mix; -140 at the least; NaN when one is silent
     * @param gainDb level of the mix against the sum
     * @param offsetFrames how much later the mix is
     * @param inverted whether it has the opposite polarity
     */
    public record Match(double residualDb, double gainDb, int offsetFrames, boolean inverted) {
        /** Nothing to match. */
        public static final Match NONE = new Match(Double.NaN, Double.NaN, 0, false);
    }
}
