// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Decibels;

import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Reads peaks, makes a gain of them, and applies it to the audio delayed by as much as that took.
 *
 * <p>Fully linked channels share one gain. Otherwise each has its own, made from its own peak moved
 * towards the highest of all channels by the share of the link; since that is never below its own
 * peak, the ceiling holds at every link.
 */
final class LimiterPass implements LimiterStep {
    private static final int METER_PERIOD = 64;

    private final LinkedGain[] gains;
    private final double link;
    private final double drive;
    private final double limit;
    private final FrameDelay delay;
    private final int latency;

    /** Peaks of a group of channels that share a gain; then that gain. */
    private static final class LinkedGain {
        private final PeakEnvelope envelope;
        private final GainCurve curve;
        private final double[] peaks;
        private final ReductionMeter reduction = new ReductionMeter();
        private int untilMetered;

        LinkedGain(PeakEnvelope envelope, GainCurve curve) {
            this.envelope = envelope;
            this.curve = curve;
            this.peaks = new double[envelope.maxFrames()];
        }

        private void meter(double gain) {
            if (untilMetered == 0) {
                untilMetered = METER_PERIOD;
                reduction.add(-Decibels.fromGain(gain));
            }
            untilMetered--;
        }

        private void reset() {
            envelope.reset();
            curve.reset();
            reduction.reset();
            untilMetered = 0;
        }
    }

    /**
     * @param link 0 to 1
     * @param envelopes makes one for so many channels
     */
    LimiterPass(
            IntFunction<PeakEnvelope> envelopes,
            Supplier<GainCurve> curves,
            double drive,
            double ceiling,
            double link,
            int channels) {
        boolean shared = link == 1.0 || channels == 1;
        this.gains = new LinkedGain[shared ? 1 : channels];
        for (int g = 0; g < gains.length; g++) {
            gains[g] = new LinkedGain(envelopes.apply(shared ? channels : 1), curves.get());
        }
        this.link = link;
        this.drive = drive;
        this.limit = ceiling / drive;
        this.latency = gains[0].envelope.latencyFrames() + gains[0].curve.latencyFrames();
        this.delay = new FrameDelay(channels, latency);
    }

    @Override
    public int latencyFrames() {
        return latency;
    }

    @Override
    public void process(AudioBlock block, int start, int count) {
        for (int g = 0; g < gains.length; g++) {
            gains[g].envelope.process(block, g, start, count, gains[g].peaks);
        }
        if (gains.length > 1 && link > 0.0) {
            linkPeaks(count);
        }
        int channelsOfGain = block.channels() / gains.length;
        for (int g = 0; g < gains.length; g++) {
            boolean acts = turn(gains[g], count);
            for (int c = g; c < g + channelsOfGain; c++) {
                float[] samples = block.channel(c);
                delay.process(c, samples, start, count);
                if (acts) {
                    double[] factors = gains[g].peaks;
                    for (int i = 0; i < count; i++) {
                        samples[start + i] = (float) (samples[start + i] * factors[i]);
                    }
                }
            }
        }
    }

    private void linkPeaks(int count) {
        for (int i = 0; i < count; i++) {
            double highest = 0.0;
            for (LinkedGain gain : gains) {
                highest = Math.max(highest, gain.peaks[i]);
            }
            for (LinkedGain gain : gains) {
                gain.peaks[i] += link * (highest - gain.peaks[i]);
            }
        }
    }

    /** Replaces the peaks by gains, drive included; or leaves them when the gain stays 1. */
    private boolean turn(LinkedGain gain, int count) {
        double[] peaks = gain.peaks;
        if (drive == 1.0 && gain.curve.idle() && largest(peaks, count) <= limit) {
            gain.curve.skip(peaks[count - 1]);
            for (int i = 0; i < count; i++) {
                gain.meter(1.0);
            }
            return false;
        }
        for (int i = 0; i < count; i++) {
            double factor = gain.curve.next(peaks[i], limit);
            gain.meter(factor);
            peaks[i] = factor * drive;
        }
        return true;
    }

    private static double largest(double[] peaks, int count) {
        double largest = 0.0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, peaks[i]);
        }
        return largest;
    }

    /** Of the channel that was turned down most. */
    GainReduction reduction() {
        GainReduction most = gains[0].reduction.result();
        for (LinkedGain gain : gains) {
            GainReduction result = gain.reduction.result();
            most = result.meanDb() > most.meanDb() ? result : most;
        }
        return most;
    }

    @Override
    public void reset() {
        for (LinkedGain gain : gains) {
            gain.reset();
        }
        delay.reset();
    }
}
