// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

/**
 * Mean-square detector linked over channels, static curve, gain ramp.
 *
 * <p>The detector runs at every frame: {@code e += k (p - e)} with p the mean square over channels
 * and k of attack or release. Its level meets the curve every {@value #CONTROL_MS} ms, counted from
 * the first frame of the stream, and the gain moves to the new value in a straight line over the
 * next such period: one logarithm a period instead of one a frame, inaudible since attacks are
 * slower, and independent of the block size.
 */
final class BandCompressor {
    private static final double CONTROL_MS = 0.75;
    private static final double SILENCE = 1e-20;
    private static final double SMALLEST = 1e-60;

    private final CompressorBand settings;
    private final double attack;
    private final double release;
    private final int period;
    private final double neutralGain;

    private final ReductionMeter reduction = new ReductionMeter();

    private double envelope;
    private double gain;
    private double step;
    private int untilUpdate;

    BandCompressor(CompressorBand settings, StreamFormat format) {
        this.settings = settings;
        this.attack = smoothing(settings.attackMs(), format.sampleRateHz());
        this.release = smoothing(settings.releaseMs(), format.sampleRateHz());
        this.period = (int) Math.max(1, format.framesOf(CONTROL_MS / 1_000.0));
        this.neutralGain = Decibels.toGain(settings.makeupDb());
        reset();
    }

    /** One-pole coefficient that covers 63 % of a step in the given time. */
    private static double smoothing(double timeMs, int sampleRateHz) {
        return 1.0 - StrictMath.exp(-1_000.0 / (timeMs * sampleRateHz));
    }

    void process(double[][] channels, int count) {
        if (settings.neutral()) {
            return;
        }
        double scale = 1.0 / channels.length;
        for (int i = 0; i < count; i++) {
            double power = 0.0;
            for (double[] channel : channels) {
                power += channel[i] * channel[i];
            }
            power *= scale;
            envelope += (power > envelope ? attack : release) * (power - envelope);
            envelope = envelope < SMALLEST ? 0.0 : envelope;
            if (untilUpdate == 0) {
                untilUpdate = period;
                step = (targetGain() - gain) / period;
            }
            untilUpdate--;
            gain += step;
            for (double[] channel : channels) {
                channel[i] *= gain;
            }
        }
    }

    private double targetGain() {
        if (envelope < SILENCE) {
            return neutralGain;
        }
        double gainDb = settings.gainDb(Decibels.fromPower(envelope));
        reduction.add(settings.makeupDb() - gainDb);
        return Decibels.toGain(gainDb);
    }

    /** Gain reduction so far. */
    ReductionMeter reduction() {
        return reduction;
    }

    void reset() {
        reduction.reset();
        envelope = 0.0;
        gain = neutralGain;
        step = 0.0;
        untilUpdate = 0;
    }
}
