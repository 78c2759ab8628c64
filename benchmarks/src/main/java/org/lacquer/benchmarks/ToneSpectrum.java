// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.Fft;

/**
 * Powers of steady tones by line, behind a Kaiser window (J. Kaiser, R. Schafer, "On the use of the
 * I0-sinh window for spectrum analysis", IEEE Trans. ASSP 28, 1980) whose side lobes lie below -200
 * dB. A sine of amplitude 1 reads 1 (0 dB) at its line when that line is whole.
 */
final class ToneSpectrum {
    /** Lines to each side of a tone that the window smears it over. */
    private static final int SKIRT = 10;

    private static final double KAISER_BETA = 26.0;

    private final double[] powers;
    private final double lineHz;

    /** The last {@code frames} (even) of a signal. */
    ToneSpectrum(float[] x, int frames, int rateHz) {
        double[] data = new double[frames];
        double sum = 0.0;
        for (int i = 0; i < frames; i++) {
            double r = 2.0 * i / frames - 1.0;
            double window = bessel(KAISER_BETA * Math.sqrt(1.0 - r * r));
            sum += window;
            data[i] = window * x[x.length - frames + i];
        }
        Fft fft = new Fft(frames);
        fft.forward(data);
        powers = new double[frames / 2 + 1];
        fft.powers(data, powers);
        for (int k = 0; k < powers.length; k++) {
            powers[k] *= 4.0 / (sum * sum);
        }
        lineHz = (double) rateHz / frames;
    }

    /** Of the line nearest to a frequency. */
    double power(double hz) {
        return powers[(int) Math.round(hz / lineHz)];
    }

    /**
     * The largest line from 20 Hz up that is more than {@code guardHz}, and more than the window's
     * skirt, away from all of {@code tonesHz}.
     */
    Line largestBut(double guardHz, double... tonesHz) {
        double guard = Math.max(SKIRT, guardHz / lineHz);
        int largest = -1;
        for (int k = (int) Math.ceil(20.0 / lineHz); k < powers.length; k++) {
            boolean free = true;
            for (double tone : tonesHz) {
                free &= Math.abs(k - tone / lineHz) > guard;
            }
            if (free && (largest < 0 || powers[k] > powers[largest])) {
                largest = k;
            }
        }
        return new Line(largest * lineHz, Decibels.fromPower(powers[largest]));
    }

    /** The largest line of each of {@code cells} equal parts of the whole spectrum, in dB. */
    double[] outlineDb(int cells) {
        double[] outline = new double[cells];
        for (int k = 0; k < powers.length; k++) {
            int cell = Math.min(cells - 1, (int) ((long) k * cells / (powers.length - 1)));
            outline[cell] = Math.max(outline[cell], powers[k]);
        }
        for (int c = 0; c < cells; c++) {
            outline[c] = Decibels.fromPower(Math.max(outline[c], 1e-30));
        }
        return outline;
    }

    /** A line and its level. */
    record Line(double hz, double db) {}

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
}
