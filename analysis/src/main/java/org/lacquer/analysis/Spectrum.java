// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.List;

/**
 * Long-term spectrum of a mono or stereo stream over the frames that are at most 30 dB (K-weighted)
 * below the loudest.
 *
 * @param centresHz nominal centres of the 30 third-octave bands from 25 Hz to 20 kHz (IEC 61260-1)
 * @param levelsDbfs mean power of mid and side in each band; a full-scale sine on both channels
 *     reads -3.01
 * @param midLevelsDbfs mean power of (L + R) / 2
 * @param sideLevelsDbfs mean power of (L - R) / 2
 * @param tiltDbPerOctave slope of the line through the band levels from 100 Hz to 10 kHz; pink
 *     noise reads 0, a density that falls 4.5 dB an octave reads -1.5
 * @param bandwidthHz upper edge: where the density falls for good 80 dB below its maximum, or the
 *     steep edge when there is one
 * @param edgeDropDb fall of the density within 500 Hz at the steepest upper edge; 30 dB or more
 *     speaks of a lossy codec or a resampler
 */
public record Spectrum(
        List<Double> centresHz,
        List<Double> levelsDbfs,
        List<Double> midLevelsDbfs,
        List<Double> sideLevelsDbfs,
        double tiltDbPerOctave,
        double bandwidthHz,
        double edgeDropDb) {

    /** Not measured, or nothing to measure. */
    public static final Spectrum NONE =
            new Spectrum(
                    List.of(), List.of(), List.of(), List.of(), Double.NaN, Double.NaN, Double.NaN);

    public Spectrum {
        centresHz = List.copyOf(centresHz);
        levelsDbfs = List.copyOf(levelsDbfs);
        midLevelsDbfs = List.copyOf(midLevelsDbfs);
        sideLevelsDbfs = List.copyOf(sideLevelsDbfs);
    }
}
