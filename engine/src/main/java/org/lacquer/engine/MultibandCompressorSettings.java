// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Processor;
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
        BandSplitter.requireBands(crossoversHz, bands);
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
