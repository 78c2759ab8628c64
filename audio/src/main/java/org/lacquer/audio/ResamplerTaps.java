// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/**
 * The resampler's low-pass, {@code g(t) = 2F sinc(2F t) w(t/H)} with a Kaiser window w and t in
 * input frames, as one row of taps for each of the L phases that outputs can have.
 *
 * <p>Window and length by Kaiser's formulas, Oppenheim and Schafer, "Discrete-Time Signal
 * Processing", 3rd edition, eq. (7.75) and (7.76). All pairs of the usual rates have few phases and
 * an exact table. Odd pairs (44,100 to 44,101 Hz) would need gigabytes; their rows are interpolated
 * with four points from {@value #COARSE_PHASES} phases, an error 185 dB down.
 */
final class ResamplerTaps {
    /** What the window is designed for; 10 dB better than what is promised. */
    private static final double ATTENUATION_DB = 150.0;

    /** End of the pass-band relative to the lower Nyquist frequency. */
    private static final double PASS_BAND = 20.0 / 22.05;

    /** Eq. (7.75) for more than 50 dB. */
    private static final double BETA = 0.1102 * (ATTENUATION_DB - 8.7);

    /** Exact tables hold at most this many taps (16 MiB). */
    private static final int MAX_EXACT_TAPS = 1 << 21;

    private static final int COARSE_PHASES = 256;

    private final int phases;
    private final double halfLength;
    private final double bandwidth;
    private final int length;
    private final boolean exact;

    /** Exact: row p is phase p/L. Else row q is phase (q-1)/256, with one more row at each end. */
    private final double[][] rows;

    private final double[] interpolated;

    /**
     * @param up L
     * @param down M, with no common divisor
     */
    ResamplerTaps(int up, int down) {
        this.phases = up;
        double stop = 0.5 * Math.min(1.0, (double) up / down);
        double pass = stop * PASS_BAND;
        double taps = (ATTENUATION_DB - 7.95) / (2.285 * 2 * StrictMath.PI * (stop - pass));
        this.halfLength = taps / 2;
        this.bandwidth = stop + pass;
        // An even half, so that rows divide by four.
        this.length = 4 * (((int) halfLength + 2) / 2);
        this.exact = (long) up * length <= MAX_EXACT_TAPS;
        this.rows = new double[exact ? up : COARSE_PHASES + 3][];
        this.interpolated = new double[exact ? 0 : length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = design(exact ? (double) i / up : (i - 1.0) / COARSE_PHASES);
        }
    }

    /** Taps of one output, a multiple of four. */
    int length() {
        return length;
    }

    /**
     * The taps of the output at {@code phase / L} frames after an input; valid until called again.
     */
    double[] row(int phase) {
        return exact ? rows[phase] : interpolate((double) phase / phases);
    }

    /** Row of the output {@code fraction} after the input that tap {@code length/2 - 1} weighs. */
    private double[] design(double fraction) {
        double[] row = new double[length];
        for (int i = 0; i < length; i++) {
            row[i] = lowPass(i - (length / 2 - 1) - fraction);
        }
        return row;
    }

    private double lowPass(double time) {
        double place = time / halfLength;
        if (Math.abs(place) >= 1.0) {
            return 0.0;
        }
        double window = besselI0(BETA * Math.sqrt(1.0 - place * place)) / besselI0(BETA);
        double angle = StrictMath.PI * bandwidth * time;
        double sinc = angle == 0.0 ? 1.0 : StrictMath.sin(angle) / angle;
        return bandwidth * sinc * window;
    }

    /** Cubic through the four nearest rows, in Lagrange's form. */
    private double[] interpolate(double fraction) {
        double at = fraction * COARSE_PHASES;
        int q = (int) at;
        double x = at - q;
        double a = -x * (x - 1) * (x - 2) / 6;
        double b = (x + 1) * (x - 1) * (x - 2) / 2;
        double c = -(x + 1) * x * (x - 2) / 2;
        double d = (x + 1) * x * (x - 1) / 6;
        double[] before = rows[q];
        double[] left = rows[q + 1];
        double[] right = rows[q + 2];
        double[] after = rows[q + 3];
        for (int i = 0; i < length; i++) {
            interpolated[i] = a * before[i] + b * left[i] + c * right[i] + d * after[i];
        }
        return interpolated;
    }

    /** Modified Bessel function of order 0, by its power series, to the last bit. */
    private static double besselI0(double x) {
        double quarter = x * x / 4;
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 0x1p-54; k++) {
            term *= quarter / ((double) k * k);
            sum += term;
        }
        return sum;
    }
}
