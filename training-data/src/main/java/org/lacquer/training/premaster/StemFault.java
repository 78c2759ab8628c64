// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.Decibels;
import org.lacquer.training.faults.Draws;

/**
 * What is wrong with one stem of a mix.
 *
 * <p>Signal path: dynamics → tone → width → tail → level.
 *
 * @param levelDb too loud or too quiet
 * @param sideDb of the stem's own side
 * @param pan −1 to 1; moves the stem by turning both channels' gains, 0 leaves it
 * @param reverbDb level of a tail under the stem; no tail at −60 and below
 * @param decaySeconds of that tail
 */
public record StemFault(
        double levelDb,
        StemEq eq,
        StemDynamics dynamics,
        double sideDb,
        double pan,
        double reverbDb,
        double decaySeconds) {
    private static final double NO_TAIL_DB = -60.0;

    /** Changes nothing. */
    public static final StemFault NONE =
            new StemFault(0.0, StemEq.NONE, StemDynamics.NONE, 0.0, 0.0, NO_TAIL_DB, 1.0);

    /** A fault such as people make; {@code taste} tells which way dynamics go wrong, if at all. */
    static StemFault draw(Role role, MixFault.Taste taste, double severity, Draws draws) {
        double level = severity * draws.normal(0.0, role == Role.BASS ? 4.0 : 3.0);
        StemEq eq = draws.chance(0.6) ? StemEq.draw(draws) : StemEq.NONE;
        StemDynamics dynamics =
                taste != MixFault.Taste.NEUTRAL && draws.chance(0.6)
                        ? StemDynamics.draw(taste == MixFault.Taste.SQUASHED, draws)
                        : StemDynamics.NONE;
        double side = draws.chance(0.4) ? draws.normal(0.0, 4.0) : 0.0;
        boolean steady = role == Role.BASS || role == Role.DRUMS;
        double pan = !steady && draws.chance(0.4) ? draws.uniform(-0.7, 0.7) : 0.0;
        boolean wet = draws.chance(role == Role.BASS ? 0.1 : 0.3);
        double reverb = wet ? draws.uniform(-16.0, -3.0) : NO_TAIL_DB;
        return new StemFault(
                clip(level, -9.0, 9.0),
                eq,
                dynamics,
                clip(side, -10.0, 6.0),
                pan,
                reverb,
                draws.uniform(0.5, 2.2));
    }

    /**
     * @param seed of the tail's noise
     */
    float[][] apply(float[][] clip, long seed) {
        float[][] shaped = eq.apply(dynamics.apply(clip));
        @Nullable float[][] tail =
                reverbDb > NO_TAIL_DB
                        ? new Room(decaySeconds, 18.0, seed).tail(shaped, reverbDb)
                        : null;
        double gain = Decibels.toGain(levelDb);
        double sideGain = Decibels.toGain(sideDb);
        double angle = 0.25 * StrictMath.PI * (1.0 + pan);
        double left = gain * StrictMath.sqrt(2.0) * StrictMath.cos(angle);
        double right = gain * StrictMath.sqrt(2.0) * StrictMath.sin(angle);
        if (pan == 0.0) {
            left = gain;
            right = gain;
        }
        int frames = clip[0].length;
        float[][] out = new float[2][frames];
        for (int i = 0; i < frames; i++) {
            double mid = 0.5 * ((double) shaped[0][i] + shaped[1][i]);
            double side = sideGain * 0.5 * ((double) shaped[0][i] - shaped[1][i]);
            double wetLeft = tail == null ? 0.0 : gain * tail[0][i];
            double wetRight = tail == null ? 0.0 : gain * tail[1][i];
            out[0][i] = (float) (left * (mid + side) + wetLeft);
            out[1][i] = (float) (right * (mid - side) + wetRight);
        }
        return out;
    }

    private static double clip(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }
}
