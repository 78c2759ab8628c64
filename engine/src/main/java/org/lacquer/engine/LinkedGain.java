// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

/** Peaks of a group of channels that share a gain; then that gain. */
final class LinkedGain {
    private static final int METER_PERIOD = 64;

    private final PeakEnvelope envelope;
    private final GainCurve curve;
    private final @Nullable BassShare bassShare;
    private final @Nullable BassGain bassGain;
    private final double[] peaks;
    private final double[] shares;
    private final ReductionMeter reduction = new ReductionMeter();
    private int untilMetered;

    private LinkedGain(
            PeakEnvelope envelope,
            GainCurve curve,
            @Nullable BassShare bassShare,
            @Nullable BassGain bassGain) {
        this.envelope = envelope;
        this.curve = curve;
        this.bassShare = bassShare;
        this.bassGain = bassGain;
        this.peaks = new double[envelope.maxFrames()];
        this.shares = new double[bassShare == null ? 0 : peaks.length];
    }

    /** Short dips around what is above the limit. */
    static LinkedGain trimming(PeakEnvelope envelope, GainCurve curve) {
        return new LinkedGain(envelope, curve, null, null);
    }

    /**
     * A gain that tells bass from other peaks. Where peaks may pass it, bass is taken down after
     * all, by {@link BassGain}.
     *
     * @param ceiling at the level of the input
     * @param group format of the channels that share the gain
     */
    static LinkedGain limiting(
            PeakEnvelope envelope, LimiterSettings settings, double ceiling, StreamFormat group) {
        GainCurve curve = GainCurve.limiting(settings, group);
        BassShare share = new BassShare(group, envelope.latencyFrames(), envelope.maxFrames());
        BassGain gain =
                settings.slowReachDb() > 0.0
                        ? new BassGain(curve.latencyFrames(), settings, ceiling, group)
                        : null;
        return new LinkedGain(envelope, curve, share, gain);
    }

    int latencyFrames() {
        return (bassShare == null ? envelope.latencyFrames() : bassShare.latencyFrames())
                + curve.latencyFrames()
                + (bassGain == null ? 0 : bassGain.latencyFrames());
    }

    /** Finds the peaks of the channels from the first one on. */
    void read(AudioBlock block, int firstChannel, int start, int count) {
        envelope.process(block, firstChannel, start, count, peaks);
        if (bassShare != null) {
            bassShare.process(block, firstChannel, start, count, peaks, shares);
        }
    }

    /** After {@link #read} the peaks, after {@link #turn} the gains. */
    double[] values() {
        return peaks;
    }

    /** Replaces the peaks by gains, drive included; or leaves them when the gain stays 1. */
    boolean turn(double limit, double drive, int count) {
        if (bassShare == null) {
            return trim(limit, drive, count);
        }
        for (int i = 0; i < count; i++) {
            double peak = peaks[i];
            double gain = curve.next(peak, shares[i], limit);
            if (bassGain != null) {
                gain = bassGain.next(peak, shares[i], gain);
            }
            meter(gain);
            peaks[i] = gain * drive;
        }
        return true;
    }

    private boolean trim(double limit, double drive, int count) {
        if (drive == 1.0 && curve.idle() && largest(count) <= limit) {
            curve.skip(peaks[count - 1]);
            for (int i = 0; i < count; i++) {
                meter(1.0);
            }
            return false;
        }
        for (int i = 0; i < count; i++) {
            double gain = curve.next(peaks[i], 0.0, limit);
            meter(gain);
            peaks[i] = gain * drive;
        }
        return true;
    }

    private double largest(int count) {
        double largest = 0.0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, peaks[i]);
        }
        return largest;
    }

    private void meter(double gain) {
        if (untilMetered == 0) {
            untilMetered = METER_PERIOD;
            reduction.add(-Decibels.fromGain(gain));
        }
        untilMetered--;
    }

    GainReduction reduction() {
        return reduction.result();
    }

    void reset() {
        envelope.reset();
        curve.reset();
        if (bassShare != null) {
            bassShare.reset();
        }
        if (bassGain != null) {
            bassGain.reset();
        }
        reduction.reset();
        untilMetered = 0;
    }
}
