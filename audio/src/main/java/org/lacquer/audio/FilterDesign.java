// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/**
 * Second-order sections from analogue prototypes. Pure functions; all trigonometry is {@link
 * StrictMath}.
 *
 * <p>High-pass, low-pass and all-pass use the bilinear transform with pre-warping, as R.
 * Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients" (1994). Bells and
 * shelves match the analogue magnitude up to the Nyquist frequency, after M. Vicanek, "Matched
 * second order digital filters" (2016): poles by impulse invariance, zeros from the analogue
 * squared magnitude at three frequencies. Of a boost and the cut that mirrors it, one is matched
 * and the other its reciprocal: they cancel exactly, and the match is always made on the side where
 * it exists (a deep, wide cut leaves the three frequencies no real zeros).
 */
public final class FilterDesign {
    private FilterDesign() {}

    /** Second-order high-pass, -3 dB at the cutoff for q = 1/√2. */
    public static BiquadCoefficients highPass(double cutoffHz, double q, double sampleRateHz) {
        double w = angle(cutoffHz, sampleRateHz);
        double cos = StrictMath.cos(w);
        double alpha = StrictMath.sin(w) / (2.0 * q);
        double a0 = 1.0 + alpha;
        return new BiquadCoefficients(
                (1.0 + cos) / 2.0 / a0,
                -(1.0 + cos) / a0,
                (1.0 + cos) / 2.0 / a0,
                -2.0 * cos / a0,
                (1.0 - alpha) / a0);
    }

    /** Second-order low-pass, -3 dB at the cutoff for q = 1/√2. */
    public static BiquadCoefficients lowPass(double cutoffHz, double q, double sampleRateHz) {
        double w = angle(cutoffHz, sampleRateHz);
        double cos = StrictMath.cos(w);
        double alpha = StrictMath.sin(w) / (2.0 * q);
        double a0 = 1.0 + alpha;
        return new BiquadCoefficients(
                (1.0 - cos) / 2.0 / a0,
                (1.0 - cos) / a0,
                (1.0 - cos) / 2.0 / a0,
                -2.0 * cos / a0,
                (1.0 - alpha) / a0);
    }

    /** Second-order band-pass, 0 dB at the centre, -3 dB at the edges of a bandwidth centre/q. */
    public static BiquadCoefficients bandPass(double centreHz, double q, double sampleRateHz) {
        double w = angle(centreHz, sampleRateHz);
        double alpha = StrictMath.sin(w) / (2.0 * q);
        double a0 = 1.0 + alpha;
        return new BiquadCoefficients(
                alpha / a0, 0.0, -alpha / a0, -2.0 * StrictMath.cos(w) / a0, (1.0 - alpha) / a0);
    }

    /** Second-order all-pass with the phase of a fourth-order Linkwitz-Riley pair when q = 1/√2. */
    public static BiquadCoefficients allPass(double centreHz, double q, double sampleRateHz) {
        double w = angle(centreHz, sampleRateHz);
        double cos = StrictMath.cos(w);
        double alpha = StrictMath.sin(w) / (2.0 * q);
        double a0 = 1.0 + alpha;
        return new BiquadCoefficients(
                (1.0 - alpha) / a0, -2.0 * cos / a0, 1.0, -2.0 * cos / a0, (1.0 - alpha) / a0);
    }

    /** First-order high-pass as a section with zero second-order terms. */
    public static BiquadCoefficients firstOrderHighPass(double cutoffHz, double sampleRateHz) {
        double k = StrictMath.tan(angle(cutoffHz, sampleRateHz) / 2.0);
        return new BiquadCoefficients(
                1.0 / (1.0 + k), -1.0 / (1.0 + k), 0.0, (k - 1.0) / (k + 1.0), 0.0);
    }

    /**
     * Bell: H(s) = (s² + s·A/Q + 1) / (s² + s/(A·Q) + 1) with A = √gain. Boost and cut of the same
     * size cancel exactly.
     */
    public static BiquadCoefficients bell(
            double centreHz, double gainDb, double q, double sampleRateHz) {
        if (gainDb == 0.0) {
            return BiquadCoefficients.IDENTITY;
        }
        if (gainDb < 0.0) {
            return bell(centreHz, -gainDb, q, sampleRateHz).reciprocal();
        }
        double a = Decibels.toGain(gainDb / 2.0);
        return matched(angle(centreHz, sampleRateHz), 1.0, a / q, 1.0, 1.0, 1.0 / (a * q), 1.0);
    }

