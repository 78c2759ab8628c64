// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

/**
 * How far a master was from its mix, and how far it is from what the recovered plan makes of it.
 *
 * @param toneBeforeDb root mean square of the difference of the spectra, level aside
 * @param toneDb the same after the plan
 * @param movementBeforeDb root mean square of the gain's movement in bass, middle and treble
 * @param movementDb the same after the plan
 * @param levelDb how much louder the master still is
 * @param residualBeforeDb power that no steady filter and no moving gain explains, over that of the
 *     master ({@code Difference})
 * @param residualDb the same after the plan; saturation that was found is gone from it
 */
public record Leftover(
        double toneBeforeDb,
        double toneDb,
        double movementBeforeDb,
        double movementDb,
        double levelDb,
        double residualBeforeDb,
        double residualDb) {}
