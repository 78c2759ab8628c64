// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.Require;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;

/**
 * A Butterworth filter of order n: pairs of poles with Q = 1 / (2 cos θ), and a single pole for odd
 * n.
 */
final class Butterworth {
    private Butterworth() {}

    static void requireSlope(int slopeDbPerOctave) {
        Require.inRange("slopeDbPerOctave", slopeDbPerOctave, 6, 48, "dB per octave");
        Require.that(
                slopeDbPerOctave % 6 == 0,
                "slopeDbPerOctave must be a multiple of 6 dB per octave, got " + slopeDbPerOctave);
    }

    static List<BiquadCoefficients> sections(
            int slopeDbPerOctave,
            DoubleFunction<BiquadCoefficients> pair,
            Supplier<BiquadCoefficients> single) {
        int order = slopeDbPerOctave / 6;
        List<BiquadCoefficients> sections = new ArrayList<>();
        for (int k = 0; k < order / 2; k++) {
            double theta = StrictMath.PI * (order - 1.0 - 2.0 * k) / (2.0 * order);
            sections.add(pair.apply(1.0 / (2.0 * StrictMath.cos(theta))));
        }
        if (order % 2 == 1) {
            sections.add(single.get());
        }
        return sections;
    }
}
