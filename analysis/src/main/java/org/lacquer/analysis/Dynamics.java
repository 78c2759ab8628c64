// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.List;

/**
 * How peaks relate to loudness, and how the level moves in time. NaN is undefined.
 *
 * @param plrDb peak to loudness ratio: true peak less integrated loudness
 * @param psrMinDb smallest peak to short-term loudness ratio over windows of 3 s every 100 ms that
 *     are at most 10 LU below the integrated loudness. The peak of a window is read on a grid of
 *     two points a frame.
 * @param psrP5Db fifth percentile of the same values
 * @param psrMedianDb median of the same values
 * @param dr14 the "DR" figure of Algorithmix' "Measuring DR", rounded; see {@link DynamicRange}
 * @param dr14Unrounded the same before rounding
 * @param lowCrestDb peak over gated RMS below 180 Hz
 * @param midCrestDb peak over gated RMS between 180 and 3200 Hz
 * @param highCrestDb peak over gated RMS above 3200 Hz
 * @param psrDb every value; NaN where the window is too quiet
 * @param bands level distribution of the low, mid and high compressor band; empty unless measured
 * @param transientsPerSecond onsets a second of sounding time, as {@link FeatureExtractor} has them
 * @param tempo the beat, when there is a steady one
 * @param sections quiet and loud parts of the song; empty unless measured, or below four seconds
 */
public record Dynamics(
        double plrDb,
        double psrMinDb,
        double psrP5Db,
        double psrMedianDb,
        double dr14,
        double dr14Unrounded,
        double lowCrestDb,
        double midCrestDb,
        double highCrestDb,
        Series psrDb,
        List<BandLevels> bands,
        double transientsPerSecond,
        Tempo tempo,
        List<Section> sections) {

    public Dynamics {
        bands = List.copyOf(bands);
        sections = List.copyOf(sections);
    }
}
