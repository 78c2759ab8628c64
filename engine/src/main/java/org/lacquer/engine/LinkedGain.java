// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/** Peaks of a group of channels that share a gain; then that gain. */
final class LinkedGain {
    private static final int METER_PERIOD = 64;

    private final PeakEnvelope envelope;
    private final GainCurve curve;
    private final @Nullable BassShare bassShare;
    private final @Nullable BassGain bassGain;
    private final double[] peaks;
    private final double[] shares;
    private final double[] gains;
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
        this.gains = new double[peaks.length];
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
        GainCurve curve = GainCurve.limiting(settings, group, envelope.maxFrames());
        BassShare share = new BassShare(group, envelope.latencyFrames(), envelope.maxFrames());
        BassGain gain =
                settings.slowReachDb() > 0.0
                        ? new BassGain(
                                curve.latencyFrames(),
                                settings,
                                ceiling,
                                group,
                                envelope.maxFrames())
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

    /** The peaks that {@link #read} found. */
    double[] peaks() {
        return peaks;
    }

    /** After {@link #turn}. */
    double[] gains() {
        return gains;
    }

    /** Makes gains of the peaks, drive included; or says that the gain stays 1. */
    boolean turn(double limit, double drive, int count) {
        if (bassShare == null
                && drive == 1.0
                && curve.idle()
                && GainCurve.below(peaks, limit, count)) {
            curve.skip(peaks[count - 1]);
            Arrays.fill(gains, 0, count, 1.0);
            meter(count);
            return false;
        }
        curve.process(peaks, shares, limit, gains, count);
        if (bassGain != null) {
            bassGain.process(peaks, shares, gains, count);
        }
        meter(count);
        if (drive != 1.0) {
            for (int i = 0; i < count; i++) {
                gains[i] *= drive;
            }
        }
        return true;
    }

    private void meter(int count) {
        int frame = untilMetered;
        for (; frame < count; frame += METER_PERIOD) {
            double gain = gains[frame];
            reduction.add(gain == 1.0 ? 0.0 : -Decibels.fromGain(gain));
        }
        untilMetered = frame - count;
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
