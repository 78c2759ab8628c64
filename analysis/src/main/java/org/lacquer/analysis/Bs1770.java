// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.Require;

import java.util.Arrays;

/**
 * Constants and filters of Recommendation ITU-R BS.1770-5 (11/2023), "Algorithms to measure audio
 * programme loudness and true-peak audio level".
 *
 * <p>Tables 1 and 2 of Annex 1 give the K-weighting for 48 kHz only; at any other rate the
 * coefficients shall be "chosen to provide the same frequency response". Here both sections are
 * designed from analogue parameters that reproduce the tables to 1e-15 at 48 kHz. The numerator of
 * the second section is scaled so that its gain at half the sample rate is the one that it has at
 * 48 kHz; otherwise the mid range would drift by up to 0.04 dB between rates.
 */
final class Bs1770 {
    /** Annex 1, equation (2): offset of the loudness formula, in dB. */
    static final double OFFSET_DB = -0.691;

    /** Annex 1: absolute gate; blocks must be louder. */
    static final double ABSOLUTE_GATE_LUFS = -70.0;

    /** Annex 1, equation (6): distance of the relative gate from the absolutely gated loudness. */
    static final double RELATIVE_GATE_LU = -10.0;

    /** Annex 1: gating block of 400 ms, in hops of 10 ms. */
    static final int BLOCK_HOPS = 40;

    /** Annex 1: blocks overlap by 75 %, in hops of 10 ms. */
    static final int STEP_HOPS = 10;

    /** Annex 1, table 3, and Annex 3, table 4: loudspeakers at the sides, 60° to 120°. */
    static final double SIDE_WEIGHT = 1.41;

    private static final double SHELF_HZ = 1681.974450955533;
    private static final double SHELF_DB = 3.999843853973347;
    private static final double SHELF_Q = 0.7071752369554196;
    private static final double SHELF_BAND_EXPONENT = 0.4996667741545416;
    private static final double HIGH_PASS_HZ = 38.13547087602444;
    private static final double HIGH_PASS_Q = 0.5003270373238773;

    /** Table 2: a1 and a2 of the second section at 48 kHz, for its gain at half the rate. */
    private static final double HIGH_PASS_GAIN_48K =
            4.0 / (1.0 + 1.99004745483398 + 0.99007225036621);

    private Bs1770() {}

    /** First section: the high shelf that stands for the head. */
    static BiquadCoefficients shelf(double sampleRateHz) {
        double k = StrictMath.tan(StrictMath.PI * SHELF_HZ / sampleRateHz);
        double high = StrictMath.pow(10.0, SHELF_DB / 20.0);
        double band = StrictMath.pow(high, SHELF_BAND_EXPONENT);
        double a0 = 1.0 + k / SHELF_Q + k * k;
        return new BiquadCoefficients(
                (high + band * k / SHELF_Q + k * k) / a0,
                2.0 * (k * k - high) / a0,
                (high - band * k / SHELF_Q + k * k) / a0,
                2.0 * (k * k - 1.0) / a0,
                (1.0 - k / SHELF_Q + k * k) / a0);
    }

    /** Second section: the revised low-frequency B-curve, a high-pass. */
    static BiquadCoefficients highPass(double sampleRateHz) {
        double k = StrictMath.tan(StrictMath.PI * HIGH_PASS_HZ / sampleRateHz);
        double a0 = 1.0 + k / HIGH_PASS_Q + k * k;
        double a1 = 2.0 * (k * k - 1.0) / a0;
        double a2 = (1.0 - k / HIGH_PASS_Q + k * k) / a0;
        double gain = HIGH_PASS_GAIN_48K / (4.0 / (1.0 - a1 + a2));
        return new BiquadCoefficients(gain, -2.0 * gain, gain, a1, a2);
    }

    /** Power response of the whole K-weighting. */
    static double weightingPowerAt(double frequencyHz, double sampleRateHz) {
        return shelf(sampleRateHz).powerAt(frequencyHz, sampleRateHz)
                * highPass(sampleRateHz).powerAt(frequencyHz, sampleRateHz);
    }

    /** Annex 1, equation (2). Zero power gives negative infinity. */
    static double loudness(double weightedPower) {
        return OFFSET_DB + 10.0 * StrictMath.log10(weightedPower);
    }

    /** Inverse of {@link #loudness}. */
    static double power(double lufs) {
        return StrictMath.pow(10.0, (lufs - OFFSET_DB) / 10.0);
    }

    /**
     * Channel weights for FFmpeg's default layout of each channel count: mono, stereo, 3.0 (L R C),
     * 4.0 (L R C Cs), 5.0 (L R C Ls Rs), 5.1 (L R C LFE Ls Rs), 6.1 (L R C LFE Cs Lss Rss), 7.1 (L
     * R C LFE Lrs Rrs Lss Rss). Table 3 for up to 5.1, Annex 3 for the others, where loudspeakers
     * behind 120° weigh 1. LFE is excluded.
     */
    static double[] channelWeights(int channels) {
        Require.inRange("channels", channels, 1, 8, "");
        return switch (channels) {
            case 5 -> new double[] {1, 1, 1, SIDE_WEIGHT, SIDE_WEIGHT};
            case 6 -> new double[] {1, 1, 1, 0, SIDE_WEIGHT, SIDE_WEIGHT};
            case 7 -> new double[] {1, 1, 1, 0, 1, SIDE_WEIGHT, SIDE_WEIGHT};
            case 8 -> new double[] {1, 1, 1, 0, 1, 1, SIDE_WEIGHT, SIDE_WEIGHT};
            default -> {
                double[] weights = new double[channels];
                Arrays.fill(weights, 1.0);
                yield weights;
            }
        };
    }
}
