// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.List;

/**
 * Butterworth low-pass, -3 dB at the cutoff ({@link MatchedLowPass}). Up to 0.907 of half the rate
 * it is within 0.43 dB of its analogue model for each 12 dB per octave, 0.55 dB for a single 6.
 * Left out when the cutoff lies at or above 0.49 of the sample rate.
 *
 * @param cutoffHz 500 to 40,000 Hz
 * @param slopeDbPerOctave 6, 12, 18 ... 48: the order of the filter times 6
 */
public record LowPassSettings(double cutoffHz, int slopeDbPerOctave) implements StageSettings {
    public static final LowPassSettings DEFAULT = new LowPassSettings(20_000.0, 12);

    public LowPassSettings {
        Require.inRange("cutoffHz", cutoffHz, 500.0, 40_000.0, "Hz");
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
        if (cutoffHz >= 0.49 * sampleRateHz) {
            return List.of();
        }
        return Butterworth.sections(
                slopeDbPerOctave,
                q -> MatchedLowPass.second(cutoffHz, q, sampleRateHz),
                () -> MatchedLowPass.first(cutoffHz, sampleRateHz));
    }
}
