// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.audio.Decibels;
import org.lacquer.engine.EqBand;

/**
 * Magnitudes of analogue filters, from their transfer functions alone: R. Bristow-Johnson,
 * "Cookbook formulae for audio EQ biquad filter coefficients" (1994), with s normalised to the
 * centre, and S. Butterworth (1930).
 */
final class AnalogPrototype {
    private AnalogPrototype() {}

    static double[] magnitudesDb(EqBand band, double[] hz) {
        double[] db = new double[hz.length];
        for (int k = 0; k < hz.length; k++) {
            db[k] = magnitudeDb(band, hz[k]);
        }
        return db;
    }

    static double magnitudeDb(EqBand band, double hz) {
        double x = hz / band.frequencyHz();
        double gainDb = band.gainDb();
        double q = band.q();
        return switch (band.shape()) {
            case BELL -> bellDb(x, gainDb, q);
            case LOW_SHELF -> highShelfDb(1.0 / x, gainDb, q);
            case HIGH_SHELF -> highShelfDb(x, gainDb, q);
            case TILT -> highShelfDb(x, 2.0 * gainDb, q) - gainDb;
            case BAND_SHELF -> {
                double half = 1.0 / (2.0 * q);
                double spread = half + StrictMath.sqrt(1.0 + half * half);
                double edgeQ = StrictMath.sqrt(0.5);
                yield highShelfDb(x * spread, gainDb, edgeQ)
                        - highShelfDb(x / spread, gainDb, edgeQ);
            }
        };
    }

    /** High-pass of an order; a low-pass with the ratio turned over. */
    static double butterworthHighPassDb(double ratio, int order) {
        return -Decibels.fromPower(1.0 + StrictMath.pow(ratio, -2.0 * order));
    }

    /** (s² + s A/Q + 1) / (s² + s/(A Q) + 1). */
    private static double bellDb(double x, double gainDb, double q) {
        double a = Decibels.toGain(gainDb / 2.0);
        double real = (1.0 - x * x) * (1.0 - x * x);
        double above = x * a / q;
        double below = x / (a * q);
        return Decibels.fromPower((real + above * above) / (real + below * below));
    }

    /** A (A s² + s √A/Q + 1) / (s² + s √A/Q + A); the low shelf is the same with 1/s for s. */
    private static double highShelfDb(double x, double gainDb, double q) {
        double a = Decibels.toGain(gainDb / 2.0);
        double middle = a * x * x / (q * q);
        double above = (1.0 - a * x * x) * (1.0 - a * x * x) + middle;
        double below = (a - x * x) * (a - x * x) + middle;
        return Decibels.fromPower(a * a * above / below);
    }
}
