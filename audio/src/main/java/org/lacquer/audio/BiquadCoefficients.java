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

    /**
     * Squared magnitude at a frequency. The cosines cancel below a few hundred Hz: the last digits
     * are noise there, which {@link #responseDb} avoids. This form stays because features that a
     * model was trained on are weighted with it.
     */
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

    /** Magnitude response in dB at a frequency, without cancellation. */
    public double responseDb(double frequencyHz, double sampleRateHz) {
        double sin = StrictMath.sin(StrictMath.PI * frequencyHz / sampleRateHz);
        return Decibels.fromPower(powerAtSquaredSine(sin * sin));
    }

    /**
     * Squared magnitude by φ = sin²(ω/2), exact at low frequencies, too: {@code |B|² = (b0 + b1 +
     * b2)² (1 - φ) + (b0 - b1 + b2)² φ - 16 b0 b2 φ (1 - φ)}, after Vicanek (2016).
     */
    public double powerAtSquaredSine(double phi) {
        return Math.max(quadratic(b0, b1, b2, phi), 0.0) / quadratic(1.0, a1, a2, phi);
    }

    private static double quadratic(double c0, double c1, double c2, double phi) {
        double atDc = c0 + c1 + c2;
        double atNyquist = c0 - c1 + c2;
        double rest = 1.0 - phi;
        return atDc * atDc * rest + atNyquist * atNyquist * phi - 16.0 * c0 * c2 * phi * rest;
    }
}
