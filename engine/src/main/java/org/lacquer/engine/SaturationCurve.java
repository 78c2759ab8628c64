// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.FilterDesign;

/**
 * Curves that bend loud samples. All have slope 1 at zero, end near ±1, and are analytic, so that
 * their harmonics fall steadily; all are made of + - * / alone, so that every machine gives the
 * same bits.
 */
public enum SaturationCurve {
    /** tanh(x); highs reach it 3 dB louder and leave it 3 dB softer, as tape is biased. */
    TAPE,
    /** tanh(x) - tanh²(x) / 10: lopsided, so even harmonics come first. */
    TUBE,
    /**
     * tanh(x + x³/3), straight for longer and then bent harder; bass reaches it 6 dB louder and
     * leaves it 6 dB softer, as the flux in a core follows the integral of the voltage.
     */
    TRANSFORMER,
    /** tanh(x + x³/3) at all frequencies: x - x⁵/5 near zero. */
    SOFT_CLIP;

    private static final double TUBE_LOPSIDEDNESS = 0.1;
    private static final double TAPE_EMPHASIS_HZ = 5_000.0;
    private static final double TAPE_EMPHASIS_DB = 3.0;
    private static final double CORE_EMPHASIS_HZ = 90.0;
    private static final double CORE_EMPHASIS_DB = 6.0;
    private static final double EMPHASIS_Q = 0.6;

    /** Output for an input. */
    double at(double x) {
        return switch (this) {
            case TAPE -> tanh(x);
            case TUBE -> tube(x);
            case TRANSFORMER, SOFT_CLIP -> softClip(x);
        };
    }

    /** Derivative. */
    double slopeAt(double x) {
        return switch (this) {
            case TAPE -> 1.0 - tanh(x) * tanh(x);
            case TUBE -> (1.0 - tanh(x) * tanh(x)) * (1.0 - 2.0 * TUBE_LOPSIDEDNESS * tanh(x));
            case TRANSFORMER, SOFT_CLIP -> (1.0 - softClip(x) * softClip(x)) * (1.0 + x * x);
        };
    }

    /** Whether the two halves of the curve differ even without a bias. */
    boolean lopsided() {
        return this == TUBE;
    }

    /** Filter in front of the curve, and, with {@code -1}, the one that undoes it behind. */
    BiquadCoefficients emphasis(int sign, int sampleRateHz) {
        double rate = sampleRateHz;
        return switch (this) {
            case TAPE ->
                    FilterDesign.highShelf(
                            Math.min(TAPE_EMPHASIS_HZ, 0.25 * rate),
                            sign * TAPE_EMPHASIS_DB,
                            EMPHASIS_Q,
                            rate);
            case TRANSFORMER ->
                    FilterDesign.lowShelf(
                            CORE_EMPHASIS_HZ, sign * CORE_EMPHASIS_DB, EMPHASIS_Q, rate);
            case TUBE, SOFT_CLIP -> BiquadCoefficients.IDENTITY;
        };
    }

    /**
     * Replaces {@code u} by what the curve adds to it: {@code (f(u + bias) - f(bias)) / f'(bias) -
     * u}.
     */
    void bend(float[] u, int count, double bias) {
        double offset = at(bias);
        double scale = 1.0 / slopeAt(bias);
        switch (this) {
            case TAPE -> {
                for (int i = 0; i < count; i++) {
                    double x = u[i];
                    u[i] = (float) (scale * (tanh(x + bias) - offset) - x);
                }
            }
            case TUBE -> {
                for (int i = 0; i < count; i++) {
                    double x = u[i];
                    u[i] = (float) (scale * (tube(x + bias) - offset) - x);
                }
            }
            case TRANSFORMER, SOFT_CLIP -> {
                for (int i = 0; i < count; i++) {
                    double x = u[i];
                    u[i] = (float) (scale * (softClip(x + bias) - offset) - x);
                }
            }
        }
    }

    private static double tube(double x) {
        double t = tanh(x);
        return t - TUBE_LOPSIDEDNESS * t * t;
    }

    private static double softClip(double x) {
        double near = Math.max(-8.0, Math.min(8.0, x));
        return tanh(near + near * near * near / 3.0);
    }

    /**
     * Hyperbolic tangent within 2e-8: exp(2x) = (P(x/8) / P(-x/8))^16 with the Padé approximant of
     * third order, P(y) = 1 + y/2 + y²/10 + y³/120. Beyond ±16 it is ±1 to 2e-14.
     */
    static double tanh(double x) {
        double y = Math.max(-2.0, Math.min(2.0, 0.125 * x));
        double square = y * y;
        double even = 1.0 + 0.1 * square;
        double odd = y * (0.5 + square * (1.0 / 120.0));
        double p = even + odd;
        double q = even - odd;
        p *= p;
        p *= p;
        p *= p;
        p *= p;
        q *= q;
        q *= q;
        q *= q;
        q *= q;
        return (p - q) / (p + q);
    }
}
