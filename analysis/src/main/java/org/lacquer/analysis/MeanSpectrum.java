// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;

/** A mean spectrum in which peaks are measured. */
final class MeanSpectrum {
    private static final double SILENCE_DB = -300.0;
    private static final double HALF_POWER_DB = 3.0103;

    private final double[] powers;
    private final double binHz;

    MeanSpectrum(double[] powers, double binHz) {
        this.powers = powers;
        this.binHz = binHz;
    }

    /** Frequency over width of the highest peak within a band's distance of a frequency. */
    double q(double hz) {
        double reach = StrictMath.pow(2.0, 1.0 / ResonanceSearch.PER_OCTAVE);
        int from = (int) Math.round(hz / reach / binHz);
        int to = (int) Math.round(hz * reach / binHz);
        int highest = from;
        for (int k = from; k <= to; k++) {
            highest = powers[k] > powers[highest] ? k : highest;
        }
        double left = level(highest - 1);
        double middle = level(highest);
        double right = level(highest + 1);
        double bend = left - 2.0 * middle + right;
        double shift =
                bend < 0.0 ? Math.max(-0.5, Math.min(0.5, 0.5 * (left - right) / bend)) : 0.0;
        double least = middle - 0.25 * (left - right) * shift - HALF_POWER_DB;
        double width = slope(highest, 1, least) - slope(highest, -1, least);
        return (highest + shift) / width;
    }

    /** Where the spectrum falls to a level on one side of a bin, within an octave. */
    private double slope(int top, int direction, double leastDb) {
        int k = top;
        while (2 * k > top && k < 2 * top && k + 1 < powers.length && level(k) > leastDb) {
            k += direction;
        }
        double outer = level(k);
        double inner = level(k - direction);
        return outer >= leastDb ? k : k - direction * (leastDb - outer) / (inner - outer);
    }

    private double level(int bin) {
        return powers[bin] > 0.0 ? Decibels.fromPower(powers[bin]) : SILENCE_DB;
    }
}
