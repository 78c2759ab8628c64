// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.audio.Decibels;

/**
 * Decibels there and back where millions are needed and a thousandth of a dB is plenty. Made of + -
 * * / and a table alone, so that every machine gives the same bits.
 */
final class Quick {
    private static final double DB_PER_OCTAVE = Decibels.fromPower(2.0);
    private static final double DB_PER_NEPER = 10.0 / StrictMath.log(10.0);
    private static final long MANTISSA = (1L << 52) - 1;
    private static final long EXPONENT_OF_ONE = 1023L << 52;
    private static final int STEPS_PER_DB = 32;
    private static final int RANGE_DB = 80;
    private static final double[] GAINS = gains();

    private Quick() {}

    private static double[] gains() {
        double[] gains = new double[RANGE_DB * STEPS_PER_DB + 2];
        for (int k = 0; k < gains.length; k++) {
            gains[k] = Decibels.toGain(-(double) k / STEPS_PER_DB);
        }
        return gains;
    }

    /** Decibels of a power above 1e-300; ln m = 2 artanh((m - 1) / (m + 1)) within 1e-7. */
    static double db(double power) {
        long bits = Double.doubleToRawLongBits(power);
        int octaves = (int) (bits >>> 52) - 1023;
        double m = Double.longBitsToDouble((bits & MANTISSA) | EXPONENT_OF_ONE);
        double s = (m - 1.0) / (m + 1.0);
        double q = s * s;
        double series =
                1.0 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * (1.0 / 9 + q / 11))));
        return octaves * DB_PER_OCTAVE + 2.0 * DB_PER_NEPER * s * series;
    }

    /** Linear gain of a reduction of 0 to {@value #RANGE_DB} dB. */
    static double gain(double reductionDb) {
        double place = Math.max(0.0, Math.min(RANGE_DB, reductionDb)) * STEPS_PER_DB;
        int below = (int) place;
        return GAINS[below] + (place - below) * (GAINS[below + 1] - GAINS[below]);
    }
}
