// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Biquad;
import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.FilterDesign;

import java.util.List;

/**
 * One moving band: {@code y = x + a (H(x) - x)}, where H is the band at its whole range, a filter
 * that never changes, and {@code a = (g - 1) / (G - 1)} for a gain of g out of G.
 *
 * <p>A bell is {@code 1 + (G - 1) B} with a band-pass B that does not depend on how much is wanted,
 * so the sum is the bell of gain g on the same poles; a shelf reaches g exactly at its flat end and
 * the numerator between stays minimum-phase. Since only a moves, nothing can ring, click or become
 * unstable, however fast it moves, and the response near the Nyquist frequency is as exact as
 * {@link org.lacquer.audio.EqDesign} makes it.
 *
 * <p>The key is the band's own input through a band-pass (bells and band shelves), low-pass or
 * high-pass (shelves). Its mean square over channels is followed with attack and release at every
 * frame; every {@value #CONTROL_MS} ms from the first frame of the stream a new gain is found and
 * reached in a straight line.
 */
final class DynamicBand {
    private static final double CONTROL_MS = 0.75;

    /** Below -120 dB nothing is worth moving. */
    private static final double SILENCE = 1e-12;

    private static final double SMALLEST = 1e-60;
    private static final double NEPERS_PER_DB = StrictMath.log(10.0) / 20.0;
    private static final double BUTTERWORTH_Q = StrictMath.sqrt(0.5);
    private static final double HIGHEST = 0.49;

    private final DynamicEqBand settings;
    private final double wholeMove;
    private final double attack;
    private final double release;
    private final int period;

    private final Biquad[][] filter;
    private final Biquad[] key;
    private final double[] wet;
    private final double[] power;

    private double envelope;
    private double amount;
    private double step;
    private int untilUpdate;

    DynamicBand(DynamicEqBand settings, int sampleRateHz, int channels, int chunk) {
        this.settings = settings;
        this.wholeMove = Decibels.toGain(settings.rangeDb()) - 1.0;
        this.attack = smoothing(settings.attackMs(), sampleRateHz);
        this.release = smoothing(settings.releaseMs(), sampleRateHz);
        this.period = (int) Math.max(1, Math.round(CONTROL_MS * sampleRateHz / 1_000.0));
        List<BiquadCoefficients> sections = settings.atRange().sections(sampleRateHz);
        BiquadCoefficients keySection = key(settings, sampleRateHz);
        this.filter = new Biquad[channels][];
        this.key = new Biquad[channels];
        for (int c = 0; c < channels; c++) {
            filter[c] = sections.stream().map(Biquad::new).toArray(Biquad[]::new);
            key[c] = new Biquad(keySection);
        }
        this.wet = new double[chunk];
        this.power = new double[chunk];
    }

    /** Whether a band moves anything at this rate. */
    static boolean works(DynamicEqBand band, int sampleRateHz) {
        double highest = HIGHEST * sampleRateHz;
        return !band.neutral()
                && band.frequencyHz() < highest
                && band.keyFrequencyHz().orElse(0.0) < highest;
    }

    private static BiquadCoefficients key(DynamicEqBand band, int sampleRateHz) {
        double hz = band.keyFrequencyHz().orElse(band.frequencyHz());
        double q = band.keyQ().orElse(band.q());
        if (band.keyFrequencyHz().isPresent()) {
            return FilterDesign.bandPass(hz, q, sampleRateHz);
        }
        return switch (band.shape()) {
            case LOW_SHELF -> FilterDesign.lowPass(hz, BUTTERWORTH_Q, sampleRateHz);
            case HIGH_SHELF -> FilterDesign.highPass(hz, BUTTERWORTH_Q, sampleRateHz);
            case BELL, BAND_SHELF, TILT -> FilterDesign.bandPass(hz, q, sampleRateHz);
        };
    }

    /** One-pole coefficient that covers 63 % of a step in the given time. */
    private static double smoothing(double timeMs, int sampleRateHz) {
        return 1.0 - StrictMath.exp(-1_000.0 / (timeMs * sampleRateHz));
    }

    void process(double[][] channels, int count) {
        listen(channels, count);
        follow(channels.length, count);
        for (int c = 0; c < channels.length; c++) {
            double[] samples = channels[c];
            System.arraycopy(samples, 0, wet, 0, count);
            for (Biquad section : filter[c]) {
                section.process(wet, wet, count);
            }
            for (int i = 0; i < count; i++) {
                samples[i] += power[i] * (wet[i] - samples[i]);
            }
        }
    }

    /** Sums the squares of the key over channels. */
    private void listen(double[][] channels, int count) {
        for (int i = 0; i < count; i++) {
            power[i] = 0.0;
        }
        for (int c = 0; c < channels.length; c++) {
            key[c].process(channels[c], wet, count);
            for (int i = 0; i < count; i++) {
                power[i] += wet[i] * wet[i];
            }
        }
    }

    /** Turns powers into amounts, in place. */
    private void follow(int channels, int count) {
        double scale = 1.0 / channels;
        for (int i = 0; i < count; i++) {
            double now = power[i] * scale;
            envelope += (now > envelope ? attack : release) * (now - envelope);
            envelope = envelope < SMALLEST ? 0.0 : envelope;
            if (untilUpdate == 0) {
                untilUpdate = period;
                step = (target() - amount) / period;
            }
            untilUpdate--;
            amount += step;
            power[i] = amount;
        }
    }

    private double target() {
        if (envelope < SILENCE) {
            return 0.0;
        }
        double gainDb = settings.gainDb(Decibels.fromPower(envelope));
        // 10^(dB/20), by exp: pow allocates until it is compiled.
        return (StrictMath.exp(gainDb * NEPERS_PER_DB) - 1.0) / wholeMove;
    }

    void reset() {
        for (int c = 0; c < key.length; c++) {
            key[c].reset();
            for (Biquad section : filter[c]) {
                section.reset();
            }
        }
        envelope = 0.0;
        amount = 0.0;
        step = 0.0;
        untilUpdate = 0;
    }
}
