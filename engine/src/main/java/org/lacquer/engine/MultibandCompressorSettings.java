// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.List;

/**
 * Compressor and expander in one to five bands.
 *
 * @param crossoversHz rising, one fewer than bands, each 20 to 16,000 Hz
 * @param bands from low to high
 */
public record MultibandCompressorSettings(List<Double> crossoversHz, List<CompressorBand> bands)
        implements StageSettings {
    public static final MultibandCompressorSettings DEFAULT =
            new MultibandCompressorSettings(List.of(), List.of(CompressorBand.DEFAULT));

    public MultibandCompressorSettings {
        crossoversHz = List.copyOf(crossoversHz);
        bands = List.copyOf(bands);
        Require.inRange("bands", bands.size(), 1, 5, "bands");
        Require.that(
                crossoversHz.size() == bands.size() - 1,
                "crossoversHz must have one entry fewer than bands, got "
                        + crossoversHz.size()
                        + " for "
                        + bands.size());
        double last = 20.0;
        for (double crossover : crossoversHz) {
            Require.inRange("crossoversHz", crossover, last, 16_000.0, "Hz and rise");
            last = crossover;
        }
    }

    @Override
    public boolean neutral() {
        return bands.stream().allMatch(CompressorBand::neutral);
    }

    @Override
    public Processor prepare(StreamFormat format) {
        return neutral() ? new Gain(1f) : new MultibandCompressor(this, format);
    }

    /** Magnitude response of one band of the crossover, all gains left at 0 dB. */
    public double bandResponseDb(int band, double frequencyHz, int sampleRateHz) {
        return Crossover.bandResponseDb(crossoversHz, band, frequencyHz, sampleRateHz);
    }
}
