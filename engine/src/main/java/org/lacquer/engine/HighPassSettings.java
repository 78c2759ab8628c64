// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.FilterDesign;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.List;

/**
 * Butterworth high-pass against rumble and DC, -3 dB at the cutoff.
 *
 * @param cutoffHz 5 to 400 Hz
 * @param slopeDbPerOctave 6, 12, 18 ... 48: the order of the filter times 6
 */
public record HighPassSettings(double cutoffHz, int slopeDbPerOctave) implements StageSettings {
    public static final HighPassSettings DEFAULT = new HighPassSettings(20.0, 12);

    public HighPassSettings {
        Require.inRange("cutoffHz", cutoffHz, 5.0, 400.0, "Hz");
        Butterworth.requireSlope(slopeDbPerOctave);
    }

    @Override
    public boolean neutral() {
        return false;
    }

    @Override
    public Processor prepare(StreamFormat format) {
        return new BiquadChain(sections(format.sampleRateHz()), format.channels());
    }

    /** Magnitude response at a frequency. */
    public double responseDb(double frequencyHz, int sampleRateHz) {
        return BiquadChain.responseDb(sections(sampleRateHz), frequencyHz, sampleRateHz);
    }

    private List<BiquadCoefficients> sections(int sampleRateHz) {
        return Butterworth.sections(
                slopeDbPerOctave,
                q -> FilterDesign.highPass(cutoffHz, q, sampleRateHz),
                () -> FilterDesign.firstOrderHighPass(cutoffHz, sampleRateHz));
    }
}
