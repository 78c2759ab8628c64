// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.EqDesign;
import org.lacquer.audio.Require;

import java.util.ArrayList;
import java.util.List;

/**
 * One band of an equaliser.
 *
 * @param frequencyHz centre, 10 to 40,000 Hz; a band at or above 0.49 of the sample rate is left
 *     out
 * @param gainDb -24 to 24 dB
 * @param q 0.1 to 24
 * @param placement what the band works on
 */
public record EqBand(
        Shape shape, double frequencyHz, double gainDb, double q, ChannelPlacement placement) {
    /** Curve of a band. */
    public enum Shape {
        /** H(s) = (s² + s·A/Q + 1) / (s² + s/(A·Q) + 1) with A = √gain. */
        BELL,
        /** Moves everything well below the frequency by the gain; half of it, in dB, there. */
        LOW_SHELF,
        /** Moves everything well above the frequency by the gain; half of it, in dB, there. */
        HIGH_SHELF,
        /**
         * Turns the spectrum about the frequency: the gain well above it, its opposite well below.
         * A high shelf of twice the gain, lowered by the gain; Q 0.3 takes about four octaves.
         */
        TILT,
        /**
         * Plateau from {@code f·(√(1 + 1/4Q²) - 1/2Q)} to {@code f·(√(1 + 1/4Q²) + 1/2Q)}, the
         * edges of a bell of that Q: a high shelf at the one and its opposite at the other, both
         * with Q 1/√2. Reaches its gain for Q below about 0.5.
         */
        BAND_SHELF
    }

    public static final EqBand DEFAULT =
            new EqBand(Shape.BELL, 1000.0, 0.0, 0.71, ChannelPlacement.STEREO);

    /** Share of the sample rate that a centre must stay below. */
    private static final double HIGHEST = 0.49;

    private static final double EDGE_Q = StrictMath.sqrt(0.5);

    public EqBand {
        Require.inRange("frequencyHz", frequencyHz, 10.0, 40_000.0, "Hz");
        Require.inRange("gainDb", gainDb, -24.0, 24.0, "dB");
        Require.inRange("q", q, 0.1, 24.0, "");
    }

    /** A band on both channels alike. */
    public EqBand(Shape shape, double frequencyHz, double gainDb, double q) {
        this(shape, frequencyHz, gainDb, q, ChannelPlacement.STEREO);
    }

    public EqBand withGainDb(double value) {
        return new EqBand(shape, frequencyHz, value, q, placement);
    }

    public EqBand withPlacement(ChannelPlacement value) {
        return new EqBand(shape, frequencyHz, gainDb, q, value);
    }

    /** Magnitude response at a frequency, of what the band works on. */
    public double responseDb(double frequencyHz, int sampleRateHz) {
        return BiquadChain.responseDb(sections(sampleRateHz), frequencyHz, sampleRateHz);
    }

    /** Second-order sections; none when the band changes nothing or lies too high. */
    List<BiquadCoefficients> sections(int sampleRateHz) {
        if (gainDb == 0.0 || frequencyHz >= HIGHEST * sampleRateHz) {
            return List.of();
        }
        return switch (shape) {
            case BELL -> EqDesign.bell(frequencyHz, gainDb, q, sampleRateHz);
            case LOW_SHELF -> EqDesign.lowShelf(frequencyHz, gainDb, q, sampleRateHz);
            case HIGH_SHELF -> EqDesign.highShelf(frequencyHz, gainDb, q, sampleRateHz);
            case TILT -> {
                List<BiquadCoefficients> sections =
                        new ArrayList<>(
                                EqDesign.highShelf(frequencyHz, 2.0 * gainDb, q, sampleRateHz));
                sections.add(new BiquadCoefficients(Decibels.toGain(-gainDb), 0, 0, 0, 0));
                yield sections;
            }
            case BAND_SHELF -> bandShelf(sampleRateHz);
        };
    }

    private List<BiquadCoefficients> bandShelf(int sampleRateHz) {
        double half = 1.0 / (2.0 * q);
        double spread = half + StrictMath.sqrt(1.0 + half * half);
        List<BiquadCoefficients> sections =
                new ArrayList<>(
                        EqDesign.highShelf(frequencyHz / spread, gainDb, EDGE_Q, sampleRateHz));
        if (frequencyHz * spread < HIGHEST * sampleRateHz) {
            sections.addAll(
                    EqDesign.highShelf(frequencyHz * spread, -gainDb, EDGE_Q, sampleRateHz));
        }
        return sections;
    }
}
