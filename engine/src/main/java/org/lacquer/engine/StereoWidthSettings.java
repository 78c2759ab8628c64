// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

/**
 * Level of the side signal (L-R)/2 against the mid signal (L+R)/2, and mono bass. Leaves mono files
 * alone.
 *
 * @param sideGainDb -60 to 9 dB
 * @param bassMonoHz below it the side signal falls by 12 dB per octave; 0 switches it off, else 20
 *     to 400 Hz
 */
public record StereoWidthSettings(double sideGainDb, double bassMonoHz) implements StageSettings {
    public static final StereoWidthSettings DEFAULT = new StereoWidthSettings(0.0, 0.0);

    public StereoWidthSettings {
        Require.inRange("sideGainDb", sideGainDb, -60.0, 9.0, "dB");
        if (bassMonoHz != 0.0) {
            Require.inRange("bassMonoHz", bassMonoHz, 20.0, 400.0, "Hz (or 0 for off)");
        }
    }

    @Override
    public boolean neutral() {
        return sideGainDb == 0.0 && bassMonoHz == 0.0;
    }

    @Override
    public Processor prepare(StreamFormat format) {
        return format.channels() == 2 && !neutral()
                ? new StereoWidth(Decibels.toGain(sideGainDb), bassMonoHz, format.sampleRateHz())
                : new Gain(1f);
    }
}
