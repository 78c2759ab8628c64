// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.FilterDesign;
import org.lacquer.audio.Require;

/**
 * One band of an equaliser.
 *
 * @param frequencyHz centre, 10 to 40,000 Hz; a band at or above 0.49 of the sample rate is left
 *     out
 * @param gainDb -24 to 24 dB
 * @param q 0.1 to 24
 */
public record EqBand(Shape shape, double frequencyHz, double gainDb, double q) {
    /** Curve of a band. */
    public enum Shape {
        BELL,
        LOW_SHELF,
        HIGH_SHELF
    }

    public static final EqBand DEFAULT = new EqBand(Shape.BELL, 1000.0, 0.0, 0.71);

    public EqBand {
        Require.inRange("frequencyHz", frequencyHz, 10.0, 40_000.0, "Hz");
        Require.inRange("gainDb", gainDb, -24.0, 24.0, "dB");
        Require.inRange("q", q, 0.1, 24.0, "");
    }

    public EqBand withGainDb(double value) {
        return new EqBand(shape, frequencyHz, value, q);
    }

    /** Whether the band fits below half the sample rate. */
    boolean fits(int sampleRateHz) {
        return frequencyHz < 0.49 * sampleRateHz;
    }

    BiquadCoefficients section(int sampleRateHz) {
        return switch (shape) {
            case BELL -> FilterDesign.bell(frequencyHz, gainDb, q, sampleRateHz);
            case LOW_SHELF -> FilterDesign.lowShelf(frequencyHz, gainDb, q, sampleRateHz);
            case HIGH_SHELF -> FilterDesign.highShelf(frequencyHz, gainDb, q, sampleRateHz);
        };
    }
}