    /**
     * Shelf that moves everything well below {@code centreHz} by {@code gainDb}; half of it, in dB,
     * at the centre.
     */
    public static BiquadCoefficients lowShelf(
            double centreHz, double gainDb, double q, double sampleRateHz) {
        if (gainDb == 0.0) {
            return BiquadCoefficients.IDENTITY;
        }
        if (gainDb < 0.0) {
            return lowShelf(centreHz, -gainDb, q, sampleRateHz).reciprocal();
        }
        double a = Decibels.toGain(gainDb / 2.0);
        double root = StrictMath.sqrt(a);
        // A (s² + s √A/Q + A) / (A s² + s √A/Q + 1)
        return matched(angle(centreHz, sampleRateHz), a, a * root / q, a * a, a, root / q, 1.0);
    }

    /**
     * Shelf that moves everything well above {@code centreHz} by {@code gainDb}; half of it, in dB,
     * at the centre.
     */
    public static BiquadCoefficients highShelf(
            double centreHz, double gainDb, double q, double sampleRateHz) {
        if (gainDb == 0.0) {
            return BiquadCoefficients.IDENTITY;
        }
        if (gainDb > 0.0) {
            return highShelf(centreHz, -gainDb, q, sampleRateHz).reciprocal();
        }
        double a = Decibels.toGain(gainDb / 2.0);
        double root = StrictMath.sqrt(a);
        // A (A s² + s √A/Q + 1) / (s² + s √A/Q + A)
        return matched(angle(centreHz, sampleRateHz), a * a, a * root / q, a, 1.0, root / q, a);
    }

    /** Squared analogue magnitude of (n2 s² + n1 s + n0) / (d2 s² + d1 s + d0) at s = jx. */
    static double prototypePower(
            double n2, double n1, double n0, double d2, double d1, double d0, double x) {
        double re = n0 - n2 * x * x;
        double im = n1 * x;
        double dre = d0 - d2 * x * x;
        double dim = d1 * x;
        return (re * re + im * im) / (dre * dre + dim * dim);
    }

    /**
     * Digital section for the prototype with s normalised to the centre at {@code w} radians per
     * sample.
     *
     * <p>Poles: z = exp(w·s). Zeros: squared magnitude equal to the prototype's at DC, at Nyquist
     * and at one frequency between (the centre, or half of Nyquist when the centre lies close to
     * it), Vicanek eq. (22)-(29) in the form |H|² = (B0 φ0 + B1 φ1 + B2 φ2) / (A0 φ0 + A1 φ1 + A2
     * φ2).
     */
    private static BiquadCoefficients matched(
            double w, double n2, double n1, double n0, double d2, double d1, double d0) {
        double wp = w * StrictMath.sqrt(d0 / d2);
        double damping = d1 / (2.0 * StrictMath.sqrt(d0 * d2));
        double decay = StrictMath.exp(-damping * wp);
        double a1 =
                damping <= 1.0
                        ? -2.0
                                * decay
                                * StrictMath.cos(wp * StrictMath.sqrt(1.0 - damping * damping))
                        : -2.0
                                * decay
                                * StrictMath.cosh(wp * StrictMath.sqrt(damping * damping - 1.0));
        double a2 = decay * decay;
        double capA0 = (1.0 + a1 + a2) * (1.0 + a1 + a2);
        double capA1 = (1.0 - a1 + a2) * (1.0 - a1 + a2);
        double capA2 = -4.0 * a2;

        double capB0 = capA0 * prototypePower(n2, n1, n0, d2, d1, d0, 0.0);
        double capB1 = capA1 * prototypePower(n2, n1, n0, d2, d1, d0, StrictMath.PI / w);
        double middle = Math.min(w, StrictMath.PI / 2.0);
        double sin = StrictMath.sin(middle / 2.0);
        double phi1 = sin * sin;
        double phi0 = 1.0 - phi1;
        double phi2 = 4.0 * phi0 * phi1;
        double target =
                prototypePower(n2, n1, n0, d2, d1, d0, middle / w)
                        * (capA0 * phi0 + capA1 * phi1 + capA2 * phi2);
        double capB2 = (target - capB0 * phi0 - capB1 * phi1) / phi2;

        double root0 = StrictMath.sqrt(capB0);
        double root1 = StrictMath.sqrt(Math.max(capB1, 0.0));
        double sum = (root0 + root1) / 2.0;
        double b0 = (sum + StrictMath.sqrt(Math.max(sum * sum + capB2, 0.0))) / 2.0;
        double b1 = (root0 - root1) / 2.0;
        double b2 = b0 == 0.0 ? 0.0 : -capB2 / (4.0 * b0);
        return new BiquadCoefficients(b0, b1, b2, a1, a2);
    }

    private static double angle(double frequencyHz, double sampleRateHz) {
        Require.that(
                frequencyHz > 0.0 && frequencyHz < sampleRateHz / 2.0,
                "frequencyHz must be between 0.0 and "
                        + sampleRateHz / 2.0
                        + " Hz (half the sample rate), got "
                        + frequencyHz);
        return 2.0 * StrictMath.PI * frequencyHz / sampleRateHz;
    }
}
