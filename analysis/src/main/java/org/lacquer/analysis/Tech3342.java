// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.Arrays;

/** Loudness range of EBU Tech 3342 (November 2023). */
final class Tech3342 {
    /** Section 3.1: absolute gate; values at the gate pass. */
    private static final double ABSOLUTE_GATE_LUFS = -70.0;

    /** Section 3.1: relative gate below the mean power that passed the absolute gate. */
    private static final double RELATIVE_GATE_LU = -20.0;

    private static final double LOW_PERCENTILE = 0.10;
    private static final double HIGH_PERCENTILE = 0.95;

    /** Section 4: silence to append to a file, so that its end reaches the middle of a window. */
    static final int APPENDED_HOPS = 150;

    /** Short-term loudness: 3 s. */
    static final int WINDOW_HOPS = 300;

    /** Section 3: at least ten values a second. */
    static final int STEP_HOPS = 10;

    private Tech3342() {}

    /** LU between the percentiles of the gated short-term powers; NaN when none passes. */
    static double loudnessRange(double[] shortTermPowers) {
        double[] absolute = atLeast(shortTermPowers, Bs1770.power(ABSOLUTE_GATE_LUFS));
        if (absolute.length == 0) {
            return Double.NaN;
        }
        double sum = 0.0;
        for (double power : absolute) {
            sum += power;
        }
        double gate = sum / absolute.length * StrictMath.pow(10.0, RELATIVE_GATE_LU / 10.0);
        double[] kept = atLeast(absolute, gate);
        Arrays.sort(kept);
        double low = kept[(int) Math.round((kept.length - 1) * LOW_PERCENTILE)];
        double high = kept[(int) Math.round((kept.length - 1) * HIGH_PERCENTILE)];
        return Bs1770.loudness(high) - Bs1770.loudness(low);
    }

    private static double[] atLeast(double[] powers, double gate) {
        return Arrays.stream(powers).filter(power -> power >= gate).toArray();
    }
}
