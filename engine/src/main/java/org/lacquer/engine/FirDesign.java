// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.ComplexFft;

import java.util.function.DoubleUnaryOperator;

/**
 * FIR filters from a magnitude response, by frequency sampling on a grid much finer than the filter
 * is long (A. Oppenheim, R. Schafer, "Discrete-Time Signal Processing", 3rd edition, §7.5, and
 * §13.3 for minimum phase through the real cepstrum).
 *
 * <p>The filter is as short as its ringing allows: the half with taper may hold at most {@value
 * #TAIL} of the impulse response's absolute sum, which bounds the error of the response to that
 * much of full scale. The longest is about 1.5 s; narrow bands below 40 Hz can ring longer and come
 * out smoother than asked.
 *
 * @param taps of the filter; their number is a power of two
 * @param delayFrames of the filter: half its length, or 0 for minimum phase
 */
record FirDesign(double[] taps, int delayFrames) {
    private static final double TAIL = 5e-5;

    /** At rates up to 48 kHz; doubled with the rate. */
    private static final int SHORTEST = 4_096;

    private static final int LONGEST = 65_536;
    private static final int MAX_LONGEST = 1 << 18;

    private static final double MIXED_MINIMUM_HZ = 200.0;
    private static final double MIXED_LINEAR_HZ = 800.0;

    /**
     * One filter for each gain, all of the length that the longest needs.
     *
     * @param gains linear magnitude, above zero, by frequency in Hz
     */
    static FirDesign[] of(EqPhase phase, int sampleRateHz, DoubleUnaryOperator... gains) {
        int longest = LONGEST;
        int shortest = SHORTEST;
        for (int rate = sampleRateHz; rate > 50_000 && longest < MAX_LONGEST; rate /= 2) {
            longest *= 2;
            shortest *= 2;
        }
        // Twice the longest filter: what rings beyond that folds back far below the taper.
        ComplexFft fft = new ComplexFft(2 * longest);
        double[][] responses = new double[gains.length][];
        int length = shortest;
        for (int k = 0; k < gains.length; k++) {
            responses[k] = impulseResponse(fft, gains[k], phase, sampleRateHz);
            while (length < longest && outside(responses[k], length, phase) > TAIL) {
                length *= 2;
            }
        }
        FirDesign[] filters = new FirDesign[gains.length];
        for (int k = 0; k < gains.length; k++) {
            filters[k] =
                    phase == EqPhase.MINIMUM
                            ? causal(responses[k], length)
                            : centred(responses[k], length);
        }
        return filters;
    }

    /** Impulse response around frame 0; times before it at the end of the array. */
    private static double[] impulseResponse(
            ComplexFft fft, DoubleUnaryOperator gain, EqPhase phase, int sampleRateHz) {
        int n = fft.length();
        double[] gains = new double[n / 2 + 1];
        for (int k = 0; k < gains.length; k++) {
            gains[k] = gain.applyAsDouble((double) k * sampleRateHz / n);
        }
        double[] angles =
                phase == EqPhase.LINEAR ? new double[n / 2 + 1] : minimumPhase(fft, gains);
        double[] re = new double[n];
        double[] im = new double[n];
        for (int k = 0; k < gains.length; k++) {
            double share = phase == EqPhase.MINIMUM ? 1.0 : share((double) k * sampleRateHz / n);
            double angle = angles[k] * share;
            double real = gains[k] * StrictMath.cos(angle);
            double imaginary = k == 0 || k == n / 2 ? 0.0 : gains[k] * StrictMath.sin(angle);
            int at = fft.position(k);
            int mirror = fft.position((n - k) % n);
            re[at] = real;
            im[at] = imaginary;
            re[mirror] = real;
            im[mirror] = -imaginary;
        }
        im[fft.position(0)] = 0.0;
        im[fft.position(n / 2)] = 0.0;
        fft.inverse(re, im);
        for (int k = 0; k < n; k++) {
            re[k] /= n;
        }
        return re;
    }

    /** How much of the minimum phase is left at a frequency when it is mixed. */
    private static double share(double frequencyHz) {
        if (frequencyHz <= MIXED_MINIMUM_HZ) {
            return 1.0;
        }
        if (frequencyHz >= MIXED_LINEAR_HZ) {
            return 0.0;
        }
        double place =
                StrictMath.log(frequencyHz / MIXED_MINIMUM_HZ)
                        / StrictMath.log(MIXED_LINEAR_HZ / MIXED_MINIMUM_HZ);
        return 0.5 + 0.5 * StrictMath.cos(StrictMath.PI * place);
    }

    /** Phase in radians that belongs to a magnitude, through the folded cepstrum of its log. */
    private static double[] minimumPhase(ComplexFft fft, double[] gains) {
        int n = fft.length();
        double[] re = new double[n];
        double[] im = new double[n];
        for (int k = 0; k < gains.length; k++) {
            double log = StrictMath.log(gains[k]);
            re[fft.position(k)] = log;
            re[fft.position((n - k) % n)] = log;
        }
        fft.inverse(re, im);
        for (int k = 0; k < n; k++) {
            double fold = k == 0 || k == n / 2 ? 1.0 : k < n / 2 ? 2.0 : 0.0;
            re[k] *= fold / n;
            im[k] = 0.0;
        }
        fft.forward(re, im);
        double[] angles = new double[n / 2 + 1];
        for (int k = 0; k < angles.length; k++) {
            angles[k] = im[fft.position(k)];
        }
        return angles;
    }

    /** Absolute sum beyond what a filter of {@code length} taps leaves as it is. */
    private static double outside(double[] response, int length, EqPhase phase) {
        int n = response.length;
        int after = phase == EqPhase.MINIMUM ? length / 2 : length / 4;
        int before = phase == EqPhase.MINIMUM ? 0 : length / 4;
        double sum = 0.0;
        for (int k = after; k < n - before; k++) {
            sum += Math.abs(response[k]);
        }
        return sum;
    }

    private static FirDesign causal(double[] response, int length) {
        double[] taps = new double[length];
        for (int k = 0; k < length; k++) {
            taps[k] = response[k] * taper((double) k / length);
        }
        return new FirDesign(taps, 0);
    }

    private static FirDesign centred(double[] response, int length) {
        double[] taps = new double[length];
        int middle = length / 2;
        for (int k = 1; k < length; k++) {
            int time = k - middle;
            double value = response[Math.floorMod(time, response.length)];
            taps[k] = value * taper((double) Math.abs(time) / middle);
        }
        return new FirDesign(taps, middle);
    }

    /** 1 to the half, then down to 0 at 1 as a raised cosine (J. Tukey). */
    private static double taper(double place) {
        return place <= 0.5 ? 1.0 : 0.5 - 0.5 * StrictMath.cos(2.0 * StrictMath.PI * place);
    }
}
