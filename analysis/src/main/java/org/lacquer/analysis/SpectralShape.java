// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * Shape of the long-term spectrum in single numbers, from the bins (21.5 Hz wide at 44.1 kHz) of
 * its mean over the whole stream, mid and side together, between 20 Hz and 20 kHz. NaN is
 * undefined. A gain changes none of them.
 *
 * @param centroidHz mean frequency, weighted with magnitudes; Tzanetakis and Cook, "Musical genre
 *     classification of audio signals", IEEE Trans. Speech and Audio Processing 10(5), 2002,
 *     section II-A. White noise at 44.1 kHz reads 10 kHz
 * @param rollOff85Hz frequency below which 85 % of the summed magnitudes lie, ibid.
 * @param rollOff95Hz frequency below which 95 % of the summed magnitudes lie
 * @param flatness geometric over arithmetic mean of the powers, 0 to 1; Gray and Markel, "A
 *     spectral-flatness measure", IEEE Trans. ASSP 22(3), 1974. Long white noise reads 1, pink
 *     noise 0.4, a tone 0
 */
public record SpectralShape(
        double centroidHz, double rollOff85Hz, double rollOff95Hz, double flatness) {

    /** Nothing to measure. */
    public static final SpectralShape NONE =
            new SpectralShape(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
