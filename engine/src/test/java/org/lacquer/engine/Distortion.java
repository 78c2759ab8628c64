// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Fft;

import java.util.function.DoubleUnaryOperator;

/** Distortion of steady tones, measured behind a Kaiser window whose side lobes lie at -150 dB. */
final class Distortion {
    /** Lines to each side of a tone that the window smears it over. */
    private static final int SKIRT = 8;

    private static final double KAISER_BETA = 20.0;

    private Distortion() {}

    /** Detector level in dB at which a falling static curve gives a gain. */
    static double levelForGain(DoubleUnaryOperator gainDb, double wantedDb) {
        double low = -80.0;
        double high = 20.0;
        for (int k = 0; k < 60; k++) {
            double middle = (low + high) / 2.0;
            if (gainDb.applyAsDouble(middle) > wantedDb) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Powers by line of the last 2^17 (or fewer) frames. */
    static double[] spectrum(float[] x) {
        int length = Math.min(1 << 17, Integer.highestOneBit(x.length));
        double[] data = new double[length];
        for (int i = 0; i < length; i++) {
            double r = 2.0 * i / length - 1.0;
            double window = bessel(KAISER_BETA * Math.sqrt(1.0 - r * r)) / bessel(KAISER_BETA);
            data[i] = window * x[x.length - length + i];
        }
        Fft fft = new Fft(length);
        fft.forward(data);
        double[] powers = new double[length / 2 + 1];
        fft.powers(data, powers);
        return powers;
    }

    /** Modified Bessel function of the first kind, order 0, by its series. */
    private static double bessel(double x) {
        double term = 1.0;
        double sum = 1.0;
        for (int k = 1; term > 1e-18 * sum; k++) {
            term *= x / (2.0 * k) * (x / (2.0 * k));
            sum += term;
        }
        return sum;
    }

    /** Power around a frequency. */
    static double power(double[] spectrum, double frequencyHz, int rate) {
        int length = 2 * (spectrum.length - 1);
        int centre = (int) Math.round(frequencyHz * length / rate);
        double sum = 0.0;
        for (int k = Math.max(0, centre - SKIRT);
                k <= Math.min(spectrum.length - 1, centre + SKIRT);
                k++) {
            sum += spectrum[k];
        }
        return sum;
    }

    /** Total harmonic distortion: root of the power of harmonics 2 to 20 over the fundamental's. */
    static double harmonicShare(float[] x, double frequencyHz, int rate) {
        double[] spectrum = spectrum(x);
        double harmonics = 0.0;
        for (int n = 2; n <= 20 && n * frequencyHz < 0.5 * rate; n++) {
            harmonics += power(spectrum, n * frequencyHz, rate);
        }
        return Math.sqrt(harmonics / power(spectrum, frequencyHz, rate));
    }

    /**
     * Largest line that is no harmonic of the tone, in dB of the tone. Lines within a few of a
     * harmonic, and below 20 Hz, do not count.
     */
    static double largestOtherLineDb(float[] x, double frequencyHz, int rate) {
        double[] spectrum = spectrum(x);
        int length = 2 * (spectrum.length - 1);
        double tone = spectrum[(int) Math.round(frequencyHz * length / rate)];
        double largest = 0.0;
        for (int k = (int) (20.0 * length / rate); k < spectrum.length; k++) {
            double f = (double) k * rate / length;
            double nearest = Math.round(f / frequencyHz) * frequencyHz;
            if (Math.abs(f - nearest) * length / rate > 2 * SKIRT) {
                largest = Math.max(largest, spectrum[k]);
            }
        }
        return 10.0 * Math.log10(largest / tone);
    }

    /** Root of the power of all lines but the given tones, over the power of the tones. */
    static double otherShare(float[] x, int rate, double... tonesHz) {
        double[] spectrum = spectrum(x);
        double all = 0.0;
        int length = 2 * (spectrum.length - 1);
        for (int k = (int) (20.0 * length / rate); k < spectrum.length; k++) {
            all += spectrum[k];
        }
        double tones = 0.0;
        for (double tone : tonesHz) {
            tones += power(spectrum, tone, rate);
        }
        return Math.sqrt(Math.max(0.0, all - tones) / tones);
    }
}
