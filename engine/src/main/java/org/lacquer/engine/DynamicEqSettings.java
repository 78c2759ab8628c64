// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.List;

/**
 * Equaliser whose bands move with the level of what they hear. For what is only sometimes too much:
 * sibilance, a booming note.
 *
 * @param bands at most 12, in series; each hears what those before it left
 */
public record DynamicEqSettings(List<DynamicEqBand> bands) implements StageSettings {
    public static final DynamicEqSettings DEFAULT = new DynamicEqSettings(List.of());

    public DynamicEqSettings {
        bands = List.copyOf(bands);
        Require.inRange("bands", bands.size(), 0, 12, "bands");
    }

    @Override
    public boolean neutral() {
        return bands.stream().allMatch(DynamicEqBand::neutral);
    }

    @Override
    public Processor prepare(StreamFormat format) {
        return new DynamicEq(this, format);
    }

    /**
     * Magnitude response at a frequency when every band does all it may, of a signal that left and
     * right have in common: all bands but those on side, left or right.
     */
    public double responseDb(double frequencyHz, int sampleRateHz) {
        return new ParametricEqSettings(bands.stream().map(DynamicEqBand::atRange).toList())
                .responseDb(frequencyHz, sampleRateHz);
    }
}
