// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/**
 * One band of the transient shaper: differences of envelopes decide the gain, so the level does not
 * matter.
 *
 * <pre>
 * p     = mean square over channels and one control period
 * fast  : attack 1 ms,  release 60 ms
 * slow  : attack 30 ms, release 60 ms      onset = fast / slow
 * long  : attack 1 ms,  release 400 ms     decay = long / fast
 * gain  = attackDb share(onset) + sustainDb share(decay)
 * </pre>
 *
 * <p>The control period is {@value #CONTROL_MS} ms, counted from the first frame of the stream; the
 * gain moves in a straight line over the next. The sound is delayed by {@value #LOOKAHEAD_MS} ms,
 * so that the gain is there when the onset is. All channels share it.
 */
final class TransientShaper implements BandStage {
    private static final double CONTROL_MS = 0.5;
    private static final double LOOKAHEAD_MS = 1.5;
    private static final double FAST_MS = 1.0;
    private static final double SLOW_MS = 30.0;
    private static final double RELEASE_MS = 60.0;
    private static final double LONG_MS = 400.0;
    private static final double SILENCE = 1e-20;

    private final TransientBand settings;
    private final int period;
    private final int latency;
    private final double fastStep;
    private final double slowStep;
    private final double releaseStep;
    private final double longStep;
    private final double[] course;
    private final double[][] delayed;

    /** Sum of squares in the current control period, by channel. */
    private final double[] squares;

    private double fast;
    private double slow;
    private double lasting;
    private double gain;
    private double change;
    private int phase;

    TransientShaper(TransientBand settings, StreamFormat format) {
        this.settings = settings;
        this.period = (int) Math.max(1, format.framesOf(CONTROL_MS / 1_000.0));
        this.latency = (int) format.framesOf(LOOKAHEAD_MS / 1_000.0);
        double periodMs = 1_000.0 * period / format.sampleRateHz();
        this.fastStep = 1.0 - StrictMath.exp(-periodMs / FAST_MS);
        this.slowStep = 1.0 - StrictMath.exp(-periodMs / SLOW_MS);
        this.releaseStep = 1.0 - StrictMath.exp(-periodMs / RELEASE_MS);
        this.longStep = 1.0 - StrictMath.exp(-periodMs / LONG_MS);
        this.course = new double[period];
        for (int k = 0; k < period; k++) {
            course[k] = (k + 1.0) / period;
        }
        this.delayed = new double[format.channels()][latency + BandChain.CHUNK];
        this.squares = new double[format.channels()];
        reset();
    }

    @Override
    public void process(double[][] channels, int count) {
        for (int c = 0; c < channels.length; c++) {
            System.arraycopy(channels[c], 0, delayed[c], latency, count);
        }
        for (int i = 0; i < count; ) {
            int length = Math.min(period - phase, count - i);
            for (int c = 0; c < channels.length; c++) {
                double[] channel = channels[c];
                double sum = squares[c];
                for (int k = i; k < i + length; k++) {
                    sum += channel[k] * channel[k];
                }
                squares[c] = sum;
            }
            for (int c = 0; c < channels.length; c++) {
                double[] from = delayed[c];
                double[] to = channels[c];
                for (int k = 0; k < length; k++) {
                    to[i + k] = from[i + k] * (gain + change * course[phase + k]);
                }
            }
            i += length;
            phase += length;
            if (phase == period) {
                phase = 0;
                update();
            }
        }
        for (double[] channel : delayed) {
            System.arraycopy(channel, count, channel, 0, latency);
        }
    }

    private void update() {
        double power = 0.0;
        for (double square : squares) {
            power += square / (period * squares.length);
        }
        Arrays.fill(squares, 0.0);
        fast = follow(fast, power, fastStep, releaseStep);
        slow = follow(slow, power, slowStep, releaseStep);
        lasting = follow(lasting, power, fastStep, longStep);
        gain += change;
        double target = 1.0;
        if (!settings.neutral() && slow > SILENCE && fast > SILENCE) {
            double onsetDb = Decibels.fromPower(fast / slow);
            double decayDb = Decibels.fromPower(lasting / fast);
            target = Decibels.toGain(settings.gainDb(onsetDb, decayDb));
        }
        change = target - gain;
    }

    private static double follow(double envelope, double power, double rise, double fall) {
        double next = envelope + (power > envelope ? rise : fall) * (power - envelope);
        return next < SILENCE ? 0.0 : next;
    }

    @Override
    public void reset() {
        for (double[] channel : delayed) {
            Arrays.fill(channel, 0.0);
        }
        Arrays.fill(squares, 0.0);
        fast = 0.0;
        slow = 0.0;
        lasting = 0.0;
        gain = 1.0;
        change = 0.0;
        phase = 0;
    }

    @Override
    public int latencyFrames() {
        return latency;
    }
}
