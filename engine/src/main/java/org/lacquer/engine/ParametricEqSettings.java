// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
import java.util.List;

/**
 * Minimum-phase parametric equaliser, the same on both channels.
 *
 * @param bands at most 24
 */
public record ParametricEqSettings(List<EqBand> bands) implements StageSettings {
    public static final ParametricEqSettings DEFAULT = new ParametricEqSettings(List.of());

    public ParametricEqSettings {
        bands = List.copyOf(bands);
        Require.inRange("bands", bands.size(), 0, 24, "bands");
    }

    @Override
    public boolean neutral() {
        return bands.stream().allMatch(band -> band.gainDb() == 0.0);
    }

    @Override
    public Processor prepare(StreamFormat format) {
        return new BiquadChain(sections(format.sampleRateHz()), format.channels());
    }

    /** Magnitude response of all bands together at a frequency. */
    public double responseDb(double frequencyHz, int sampleRateHz) {
        return BiquadChain.responseDb(sections(sampleRateHz), frequencyHz, sampleRateHz);
    }

    private List<BiquadCoefficients> sections(int sampleRateHz) {
        List<BiquadCoefficients> sections = new ArrayList<>();
        for (EqBand band : bands) {
            if (band.gainDb() != 0.0 && band.fits(sampleRateHz)) {
                sections.add(band.section(sampleRateHz));
            }
        }
        return sections;
    }
}
