// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/**
 * One second-order section, normalised to a0 = 1: H(z) = (b0 + b1 z⁻¹ + b2 z⁻²) / (1 + a1 z⁻¹ + a2
 * z⁻²).
 */
public record BiquadCoefficients(double b0, double b1, double b2, double a1, double a2) {
    /** Changes nothing. */
    public static final BiquadCoefficients IDENTITY = new BiquadCoefficients(1, 0, 0, 0, 0);

    /** 1 / H(z): stable when all zeros of this section lie inside the unit circle. */
    BiquadCoefficients reciprocal() {
        return new BiquadCoefficients(1.0 / b0, a1 / b0, a2 / b0, b1 / b0, b2 / b0);
    }

    /** Squared magnitude at a frequency. */
    public double powerAt(double frequencyHz, double sampleRateHz) {
        double w = 2.0 * StrictMath.PI * frequencyHz / sampleRateHz;
        double cos1 = StrictMath.cos(w);
        double cos2 = StrictMath.cos(2.0 * w);
        double numerator =
                b0 * b0
                        + b1 * b1
                        + b2 * b2
                        + 2.0 * (b0 * b1 + b1 * b2) * cos1
                        + 2.0 * b0 * b2 * cos2;
        double denominator =
                1.0 + a1 * a1 + a2 * a2 + 2.0 * (a1 + a1 * a2) * cos1 + 2.0 * a2 * cos2;
        return Math.max(numerator, 0.0) / denominator;
    }

    /** Magnitude response in dB at a frequency. */
    public double responseDb(double frequencyHz, double sampleRateHz) {
        return Decibels.fromPower(powerAt(frequencyHz, sampleRateHz));
    }
}
