// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
import java.util.List;

/** Level distribution of the compressor bands. */
final class DynamicsFigures {
    private DynamicsFigures() {}

    static List<BandLevels> bands(FeatureVector vector, GatedFrames frames, StreamFormat format) {
        List<BandLevels> bands = new ArrayList<>();
        for (int b = 0; b < CompressorBands.BANDS; b++) {
            int first = FeatureSet.LEVEL_QUANTILES + b * FeatureSet.QUANTILES;
            double power = frames.count() == 0 ? 0.0 : frames.mean(FrameColumns.BAND_POWERS + b);
            bands.add(
                    new BandLevels(
                            b == 0 ? 0.0 : CompressorBands.CROSSOVERS_HZ.get(b - 1),
                            b + 1 < CompressorBands.BANDS
                                    ? CompressorBands.CROSSOVERS_HZ.get(b)
                                    : format.sampleRateHz() / 2.0,
                            power > 0.0 ? Decibels.fromPower(power) : Double.NaN,
                            vector.at(FeatureSet.BAND_CREST + b),
                            vector.at(first),
                            vector.at(first + 1),
                            vector.at(first + 2),
                            vector.at(first + 3),
                            vector.at(first + 4),
                            vector.at(first + 5),
                            vector.at(first + 6),
                            vector.at(first + 7)));
        }
        return bands;
    }
}
