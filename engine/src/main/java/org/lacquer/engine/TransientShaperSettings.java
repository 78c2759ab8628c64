// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;

import java.util.List;

/**
 * Stronger or softer onsets and tails, at any level, in one to five bands.
 *
 * @param crossoversHz rising, one fewer than bands, each 20 to 16,000 Hz
 * @param bands from low to high
 */
public record TransientShaperSettings(List<Double> crossoversHz, List<TransientBand> bands)
        implements StageSettings {
    public static final TransientShaperSettings DEFAULT =
            new TransientShaperSettings(List.of(), List.of(TransientBand.DEFAULT));

    public TransientShaperSettings {
        crossoversHz = List.copyOf(crossoversHz);
        bands = List.copyOf(bands);
        BandSplitter.requireBands(crossoversHz, bands);
    }

    /** One band, the whole sound. */
    public static TransientShaperSettings of(double attackDb, double sustainDb) {
        return new TransientShaperSettings(
                List.of(), List.of(new TransientBand(attackDb, sustainDb)));
    }

    @Override
    public boolean neutral() {
        return bands.stream().allMatch(TransientBand::neutral);
    }

    @Override
    public Processor prepare(StreamFormat format) {
        if (neutral()) {
            return new Gain(1f);
        }
        List<Double> fitting = BandSplitter.fitting(crossoversHz, format.sampleRateHz());
        return new BandChain(
                fitting,
                bands.subList(0, fitting.size() + 1).stream()
                        .map(band -> new TransientShaper(band, format))
                        .toList(),
                format);
    }
}
