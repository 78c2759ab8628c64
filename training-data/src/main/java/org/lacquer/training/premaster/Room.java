// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import org.lacquer.audio.Decibels;
import org.lacquer.training.faults.Draws;

/**
 * A room of decaying noise: h(t) = n(t) · 10^(−3 t / T60) after a gap, with noise of its own in
 * each ear (Moorer, About this reverberation business, 1979). Highs decay faster: the noise goes
 * through a one-pole low-pass whose corner falls with time.
 *
 * @param decaySeconds time in which the tail falls by 60 dB
 * @param gapMs silence between the sound and its tail
 */
record Room(double decaySeconds, double gapMs, long seed) {
    private static final double FIRST_CORNER_HZ = 9_000.0;
    private static final double LAST_CORNER_HZ = 1_500.0;

    /** The tail alone, without the dry sound, at a level under the dry sound's. */
    float[][] tail(float[][] dry, double levelDb) {
        float[] mid = new float[dry[0].length];
        for (int i = 0; i < mid.length; i++) {
            mid[i] = 0.5f * (dry[0][i] + dry[1][i]);
        }
        float[][] wet = new float[2][];
        for (int c = 0; c < 2; c++) {
            wet[c] = new Convolver(response(c)).apply(mid, 0);
        }
        double source = power(dry);
        double gain =
                Decibels.toGain(levelDb) * StrictMath.sqrt(source / Math.max(power(wet), 1e-30));
        for (float[] channel : wet) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = (float) (gain * channel[i]);
            }
        }
        return wet;
    }

    private double[] response(int channel) {
        Draws draws = new Draws(seed + 7919L * channel);
        int gap = (int) (gapMs * Stem.RATE_HZ / 1_000.0);
        int length = (int) (decaySeconds * Stem.RATE_HZ);
        double[] response = new double[gap + length];
        double perFrame = StrictMath.pow(10.0, -3.0 / length);
        double level = 1.0;
        double state = 0.0;
        double pole = 0.0;
        for (int i = 0; i < length; i++) {
            if (i % 64 == 0) {
                double share = (double) i / length;
                double hz = FIRST_CORNER_HZ + share * (LAST_CORNER_HZ - FIRST_CORNER_HZ);
                pole = StrictMath.exp(-2.0 * StrictMath.PI * hz / Stem.RATE_HZ);
            }
            state = (1.0 - pole) * draws.uniform(-1.0, 1.0) + pole * state;
            response[gap + i] = level * state;
            level *= perFrame;
        }
        return response;
    }

    private static double power(float[][] clip) {
        return new Stem("", Role.OTHER, clip).power();
    }
}
