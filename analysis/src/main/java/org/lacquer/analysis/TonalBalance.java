// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * Level of four wide bands at equal loudness: in dBFS after the gain that brings the integrated
 * loudness to -20 LUFS, so that a gain changes nothing. Power of mid and side, gated as in {@link
 * Spectrum}. The edges are those sixth-octave edges that lie nearest to 20, 250, 2000, 8000 and
 * 20,000 Hz: 22.4, 251, 1995, 7943 and 19,953 Hz. NaN is undefined.
 *
 * @param lowDb 20 to 250 Hz
 * @param lowMidDb 250 Hz to 2 kHz
 * @param highMidDb 2 to 8 kHz
 * @param highDb 8 to 20 kHz
 */
public record TonalBalance(double lowDb, double lowMidDb, double highMidDb, double highDb) {
    /** Nothing to measure. */
    public static final TonalBalance NONE =
            new TonalBalance(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
