// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.util.List;

/**
 * How much a stage turned down, in dB, positive numbers.
 *
 * @param meanDb over the time in which the stage heard something
 * @param activeMeanDb over the time in which it turned down by more than 0.1 dB; 0 when it never
 *     did
 * @param maxDb at the worst moment
 * @param activeShare share of the time in which it turned down by more than 0.1 dB
 * @param courseDb the most in each of even steps from the stream's start
 * @param stepShare share of the stream that a step covers
 */
public record GainReduction(
        double meanDb,
        double activeMeanDb,
        double maxDb,
        double activeShare,
        List<Double> courseDb,
        double stepShare) {
    public GainReduction {
        courseDb = List.copyOf(courseDb);
    }
}
