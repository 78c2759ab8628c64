// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.FilterDesign;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
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
        Require.inRange("slopeDbPerOctave", slopeDbPerOctave, 6, 48, "dB per octave");
        Require.that(
                slopeDbPerOctave % 6 == 0,
                "slopeDbPerOctave must be a multiple of 6 dB per octave, got " + slopeDbPerOctave);
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

    /**
     * A Butterworth filter of order n: pairs of poles with Q = 1 / (2 cos θ), and a single pole for
     * odd n.
     */
    private List<BiquadCoefficients> sections(int sampleRateHz) {
        int order = slopeDbPerOctave / 6;
        List<BiquadCoefficients> sections = new ArrayList<>();
        for (int k = 0; k < order / 2; k++) {
            double theta = StrictMath.PI * (order - 1.0 - 2.0 * k) / (2.0 * order);
            sections.add(
                    FilterDesign.highPass(
                            cutoffHz, 1.0 / (2.0 * StrictMath.cos(theta)), sampleRateHz));
        }
        if (order % 2 == 1) {
            sections.add(FilterDesign.firstOrderHighPass(cutoffHz, sampleRateHz));
        }
        return sections;
    }
}
