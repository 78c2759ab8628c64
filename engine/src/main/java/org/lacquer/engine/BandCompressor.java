// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/**
 * Mean-square detector, static curve, gain ramp.
 *
 * <p>The detector runs at every frame: {@code e += k (p - e)} with p the mean square over channels
 * (with a link below 100 %, a mixture of it and the channel's own square) and k of attack while p
 * exceeds e, else of release. Its level meets the curve every {@value #CONTROL_MS} ms, counted from
 * the first frame of the stream, and the gain moves to the new value in a straight line over the
 * next such period: one logarithm a period instead of one a frame, inaudible since attacks are
 * slower, and independent of the block size.
 */
final class BandCompressor implements BandStage {
    private static final double CONTROL_MS = 0.75;
    private static final double SILENCE_DB = -200.0;
    private static final double SMALLEST = 1e-60;

    /** Surely above {@link #SILENCE_DB}. */
    private static final double AUDIBLE = 2e-20;

    private final CompressorBand settings;
    private final double link;
    private final int period;

    /** {@code k (p - e)} without a branch: {@code centre (p - e) + spread |p - e|}. */
    private final double centre;

    private final double spread;

    /** (k + 1) / period: the course of a ramp. */
    private final double[] course;

    /** Below this power the curve does nothing: neither logarithm nor power is needed. */
    private final double restingPower;

    private final double restingGain;

    private final double[] powers = new double[BandChain.CHUNK];

    /** readings[detector]: envelopes at the updates within a chunk. */
    private final double[][] readings;

    private final ReductionMeter reduction = new ReductionMeter();

    /** By detector: one for all channels, or one each. */
    private final double[] envelopes;

    private final double[] gains;
    private final double[] changes;

    /** Frames until the next update. */
    private int untilUpdate;

    BandCompressor(CompressorBand settings, StreamFormat format) {
        this.settings = settings;
        this.link = settings.linkPercent() / 100.0;
        this.period = (int) Math.max(1, format.framesOf(CONTROL_MS / 1_000.0));
        double attack = smoothing(settings.attackMs(), format.sampleRateHz());
        double release = smoothing(settings.releaseMs(), format.sampleRateHz());
        this.centre = (attack + release) / 2.0;
        this.spread = (attack - release) / 2.0;
        this.course = new double[period];
        for (int k = 0; k < period; k++) {
            course[k] = (k + 1.0) / period;
        }
        this.restingPower = restingPower(settings);
        this.restingGain = Decibels.toGain(settings.makeupDb());
        int detectors = link == 1.0 ? 1 : format.channels();
        this.readings = new double[detectors][BandChain.CHUNK / period + 1];
        this.envelopes = new double[detectors];
        this.gains = new double[detectors];
        this.changes = new double[detectors];
        reset();
    }

    /** Where the knee begins, less what the logarithm may round. */
    private static double restingPower(CompressorBand settings) {
        if (!settings.below().neutral()) {
            return 0.0;
        }
        double kneeDb = settings.thresholdDb() - 0.5 * settings.kneeDb();
        return settings.ratio() == 1.0
                ? Double.POSITIVE_INFINITY
                : (1.0 - 1e-9) * Decibels.toPower(kneeDb);
    }

    /** One-pole coefficient that covers 63 % of a step in the given time. */
    private static double smoothing(double timeMs, int sampleRateHz) {
        return 1.0 - StrictMath.exp(-1_000.0 / (timeMs * sampleRateHz));
    }

    @Override
    public void process(double[][] channels, int count) {
        if (settings.neutral()) {
            return;
        }
        for (int d = 0; d < envelopes.length; d++) {
            listen(channels, d, count);
            detect(d, count);
        }
        for (int d = 0; d < envelopes.length; d++) {
            turn(channels, d, count);
        }
        untilUpdate = Math.floorMod(untilUpdate - count, period);
    }

    /** What a detector hears, as power. */
    private void listen(double[][] channels, int detector, int count) {
        double shared = (envelopes.length == 1 ? 1.0 : link) / channels.length;
        if (channels.length == 2 && envelopes.length == 1) {
            double[] left = channels[0];
            double[] right = channels[1];
            for (int i = 0; i < count; i++) {
                powers[i] = (left[i] * left[i] + right[i] * right[i]) * shared;
            }
            return;
        }
        Arrays.fill(powers, 0, count, 0.0);
        for (double[] channel : channels) {
            for (int i = 0; i < count; i++) {
                powers[i] += channel[i] * channel[i] * shared;
            }
        }
        if (envelopes.length > 1) {
            double[] own = channels[detector];
            for (int i = 0; i < count; i++) {
                powers[i] += own[i] * own[i] * (1.0 - link);
            }
        }
    }

    /** Runs the envelope over a chunk and notes it at the frames of an update. */
    private void detect(int detector, int count) {
        double envelope = envelopes[detector];
        int reading = 0;
        int i = 0;
        for (int end = untilUpdate; i < count; end += period) {
            // An update reads the envelope of its own frame.
            int last = Math.min(end + 1, count);
            for (; i < last; i++) {
                double difference = powers[i] - envelope;
                envelope += centre * difference + spread * Math.abs(difference);
            }
            if (end < count) {
                envelope = envelope < SMALLEST ? 0.0 : envelope;
                readings[detector][reading++] = envelope;
            }
        }
        envelopes[detector] = envelope;
    }

    /** Turns the channels of a detector along the ramps between updates. */
    private void turn(double[][] channels, int detector, int count) {
        int reading = 0;
        int phase = untilUpdate == 0 ? 0 : period - untilUpdate;
        for (int i = 0; i < count; ) {
            if (phase == 0) {
                gains[detector] += changes[detector];
                changes[detector] = target(readings[detector][reading++]) - gains[detector];
            }
            int length = Math.min(period - phase, count - i);
            if (envelopes.length > 1) {
                ramp(channels[detector], i, phase, length, detector);
            } else {
                for (double[] channel : channels) {
                    ramp(channel, i, phase, length, detector);
                }
            }
            i += length;
            phase = 0;
        }
    }

    private void ramp(double[] channel, int start, int phase, int length, int detector) {
        double from = gains[detector];
        double change = changes[detector];
        for (int k = 0; k < length; k++) {
            channel[start + k] *= from + change * course[phase + k];
        }
    }

    private double target(double envelope) {
        if (envelope > AUDIBLE && envelope < restingPower) {
            reduction.add(0.0);
            return restingGain;
        }
        double levelDb = Math.max(SILENCE_DB, Decibels.fromPower(envelope));
        double changeDb = settings.changeDb(levelDb);
        if (levelDb > SILENCE_DB) {
            reduction.add(Math.max(0.0, -changeDb));
        } else {
            reduction.rest();
        }
        return Decibels.toGain(settings.makeupDb() + changeDb);
    }

    /** Gain reduction so far. */
    GainReduction reduction() {
        return reduction.result();
    }

    @Override
    public void reset() {
        reduction.reset();
        Arrays.fill(envelopes, 0.0);
        Arrays.fill(gains, Decibels.toGain(settings.gainDb(SILENCE_DB)));
        Arrays.fill(changes, 0.0);
        untilUpdate = 0;
    }
}
