// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Decibels;

/**
 * Reads peaks, makes a gain of them, and applies it to the audio delayed by as much as that took.
 */
final class LimiterPass {
    private static final int METER_PERIOD = 64;

    private final PeakEnvelope envelope;
    private final GainCurve curve;
    private final double drive;
    private final double limit;
    private final FrameDelay delay;
    private final double[] peaks;
    private final ReductionMeter reduction = new ReductionMeter();
    private int untilMetered;

    LimiterPass(
            PeakEnvelope envelope, GainCurve curve, double drive, double ceiling, int channels) {
        this.envelope = envelope;
        this.curve = curve;
        this.drive = drive;
        this.limit = ceiling / drive;
        this.delay = new FrameDelay(channels, envelope.latencyFrames() + curve.latencyFrames());
        this.peaks = new double[envelope.maxFrames()];
    }

    int latencyFrames() {
        return envelope.latencyFrames() + curve.latencyFrames();
    }

    void process(AudioBlock block, int start, int count) {
        envelope.process(block, start, count, peaks);
        boolean acts = drive != 1.0 || !curve.idle() || largest(count) > limit;
        if (acts) {
            gains(count);
        } else {
            curve.skip(peaks[count - 1]);
            for (int i = 0; i < count; i++) {
                meter(1.0);
            }
        }
        for (int c = 0; c < block.channels(); c++) {
            float[] samples = block.channel(c);
            delay.process(c, samples, start, count);
            if (acts) {
                for (int i = 0; i < count; i++) {
                    samples[start + i] = (float) (samples[start + i] * peaks[i]);
                }
            }
        }
    }

    /** Replaces the peaks by gains, drive included. */
    private void gains(int count) {
        for (int i = 0; i < count; i++) {
            double gain = curve.next(peaks[i], limit);
            meter(gain);
            peaks[i] = gain * drive;
        }
    }

    private void meter(double gain) {
        if (untilMetered == 0) {
            untilMetered = METER_PERIOD;
            reduction.add(-Decibels.fromGain(gain));
        }
        untilMetered--;
    }

    private double largest(int count) {
        double largest = 0.0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, peaks[i]);
        }
        return largest;
    }

    ReductionMeter reduction() {
        return reduction;
    }

    void reset() {
        envelope.reset();
        curve.reset();
        delay.reset();
        reduction.reset();
        untilMetered = 0;
    }
}
