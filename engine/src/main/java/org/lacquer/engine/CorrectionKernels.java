// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.analysis.TruePeakInterpolator;
import org.lacquer.audio.Fft;

import java.util.Arrays;

/**
 * The kernels of {@link PeakCorrection} for one channel, one band and one length of frame.
 *
 * <p>Frames overlap by half under a sine window w, so that the squares of the windows sum to one.
 * The kernel of a peak at frame u of a window is {@code w[u] w[t] (a[t - u] + b[t + u])}, with
 * indices around the circle; both arrays are stored twice in a row so that this is one straight
 * loop. A frame is transformed when the first peak in it asks for it.
 */
final class CorrectionKernels {
    /** Up to here an error across the signal's spectrum costs as much as one in line with it. */
    static final double PHASE_AWARE_HZ = 125.0;

    /**
     * How much cheaper an error across is at high frequencies where the signal is weak. With 10 a
     * song comes out further from the mix, with 60 more of it is moved phases.
     */
    private static final double ACROSS = 30.0;

    /**
     * κ of {@link PeakCorrection}. It and the lengths of frames were tuned on five songs at -9.5
     * LUFS for the least log-spectral distance to the mix with which the incoherent residual is
     * that of a limiter that works by gain.
     */
    private static final double PLAIN_COST = 0.16;

    private static final int[] LENGTHS = {8_192, 2_048, 1_024};
    private static final double[] CROSSOVERS_HZ = {150.0, 3_000.0};
    private static final int DESIGN_RATE_HZ = 44_100;

    /** Above this nothing is corrected. */
    private static final double HIGHEST_HZ = 20_000.0;

    private static final double HIGHEST_SHARE_OF_RATE = 0.47;

    private static final int TAPS = TruePeakInterpolator.TAPS;
    private static final int LEAD = TruePeakInterpolator.LEAD;
    private static final int PHASES = TruePeakInterpolator.OVERSAMPLING;
    private static final float[][] INTERPOLATOR = TruePeakInterpolator.phases();

    private final int length;
    private final int hop;
    private final float[] window;
    private final double[] analysisWindow;
    private final double[] shares;

    /** √γ by frequency. */
    private final double[] rootAcross;

    /** Times squared magnitudes of the analysed spectrum this is κ |X|². */
    private final double plainCost;

    private final Fft fft;

    private final float[][] differences;
    private final float[][] sums;
    private final long[] frames;
    private final double[] spectrum;
    private final double[] mirrored;

    /** All bands, the lowest first: its frames are the longest. */
    static CorrectionKernels[] bands(double limit, int sampleRateHz) {
        CorrectionKernels[] bands = new CorrectionKernels[LENGTHS.length];
        int longest = scaled(LENGTHS[0], sampleRateHz);
        for (int b = 0; b < bands.length; b++) {
            bands[b] = new CorrectionKernels(b, limit, sampleRateHz, longest);
        }
        return bands;
    }

    /** A length at the design rate as the nearest power of two at another rate. */
    private static int scaled(int length, int sampleRateHz) {
        int scaled = length;
        while (scaled * 1.5 * DESIGN_RATE_HZ < (double) length * sampleRateHz) {
            scaled *= 2;
        }
        while (scaled * 0.75 * DESIGN_RATE_HZ > (double) length * sampleRateHz) {
            scaled /= 2;
        }
        return scaled;
    }

    private CorrectionKernels(int band, double limit, int sampleRateHz, int longest) {
        this.length = scaled(LENGTHS[band], sampleRateHz);
        this.hop = length / 2;
        this.window = new float[length];
        this.analysisWindow = new double[length];
        double power = 0.0;
        for (int i = 0; i < length; i++) {
            double turn = (i + 0.5) / length;
            window[i] = (float) StrictMath.sin(StrictMath.PI * turn);
            analysisWindow[i] = band == 0 ? blackmanHarris(turn) : 0.5 - 0.5 * cosine(turn);
            power += analysisWindow[i] * analysisWindow[i];
        }
        this.shares = new double[length / 2];
        this.rootAcross = new double[length / 2];
        double highest = Math.min(HIGHEST_HZ, HIGHEST_SHARE_OF_RATE * sampleRateHz);
        for (int k = 1; k < length / 2; k++) {
            double frequencyHz = (double) sampleRateHz * k / length;
            double share = frequencyHz > highest ? 0.0 : shareOfBand(band, frequencyHz) / power;
            double ratio = Math.max(1.0, frequencyHz / PHASE_AWARE_HZ);
            shares[k] = share;
            rootAcross[k] = Math.sqrt(1.0 + (ACROSS - 1.0) * (1.0 - 1.0 / (ratio * ratio)));
        }
        this.plainCost = PLAIN_COST / (power * limit * limit);
        this.fft = new Fft(length);
        int slots = 4 * longest / length;
        this.differences = new float[slots][2 * length];
        this.sums = new float[slots][2 * length];
        this.frames = new long[slots];
        this.spectrum = new double[length];
        this.mirrored = new double[length];
        reset();
    }

    private static double cosine(double turns) {
        return StrictMath.cos(2.0 * StrictMath.PI * turns);
    }

    /** Side lobes at -92 dB keep a bass tone apart from its neighbours. F. Harris (1978). */
    static double blackmanHarris(double turn) {
        return 0.35875
                - 0.48829 * cosine(turn)
                + 0.14128 * cosine(2.0 * turn)
                - 0.01168 * cosine(3.0 * turn);
    }

