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
 * @param sixthCentresHz exact centres of the 60 sixth-octave bands that halve the third octaves
 *     (IEC 61260-1)
 * @param sixthLevelsDbfs mean power of mid and side in each sixth octave, from transforms that are
 *     fine enough for each band: below 100 Hz these tell more than {@code levelsDbfs}, whose
 *     transform has bins of 21.5 Hz at 44.1 kHz
 * @param shape centroid, roll-off, flatness
 * @param balance four wide bands at equal loudness
 * @param resonances narrow peaks that stay, the strongest first
 */
public record Spectrum(
        List<Double> centresHz,
        List<Double> levelsDbfs,
        List<Double> midLevelsDbfs,
        List<Double> sideLevelsDbfs,
        double tiltDbPerOctave,
        double bandwidthHz,
        double edgeDropDb,
        List<Double> sixthCentresHz,
        List<Double> sixthLevelsDbfs,
        SpectralShape shape,
        TonalBalance balance,
        List<Resonance> resonances) {

    /** Not measured, or nothing to measure. */
    public static final Spectrum NONE =
            new Spectrum(
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    List.of(),
                    List.of(),
                    SpectralShape.NONE,
                    TonalBalance.NONE,
                    List.of());

    public Spectrum {
        centresHz = List.copyOf(centresHz);
        levelsDbfs = List.copyOf(levelsDbfs);
        midLevelsDbfs = List.copyOf(midLevelsDbfs);
        sideLevelsDbfs = List.copyOf(sideLevelsDbfs);
        sixthCentresHz = List.copyOf(sixthCentresHz);
        sixthLevelsDbfs = List.copyOf(sixthLevelsDbfs);
        resonances = List.copyOf(resonances);
    }
}
