// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.BiquadCoefficients;

/**
 * Sections of a low-pass that fall as their analogue model does up to 20 kHz at 44.1 kHz, where the
 * bilinear transform goes down to nothing.
 *
 * <p>Poles by impulse invariance; zeros from the analogue squared magnitude at DC, near the cutoff
 * and at {@value #REACH} of half the rate, after M. Vicanek, "Matched second order digital filters"
 * (2016), which takes half the rate itself.
 */
final class MatchedLowPass {
    private static final double REACH = 20.0 / 22.05;

    /** Where the cutoff lies too near to the other place, this share of half the rate. */
    private static final double MIDDLE = 0.6;

    private MatchedLowPass() {}

    /** Two poles, -3 dB at the cutoff for q = 1/√2. */
    static BiquadCoefficients second(double cutoffHz, double q, double sampleRateHz) {
        double w = 2.0 * StrictMath.PI * cutoffHz / sampleRateHz;
        double damping = 1.0 / (2.0 * q);
        double decay = StrictMath.exp(-damping * w);
        double a1 = -2.0 * decay * StrictMath.cos(w * StrictMath.sqrt(1.0 - damping * damping));
        double a2 = decay * decay;
        // |H|² = (B0 (1 - x) + B1 x + B2 4x (1 - x)) / (A0 (1 - x) + A1 x + A2 4x (1 - x)),
        // x = sin²(ω/2)
        double[] a = {
            (1.0 + a1 + a2) * (1.0 + a1 + a2), (1.0 - a1 + a2) * (1.0 - a1 + a2), -4.0 * a2
        };
        double near = squaredSine(Math.min(w, MIDDLE * StrictMath.PI));
        double far = squaredSine(REACH * StrictMath.PI);
        double wantedNear = wanted(a, near, w, q) - a[0] * (1.0 - near);
        double wantedFar = wanted(a, far, w, q) - a[0] * (1.0 - far);
        double bentNear = 4.0 * near * (1.0 - near);
        double bentFar = 4.0 * far * (1.0 - far);
        double determinant = near * bentFar - far * bentNear;
        double atNyquist = (wantedNear * bentFar - wantedFar * bentNear) / determinant;
        double bent = (near * wantedFar - far * wantedNear) / determinant;

        double root0 = 1.0 + a1 + a2;
        double root1 = StrictMath.sqrt(Math.max(atNyquist, 0.0));
        double sum = (root0 + root1) / 2.0;
        double b0 = (sum + StrictMath.sqrt(Math.max(sum * sum + bent, 0.0))) / 2.0;
        return new BiquadCoefficients(b0, (root0 - root1) / 2.0, -bent / (4.0 * b0), a1, a2);
    }

    /** One pole. */
    static BiquadCoefficients first(double cutoffHz, double sampleRateHz) {
        double w = 2.0 * StrictMath.PI * cutoffHz / sampleRateHz;
        double a1 = -StrictMath.exp(-w);
        double far = squaredSine(REACH * StrictMath.PI);
        double ratio = REACH * StrictMath.PI / w;
        double atDc = (1.0 + a1) * (1.0 + a1);
        double power = (atDc * (1.0 - far) + (1.0 - a1) * (1.0 - a1) * far) / (1.0 + ratio * ratio);
        double atNyquist = StrictMath.sqrt(Math.max(0.0, (power - atDc * (1.0 - far)) / far));
        return new BiquadCoefficients(
                (1.0 + a1 + atNyquist) / 2.0, (1.0 + a1 - atNyquist) / 2.0, 0.0, a1, 0.0);
    }

    /** The numerator's squared magnitude that gives the model's response at x = sin²(ω/2). */
    private static double wanted(double[] a, double x, double w, double q) {
        double ratio = 2.0 * StrictMath.asin(StrictMath.sqrt(x)) / w;
        double square = ratio * ratio;
        double model = 1.0 / ((1.0 - square) * (1.0 - square) + square / (q * q));
        return model * (a[0] * (1.0 - x) + a[1] * x + a[2] * 4.0 * x * (1.0 - x));
    }

    private static double squaredSine(double radians) {
        double sine = StrictMath.sin(radians / 2.0);
        return sine * sine;
    }
}
