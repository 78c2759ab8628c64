// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * What was done to a recording beyond a steady filter: a reference and what became of it, as {@link
 * DifferenceMeter} compares them. NaN is undefined: silence, or shorter than three seconds.
 *
 * @param residualDb K-weighted power of what neither a filter that stands still for three seconds
 *     nor a gain that moves with the music can explain (distortion, clipping, noise, artefacts of
 *     codecs), over the power of the processed recording; -120 when there is nothing. Filters of
 *     high Q leave some of their ringing in it: -45 dB is as good as none
 * @param worstResidualDb the same in the three seconds where it is largest, of those at most 20 dB
 *     below the loudest
 * @param worstSeconds where that is
 * @param gainMovementDb root mean square of the gain's movement around its mean over three seconds:
 *     compression and pumping
 * @param transientChangeDb median change of how far the onsets stand out of what was before them;
 *     negative when attacks were softened
 */
public record Difference(
        double residualDb,
        double worstResidualDb,
        double worstSeconds,
        double gainMovementDb,
        double transientChangeDb) {
    /** Nothing to compare. */
    public static final Difference UNDEFINED =
            new Difference(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
