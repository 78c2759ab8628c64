// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import java.util.List;

/**
 * One part of a song.
 *
 * @param samples left and right; all stems of a song are equally long
 */
public record Stem(String name, Role role, float[][] samples) {
    /** Every stem is rendered at this rate. */
    public static final int RATE_HZ = 44_100;

    /** The same part with other audio. */
    Stem with(float[][] audio) {
        return new Stem(name, role, audio);
    }

    /** All parts together, added in their order in double precision. */
    public static float[][] sum(List<Stem> stems) {
        int frames = stems.getFirst().samples()[0].length;
        float[][] out = new float[2][frames];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < frames; i++) {
                double sum = 0.0;
                for (Stem stem : stems) {
                    sum += stem.samples()[c][i];
                }
                out[c][i] = (float) sum;
            }
        }
        return out;
    }

    /** Mean square of both channels. */
    double power() {
        double sum = 0.0;
        for (float[] channel : samples) {
            for (float sample : channel) {
                sum += (double) sample * sample;
            }
        }
        return sum / (2.0 * Math.max(1, samples[0].length));
    }
}
