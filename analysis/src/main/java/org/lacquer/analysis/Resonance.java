// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * A narrow peak of the spectrum that stays while the music around it changes.
 *
 * @param frequencyHz its top
 * @param excessDb how far the prominence that it keeps (mean of the 5th, 10th and 25th percentile
 *     over time) lies above what is usual in the octave around it
 * @param q frequency over the width at which the mean spectrum has fallen 3 dB from the top
 * @param share share of the sounding time in which it stands out, 0 to 1
 * @param firstSeconds where it first stands out
 */
public record Resonance(
        double frequencyHz, double excessDb, double q, double share, double firstSeconds) {}
