// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Fft;

import java.util.Arrays;

/**
 * Delay between left and right by generalised cross-correlation with phase transform: C. H. Knapp,
 * G. C. Carter, "The generalized correlation method for estimation of time delay" (1976), table I,
 * with bins weighted by their coherence.
 *
 * <p>From the sums of a second: L conj(R) = m - s - 2j Im(M conj S), |L|² = m + s + 2 Re(M conj S),
 * |R|² = m + s - 2 Re(M conj S). A bin between 100 Hz and 8 kHz counts when both its channels
 * together are at most 60 dB below the strongest bin; its weight is its squared coherence less the
 * bias of so few frames. The correlation of all audible seconds is summed, divided by the sum of
 * weights, and searched up to ±10 ms.
 *
 * <p>Music made of centred and panned sounds peaks at 0. A delay is reported only when its peak
 * reaches 0.5, when the bins that count are at least 15 % coherent, and when no other peak further
 * than 0.5 ms away comes near it.
 */
final class ChannelDelay implements SecondSpectra.Listener {
    private static final double LONGEST_SECONDS = 0.010;
    private static final double LOW_HZ = 100.0;
    private static final double HIGH_HZ = 8_000.0;
    private static final double WEAKEST = 1e-6;

    /** Frames below which coherence means nothing. */
    private static final int FEWEST_FRAMES = 16;

    /** Squared coherence that independent channels reach by chance in a second. */
    private static final double BIAS = 0.15;

    /** -80 dBFS. */
    private static final double SILENCE = 1e-8;

    private static final double LOWEST_PEAK = 0.5;
    private static final double LOWEST_COHERENCE = 0.15;
    private static final double RIVAL = 0.8;
    private static final double RIVAL_SECONDS = 0.0005;

    private final int sampleRateHz;
    private final int length;
    private final int longest;
    private final Fft fft;
    private final double[] buffer;

    /** Sum of correlations at lags of -longest to longest frames. */
    private final double[] lags;

    private double weights;
    private double bins;

    ChannelDelay(int sampleRateHz) {
        this.sampleRateHz = sampleRateHz;
        this.length = SpectralFrames.length(sampleRateHz);
        this.longest = (int) Math.min(LONGEST_SECONDS * sampleRateHz, length / 4.0);
        this.fft = new Fft(length);
        this.buffer = new double[length];
        this.lags = new double[2 * longest + 1];
    }

    @Override
    public void second(SecondSpectra seconds) {
        SecondSpectra.Bins sums = seconds.bins();
        double binHz = seconds.binHz();
        int from = (int) Math.ceil(LOW_HZ / binHz);
        int to = (int) Math.min(Math.ceil(HIGH_HZ / binHz), length / 2.0);
        double strongest = 0.0;
        for (int k = from; k < to; k++) {
            strongest = Math.max(strongest, sums.mid[k] + sums.side[k]);
        }
        if (sums.count < FEWEST_FRAMES || strongest < SILENCE * sums.count) {
            return;
        }
        Arrays.fill(buffer, 0.0);
        double sum = 0.0;
        for (int k = from; k < to; k++) {
            double power = sums.mid[k] + sums.side[k];
            if (power < WEAKEST * strongest) {
                continue;
            }
            bins++;
            double re = sums.mid[k] - sums.side[k];
            double im = -2.0 * sums.crossImaginary[k];
            double difference = 2.0 * sums.crossReal[k];
            double channels = power * power - difference * difference;
            double square = re * re + im * im;
            if (channels <= 1e-12 * power * power || square == 0.0) {
                continue;
            }
            double weight = Math.max(0.0, Math.min(1.0, square / channels) - BIAS);
            double size = Math.sqrt(square);
            buffer[2 * k] = weight * re / size;
            buffer[2 * k + 1] = weight * im / size;
            sum += weight;
        }
        weights += sum;
        fft.inverse(buffer);
        // The inverse divides by the length and each bin counts twice.
        for (int i = 0; i < lags.length; i++) {
            lags[i] += 0.5 * length * buffer[(i - longest + length) % length];
        }
    }

    /** Height of the highest peak, 0 to 1; NaN when nothing was coherent. */
    double coherence() {
        return weights == 0.0 ? Double.NaN : Math.min(1.0, Math.abs(lags[peak()]) / weights);
    }

    /** Whether one delay stands out. */
    boolean clear() {
        if (weights == 0.0 || weights < (1.0 - BIAS) * LOWEST_COHERENCE * bins) {
            return false;
        }
        int peak = peak();
        double height = Math.abs(lags[peak]);
        if (height < LOWEST_PEAK * weights) {
            return false;
        }
        int apart = (int) Math.ceil(RIVAL_SECONDS * sampleRateHz);
        for (int i = 0; i < lags.length; i++) {
            if (Math.abs(i - peak) > apart && Math.abs(lags[i]) > RIVAL * height) {
                return false;
            }
        }
        return true;
    }

    /** Positive when the right channel is late; NaN unless {@link #clear}. */
    double delayMs() {
        if (!clear()) {
            return Double.NaN;
        }
        int peak = peak();
        double place = peak;
        if (peak > 0 && peak < lags.length - 1) {
            double before = Math.abs(lags[peak - 1]);
            double after = Math.abs(lags[peak + 1]);
            double curve = before - 2.0 * Math.abs(lags[peak]) + after;
            place += curve < 0.0 ? 0.5 * (before - after) / curve : 0.0;
        }
        // A correlation at a positive lag means that left is late.
        double ms = (longest - place) * 1000.0 / sampleRateHz;
        return ms == 0.0 ? 0.0 : ms;
    }

    /** Whether the clear peak is negative. */
    boolean inverted() {
        return clear() && lags[peak()] < 0.0;
    }

    private int peak() {
        int peak = longest;
        for (int i = 0; i < lags.length; i++) {
            if (Math.abs(lags[i]) > Math.abs(lags[peak])) {
                peak = i;
            }
        }
        return peak;
    }
}
