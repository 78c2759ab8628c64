// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.FilterDesign;
import org.lacquer.audio.Require;

import java.util.ArrayList;
import java.util.List;

/**
 * What the detector of a compressor hears.
 *
 * @param peakPercent 0: the mean square; 100: the largest magnitude of the last 12.5 ms, less 3.01
 *     dB; between, the mean of both in dB in that share. A steady sine reads the same in all cases
 * @param highPassHz 12 dB per octave below it, so that bass does not pump; 0 switches it off, else
 *     20 to 500 Hz
 * @param tiltDb -12 to 12 dB: how much louder the detector hears the highest than the lowest
 *     frequencies, in a shelf centred at 1 kHz that leaves 1 kHz alone
 * @param linkPercent 100: both channels get one gain; 0: each its own; between, each detector hears
 *     the mean of both in that share
 */
public record SideChain(double peakPercent, double highPassHz, double tiltDb, double linkPercent) {
    public static final SideChain DEFAULT = new SideChain(0.0, 0.0, 0.0, 100.0);

    private static final double BUTTERWORTH_Q = StrictMath.sqrt(0.5);
    private static final double TILT_CENTRE_HZ = 1_000.0;

    /** Wide: the tilt needs five octaves. Chosen by eye from plots. */
    private static final double TILT_Q = 0.35;

    public SideChain {
        Require.inRange("peakPercent", peakPercent, 0.0, 100.0, "percent");
        if (highPassHz != 0.0) {
            Require.inRange("highPassHz", highPassHz, 20.0, 500.0, "Hz (or 0 for off)");
        }
        Require.inRange("tiltDb", tiltDb, -12.0, 12.0, "dB");
        Require.inRange("linkPercent", linkPercent, 0.0, 100.0, "percent");
    }

    /** How loud the detector hears a frequency. */
    public double responseDb(double frequencyHz, int sampleRateHz) {
        return BiquadChain.responseDb(sections(sampleRateHz), frequencyHz, sampleRateHz)
                - tiltDb / 2.0;
    }

    /** The filters but for a gain of {@code -tiltDb / 2}. */
    List<BiquadCoefficients> sections(int sampleRateHz) {
        List<BiquadCoefficients> sections = new ArrayList<>();
        if (highPassHz != 0.0) {
            sections.add(FilterDesign.highPass(highPassHz, BUTTERWORTH_Q, sampleRateHz));
        }
        if (tiltDb != 0.0) {
            sections.add(FilterDesign.highShelf(TILT_CENTRE_HZ, tiltDb, TILT_Q, sampleRateHz));
        }
        return sections;
    }
}