    /** Shares of the bands sum to one; they cross over an octave. */
    private static double shareOfBand(int band, double frequencyHz) {
        double share = 1.0;
        if (band > 0) {
            share *= 1.0 - shareBelow(CROSSOVERS_HZ[band - 1], frequencyHz);
        }
        if (band < CROSSOVERS_HZ.length) {
            share *= shareBelow(CROSSOVERS_HZ[band], frequencyHz);
        }
        return share;
    }

    private static double shareBelow(double crossoverHz, double frequencyHz) {
        double octaves = StrictMath.log(frequencyHz / crossoverHz) / StrictMath.log(2.0);
        if (Math.abs(octaves) >= 0.5) {
            return octaves < 0.0 ? 1.0 : 0.0;
        }
        return 0.5 - 0.5 * StrictMath.sin(StrictMath.PI * octaves);
    }

    int hopFrames() {
        return hop;
    }

    /**
     * What a correction of one at frame {@code position} of the buffer takes from the signal {@code
     * offset}/32 of a frame after it.
     *
     * @param origin frame number of the buffer's first frame
     */
    double response(float[] heard, long origin, int position, int offset) {
        long last = Math.floorDiv(origin + position, (long) hop);
        double response = 0.0;
        for (long m = last - 1; m <= last; m++) {
            int start = (int) (m * hop - origin);
            int slot = prepare(heard, m, start);
            response += responseOf(slot, position - start, offset);
        }
        return response;
    }

    private double responseOf(int slot, int peak, int offset) {
        float[] a = differences[slot];
        float[] b = sums[slot];
        double height = window[peak];
        if (offset == 0) {
            return height * height * (a[0] + b[2 * peak % length]);
        }
        float[] h = INTERPOLATOR[Math.floorMod(offset, PHASES)];
        int before = offset < 0 ? -1 - LEAD : -LEAD;
        int first = (TAPS - CorrectedChannel.SHORT_TAPS) / 2;
        double sum = 0.0;
        for (int k = first; k < first + CorrectedChannel.SHORT_TAPS; k++) {
            int distance = before + k;
            int t = peak + distance;
            if (t >= 0 && t < length) {
                int forward = distance < 0 ? distance + length : distance;
                sum += h[k] * window[t] * (a[forward] + b[(peak + t) % length]);
            }
        }
        return height * sum;
    }

    /** The response at the middle of the kernel without the part that follows phases. */
    double plainResponse(long origin, int position) {
        long last = Math.floorDiv(origin + position, (long) hop);
        double response = 0.0;
        for (long m = last - 1; m <= last; m++) {
            double height = window[(int) (origin + position - m * hop)];
            response += height * height * differences[Math.floorMod(m, frames.length)][0];
        }
        return response;
    }

    /** Subtracts the kernel of a peak; {@link #response} has prepared its frames. */
    void subtract(double[] signal, long origin, int position, double amount) {
        long last = Math.floorDiv(origin + position, (long) hop);
        for (long m = last - 1; m <= last; m++) {
            int start = (int) (m * hop - origin);
            int slot = Math.floorMod(m, frames.length);
            int peak = position - start;
            int forward = Math.floorMod(-peak, length);
            subtract(signal, start, amount * window[peak], slot, forward, peak);
        }
    }

    private void subtract(
            double[] signal, int start, double amount, int slot, int forward, int peak) {
        float[] a = differences[slot];
        float[] b = sums[slot];
        for (int t = 0; t < length; t++) {
            signal[start + t] -= amount * (window[t] * (a[forward + t] + b[peak + t]));
        }
    }

    /** Makes the kernel arrays of a frame, unless they are there already. */
    private int prepare(float[] heard, long frame, int start) {
        int slot = Math.floorMod(frame, frames.length);
        if (frames[slot] == frame) {
            return slot;
        }
        frames[slot] = frame;
        for (int i = 0; i < length; i++) {
            spectrum[i] = analysisWindow[i] * heard[start + i];
        }
        fft.forward(spectrum);
        for (int k = 1; k < length / 2; k++) {
            double real = spectrum[2 * k];
            double imaginary = spectrum[2 * k + 1];
            double squares = real * real;
            double otherSquares = imaginary * imaginary;
            double plain = plainCost * (squares + otherSquares);
            double inLine = shares[k] / (1.0 + plain);
            double root = rootAcross[k];
            double across = shares[k] * root * root / (1.0 + root * plain);
            double half = 0.5 * (inLine - across);
            spectrum[2 * k] = 0.5 * (inLine + across) * (squares + otherSquares);
            spectrum[2 * k + 1] = 0.0;
            mirrored[2 * k] = half * (squares - otherSquares);
            mirrored[2 * k + 1] = half * 2.0 * real * imaginary;
        }
        spectrum[0] = 0.0;
        spectrum[1] = 0.0;
        mirrored[0] = 0.0;
        mirrored[1] = 0.0;
        fft.inverse(spectrum);
        fft.inverse(mirrored);
        store(spectrum, differences[slot]);
        store(mirrored, sums[slot]);
        return slot;
    }

    private void store(double[] values, float[] twice) {
        for (int i = 0; i < length; i++) {
            twice[i] = (float) values[i];
            twice[i + length] = twice[i];
        }
    }

    void reset() {
        Arrays.fill(frames, Long.MIN_VALUE);
    }
}
