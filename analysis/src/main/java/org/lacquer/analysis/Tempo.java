// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * Estimate of a steady beat.
 *
 * @param bpm beats a minute, 40 to 240; NaN when there is no clear beat
 * @param confidence mean correlation of the onsets with themselves one to eight beats later, 0 to
 *     1; NaN when there are not enough onsets to tell
 */
public record Tempo(double bpm, double confidence) {
    /** Nothing to measure. */
    public static final Tempo NONE = new Tempo(Double.NaN, Double.NaN);
}
