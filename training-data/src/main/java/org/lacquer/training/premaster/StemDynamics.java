// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import org.lacquer.audio.Decibels;
import org.lacquer.training.faults.Draws;

/**
 * A stem that somebody compressed too much, or that lacks the compression it had: a stereo-linked
 * power envelope with one-pole attack and release bends the level above a threshold; the mean power
 * stays.
 *
 * @param slope output dB per input dB above the threshold; over 1 expands
 * @param thresholdDb above the stem's mean power
 */
public record StemDynamics(double slope, double thresholdDb, double attackMs, double releaseMs) {
    private static final int STEP = 16;
    private static final double MIN_GAIN_DB = -24.0;
    private static final double MAX_GAIN_DB = 8.0;

    /** Changes nothing. */
    static final StemDynamics NONE = new StemDynamics(1.0, 0.0, 10.0, 100.0);

    /**
     * @param squashed whether the stem is compressed too much rather than too little
     */
    static StemDynamics draw(boolean squashed, Draws draws) {
        double slope = squashed ? 1.0 / draws.uniform(1.5, 6.0) : draws.uniform(1.1, 1.6);
        return new StemDynamics(
                slope,
                draws.uniform(-14.0, 0.0),
                draws.logUniform(1.0, 50.0),
                draws.logUniform(40.0, 400.0));
    }

    float[][] apply(float[][] clip) {
        double before = new Stem("", Role.OTHER, clip).power();
        if (equals(NONE) || before < 1e-14) {
            return clip;
        }
        double attack = 1.0 - StrictMath.exp(-1_000.0 / (attackMs * Stem.RATE_HZ));
        double release = 1.0 - StrictMath.exp(-1_000.0 / (releaseMs * Stem.RATE_HZ));
        double threshold = Decibels.fromPower(before) + thresholdDb;
        int frames = clip[0].length;
        float[][] out = new float[2][frames];
        double envelope = before;
        double gain = 1.0;
        for (int start = 0; start < frames; start += STEP) {
            int end = Math.min(start + STEP, frames);
            for (int i = start; i < end; i++) {
                double power =
                        0.5 * ((double) clip[0][i] * clip[0][i] + (double) clip[1][i] * clip[1][i]);
                envelope += (power > envelope ? attack : release) * (power - envelope);
            }
            double over = Decibels.fromPower(envelope + 1e-30) - threshold;
            double gainDb = over > 0.0 ? (slope - 1.0) * over : 0.0;
            double next = Decibels.toGain(Math.min(Math.max(gainDb, MIN_GAIN_DB), MAX_GAIN_DB));
            for (int i = start; i < end; i++) {
                double now = gain + (next - gain) * (i - start + 1) / STEP;
                out[0][i] = (float) (now * clip[0][i]);
                out[1][i] = (float) (now * clip[1][i]);
            }
            gain = next;
        }
        double after = new Stem("", Role.OTHER, out).power();
        double restore = StrictMath.sqrt(before / Math.max(after, 1e-30));
        for (float[] channel : out) {
            for (int i = 0; i < frames; i++) {
                channel[i] = (float) (restore * channel[i]);
            }
        }
        return out;
    }
}
