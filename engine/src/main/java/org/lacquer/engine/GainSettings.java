// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

/**
 * Plain gain. Brings a mix to the level that the thresholds of later stages speak of.
 *
 * @param gainDb -60 to 60 dB
 */
public record GainSettings(double gainDb) implements StageSettings {
    public static final GainSettings DEFAULT = new GainSettings(0.0);

    public GainSettings {
        Require.inRange("gainDb", gainDb, -60.0, 60.0, "dB");
    }

    @Override
    public boolean neutral() {
        return gainDb == 0.0;
    }

    @Override
    public Processor prepare(StreamFormat format) {
        return new Gain((float) Decibels.toGain(gainDb));
    }
}
