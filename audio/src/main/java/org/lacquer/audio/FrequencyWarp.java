// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/**
 * What squared analogue frequency a digital frequency stands for: {@code Ω² = r(x)} with {@code x =
 * sin²(ω/2)}, a rational function of degree 2 or 3.
 *
 * <p>The exact relation is Ω = ω, so {@code r(x) = (2 arcsin √x)²}; the bilinear transform takes
 * {@code 4x / (1 - x)} instead, which is why it cramps. A rational r of higher degree keeps a
 * response that is rational in Ω² rational in x, and therefore a digital filter, at the cost of as
 * many second-order sections as the degree.
 *
 * <p>The coefficients were fitted here to {@code (2 arcsin √x)²} for ω up to 20/22.05 of π (20 kHz
 * at 44.1 kHz) by least squares with weights that level the relative error: 0.36 % of Ω² remain at
 * degree 2 and 0.018 % at degree 3. Both rise over all of 0 to 1, so that no positive Ω² has more
 * than one x.
 *
 * @param numerator of r(x)/x, from the constant upwards
 * @param denominator from the constant upwards
 */
record FrequencyWarp(double[] numerator, double[] denominator) {
    /** End of the fitted range relative to the Nyquist frequency. */
    static final double REACH = 20.0 / 22.05;

    static final FrequencyWarp SECOND =
            new FrequencyWarp(
                    new double[] {4.0, -3.3626499081},
                    new double[] {1.0, -1.1958652473, 0.2674745973});

    static final FrequencyWarp THIRD =
            new FrequencyWarp(
                    new double[] {4.0, -6.2645974632, 2.3326337097},
                    new double[] {1.0, -1.9016932526, 1.0501052197, -0.1410378897});

    int degree() {
        return denominator.length - 1;
    }

    /** Ω² at ω radians per sample. */
    double squaredAt(double w) {
        double sin = StrictMath.sin(w / 2.0);
        double x = sin * sin;
        return x * Polynomials.value(numerator, x) / Polynomials.value(denominator, x);
    }

    /** All x with r(x) = {@code squared}; real and imaginary part by turns. */
    double[] solve(double squaredRe, double squaredIm) {
        int degree = degree();
        double[] re = new double[degree + 1];
        double[] im = new double[degree + 1];
        for (int k = 0; k <= degree; k++) {
            re[k] = (k > 0 ? numerator[k - 1] : 0.0) - squaredRe * denominator[k];
            im[k] = -squaredIm * denominator[k];
        }
        return Polynomials.roots(re, im);
    }
}
