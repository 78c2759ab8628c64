// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/**
 * Error-feedback filters: the error of a shaped quantiser has the spectrum of {@code 1 - Σ c[k]
 * z^-k} times white noise.
 *
 * <p>Coefficients: S. Lipshitz, J. Vanderkooy, R. Wannamaker, "Minimally audible noise shaping",
 * JAES 39 (1991), and R. Wannamaker, "Psychoacoustically optimal noise shaping", JAES 40 (1992), as
 * the SoX project lists them for 44.1 kHz.
 */
final class NoiseShaping {
    private static final double[] NONE = {};
    private static final double[] WANNAMAKER_3 = {1.623, -0.982, 0.109};
    private static final double[] LIPSHITZ_5 = {2.033, -2.165, 1.959, -1.590, 0.6149};
    private static final double[] MODIFIED_E_9 = {
        1.662, -1.263, 0.4827, -0.2913, 0.1268, -0.1124, 0.03252, -0.01265, -0.03524
    };
    private static final double[] F_WEIGHTED_9 = {
        2.412, -3.370, 3.937, -4.174, 3.353, -2.205, 1.281, -0.569, 0.0847
    };
    private static final double[] IMPROVED_E_9 = {
        2.847, -4.685, 6.214, -7.184, 6.639, -5.032, 3.263, -1.632, 0.4191
    };

    private NoiseShaping() {}

    /** Feedback coefficients from one frame back on; none when the error stays white. */
    static double[] coefficients(DitherKind kind, int sampleRateHz) {
        if (sampleRateHz != 44_100 && sampleRateHz != 48_000) {
            return NONE;
        }
        return switch (kind) {
            case NONE, TPDF -> NONE;
            case WANNAMAKER_3 -> WANNAMAKER_3;
            case LIPSHITZ_5 -> LIPSHITZ_5;
            case MODIFIED_E_9 -> MODIFIED_E_9;
            case F_WEIGHTED_9 -> F_WEIGHTED_9;
            case IMPROVED_E_9 -> IMPROVED_E_9;
        };
    }
}
