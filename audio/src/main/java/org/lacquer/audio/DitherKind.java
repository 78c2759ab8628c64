// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/**
 * What is added before rounding to an integer bit depth, and whether the error is moved to where it
 * is heard least.
 *
 * <p>The shaped kinds add the noise of {@link #TPDF} and feed the whole error back through a
 * filter, {@link NoiseShaping}. They are designed for 44.1 kHz and good for 48 kHz; at other rates
 * they are the same as {@link #TPDF}. All of them make the noise larger as a whole: the quieter it
 * is between 2 and 6 kHz, the louder at 20 kHz. A shaped file must not be shaped again.
 */
public enum DitherKind {
    /** Plain rounding to the nearest code. */
    NONE,
    /**
     * Triangular noise, 2 LSB peak to peak: the error's mean and power no longer follow the music.
     */
    TPDF,
    /** Third order: 19 dB less noise at 4 kHz, 7 dB more as a whole. */
    WANNAMAKER_3,
    /** Fifth order: 27 dB less noise at 4 kHz, 12 dB more as a whole. */
    LIPSHITZ_5,
    /** Ninth order, gentle: 19 dB less noise at 4 kHz, 8 dB more as a whole. */
    MODIFIED_E_9,
    /** Ninth order: 23 dB less noise at 4 kHz, 18 dB more as a whole. */
    F_WEIGHTED_9,
    /** Ninth order: 25 dB less noise at 4 kHz, 23 dB more as a whole. */
    IMPROVED_E_9
}
