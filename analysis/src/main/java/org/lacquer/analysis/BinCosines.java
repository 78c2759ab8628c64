// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.BiquadCoefficients;

import java.util.Arrays;
import java.util.List;

/** Cosines and sines of all multiples of 2π / length, so that ten models cost one table. */
final class BinCosines {
    private final int length;
    private final double[] table;

    /**
     * @param length a power of two of at least four
     */
    BinCosines(int length) {
        this.length = length;
        this.table = new double[length];
        for (int i = 0; i <= length / 2; i++) {
            table[i] = StrictMath.cos(2.0 * StrictMath.PI * i / length);
            table[(length - i) % length] = table[i];
        }
    }

    double cos(long step) {
        return table[(int) (step & (length - 1))];
    }

    double sin(long step) {
        return table[(int) ((step - length / 4) & (length - 1))];
    }

    /** Product of the sections' squared magnitudes and a factor, at each step. */
    double[] powers(List<BiquadCoefficients> sections, double factor, int[] steps) {
        double[] powers = new double[steps.length];
        Arrays.fill(powers, factor);
        for (BiquadCoefficients s : sections) {
            double n0 = s.b0() * s.b0() + s.b1() * s.b1() + s.b2() * s.b2();
            double n1 = 2.0 * (s.b0() * s.b1() + s.b1() * s.b2());
            double n2 = 2.0 * s.b0() * s.b2();
            double d0 = 1.0 + s.a1() * s.a1() + s.a2() * s.a2();
            double d1 = 2.0 * (s.a1() + s.a1() * s.a2());
            double d2 = 2.0 * s.a2();
            for (int i = 0; i < powers.length; i++) {
                double cos1 = cos(steps[i]);
                double cos2 = cos(2L * steps[i]);
                powers[i] *=
                        Math.max(0.0, n0 + n1 * cos1 + n2 * cos2) / (d0 + d1 * cos1 + d2 * cos2);
            }
        }
        return powers;
    }
}
