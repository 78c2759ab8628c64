// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.FilterDesign;
import org.lacquer.audio.Require;

import java.util.ArrayList;
import java.util.List;

/**
 * One filter of a {@link DeviceModel}.
 *
 * @param frequencyHz corner (-3 dB) of a pass filter, centre of a bell or shelf; 10 to 20,000
 * @param gainDb of a bell or shelf, -24 to 24; 0 for a pass filter
 * @param q of a bell or shelf, 0.1 to 10; 0 for a pass filter, which is a Butterworth
 * @param order of a pass filter, 2 or 4 (12 or 24 dB an octave); 0 for a bell or shelf
 */
public record DeviceFilter(Kind kind, double frequencyHz, double gainDb, double q, int order) {
    /**
     * Filters at or above this part of the sample rate are left out: nothing is there to filter.
     */
    private static final double HIGHEST = 0.47;

    /** What a filter does. */
    public enum Kind {
        HIGH_PASS,
        LOW_PASS,
        BELL,
        LOW_SHELF,
        HIGH_SHELF;

        boolean passes() {
            return this == HIGH_PASS || this == LOW_PASS;
        }
    }

    public DeviceFilter {
        Require.inRange("frequencyHz", frequencyHz, 10.0, 20_000.0, "Hz");
        if (kind.passes()) {
            Require.that(order == 2 || order == 4, "order must be 2 or 4, got " + order);
            Require.inRange("gainDb", gainDb, 0.0, 0.0, "dB");
            Require.inRange("q", q, 0.0, 0.0, "");
        } else {
            Require.inRange("order", order, 0, 0, "");
            Require.inRange("gainDb", gainDb, -24.0, 24.0, "dB");
            Require.inRange("q", q, 0.1, 10.0, "");
        }
    }

    public static DeviceFilter highPass(double frequencyHz, int order) {
        return new DeviceFilter(Kind.HIGH_PASS, frequencyHz, 0.0, 0.0, order);
    }

    public static DeviceFilter lowPass(double frequencyHz, int order) {
        return new DeviceFilter(Kind.LOW_PASS, frequencyHz, 0.0, 0.0, order);
    }

    public static DeviceFilter bell(double frequencyHz, double gainDb, double q) {
        return new DeviceFilter(Kind.BELL, frequencyHz, gainDb, q, 0);
    }

    public static DeviceFilter lowShelf(double frequencyHz, double gainDb, double q) {
        return new DeviceFilter(Kind.LOW_SHELF, frequencyHz, gainDb, q, 0);
    }

    public static DeviceFilter highShelf(double frequencyHz, double gainDb, double q) {
        return new DeviceFilter(Kind.HIGH_SHELF, frequencyHz, gainDb, q, 0);
    }

    /**
     * Second-order sections in series for a sample rate; none when the frequency lies above 0.47 of
     * the rate.
     */
    public List<BiquadCoefficients> sections(double sampleRateHz) {
        if (frequencyHz >= HIGHEST * sampleRateHz) {
            return List.of();
        }
        return switch (kind) {
            case BELL -> List.of(FilterDesign.bell(frequencyHz, gainDb, q, sampleRateHz));
            case LOW_SHELF -> List.of(FilterDesign.lowShelf(frequencyHz, gainDb, q, sampleRateHz));
            case HIGH_SHELF ->
                    List.of(FilterDesign.highShelf(frequencyHz, gainDb, q, sampleRateHz));
            case HIGH_PASS, LOW_PASS -> butterworth(sampleRateHz);
        };
    }

    /** Pole pairs of a Butterworth filter: Q = 1 / (2 cos((2i + 1) π / 2n)). */
    private List<BiquadCoefficients> butterworth(double sampleRateHz) {
        List<BiquadCoefficients> list = new ArrayList<>();
        for (int i = 0; i < order / 2; i++) {
            double pairQ = 0.5 / StrictMath.cos((2 * i + 1) * StrictMath.PI / (2 * order));
            list.add(
                    kind == Kind.HIGH_PASS
                            ? FilterDesign.highPass(frequencyHz, pairQ, sampleRateHz)
                            : FilterDesign.lowPass(frequencyHz, pairQ, sampleRateHz));
        }
        return list;
    }
}
