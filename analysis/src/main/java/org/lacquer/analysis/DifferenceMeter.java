// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Fft;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/**
 * Compares a processed recording Y with its reference X, frame by frame in line.
 *
 * <p>Hann windows of 93 ms, half overlapping, in stretches of {@value #FRAMES} windows (three
 * seconds). In each stretch and channel, with k for bins, t for windows and g for one of four bands
 * of the gain:
 *
 * <pre>
 * H[k]   = Σt a[t,g] conj(X) Y / Σt a[t,g]² |X|²          the filter, by least squares
 * a[t,g] = Σk Re conj(H X) Y / Σk |H X|²                   the gain, by least squares
 * R      = Σ W[k] |Y - a H X|²                             what is left, K-weighted
 * </pre>
 *
 * <p>Both are solved in turn, twice, beginning with a = 1. The residual is what J. S. Bendat and A.
 * G. Piersol ("Random Data", ch. 6) call the noncoherent output, after a moving gain was taken out
 * too. Costs four transforms a window. Not thread-safe.
 */
public final class DifferenceMeter {
    private static final int FRAMES = 64;
    private static final int ROUNDS = 2;
    private static final double[] BAND_EDGES_HZ = {200.0, 800.0, 3_200.0};
    private static final double FLOOR_DB = -120.0;

    /** Stretches further below the loudest are not searched for the worst. */
    private static final double QUIET = 1e-2;

    /** Power of a stretch that is silence, per bin and window. */
    private static final double SILENCE = 1e-14;

    private final int length;
    private final int hop;
    private final int channels;
    private final double[] window;
    private final double[] weights;
    private final int[] bandStarts;
    private final Fft fft;
    private final float[][] referenceTail;
    private final float[][] processedTail;
    private final double[][][] x;
    private final double[][][] y;
    private final double[] transfer;
    private final double[][] gains = new double[FRAMES][BAND_EDGES_HZ.length + 1];
    private final double secondsPerStretch;
    private final OnsetContrast onsets;

    private int filled;
    private int frames;
    private double residual;
    private double power;
    private double[] stretchResiduals = new double[64];
    private double[] stretchPowers = new double[64];
    private int stretches;
    private float[] gainTrack = new float[1024];
    private int gainCount;

    /** For recordings of one format. */
    public DifferenceMeter(StreamFormat format) {
        this.length = 2 * SpectralFrames.length(format.sampleRateHz());
        this.hop = length / 2;
        this.channels = format.channels();
        this.window = new double[length];
        this.weights = new double[length / 2 + 1];
        for (int i = 0; i < length; i++) {
            double sine = StrictMath.sin(StrictMath.PI * i / length);
            window[i] = sine * sine;
        }
        for (int k = 1; k < length / 2; k++) {
            weights[k] =
                    Bs1770.weightingPowerAt(
                            (double) k * format.sampleRateHz() / length, format.sampleRateHz());
        }
        this.bandStarts = new int[BAND_EDGES_HZ.length + 2];
        bandStarts[0] = 1;
        for (int b = 0; b < BAND_EDGES_HZ.length; b++) {
            int edge = (int) Math.round(BAND_EDGES_HZ[b] * length / format.sampleRateHz());
            bandStarts[b + 1] = Math.min(edge, length / 2);
        }
        bandStarts[BAND_EDGES_HZ.length + 1] = length / 2;
        this.fft = new Fft(length);
        this.referenceTail = new float[channels][length];
        this.processedTail = new float[channels][length];
        this.x = new double[channels][FRAMES][length];
        this.y = new double[channels][FRAMES][length];
        this.transfer = new double[length];
        this.secondsPerStretch = (double) FRAMES * hop / format.sampleRateHz();
        this.onsets = new OnsetContrast(format);
    }

    /** Hears the next frames of both; the blocks must have the same length. */
    public void write(AudioBlock reference, AudioBlock processed) {
        Require.that(
                reference.frames() == processed.frames(),
                "blocks must have equal lengths, got "
                        + reference.frames()
                        + " and "
                        + processed.frames());
        onsets.write(reference, processed);
        int position = 0;
        while (position < reference.frames()) {
            int count = Math.min(length - filled, reference.frames() - position);
            for (int c = 0; c < channels; c++) {
                System.arraycopy(reference.channel(c), position, referenceTail[c], filled, count);
                System.arraycopy(processed.channel(c), position, processedTail[c], filled, count);
            }
            filled += count;
            position += count;
            if (filled == length) {
                endFrame();
            }
        }
    }

    /**
     * The comparison of all that was heard; a last stretch shorter than three seconds is left out.
     */
    public Difference finish() {
        if (stretches == 0 || power == 0.0) {
            return Difference.UNDEFINED;
        }
        double loudest = Arrays.stream(stretchPowers, 0, stretches).max().orElse(0.0);
        double worst = 0.0;
        int place = 0;
        for (int s = 0; s < stretches; s++) {
            double ratio = stretchResiduals[s] / stretchPowers[s];
            if (stretchPowers[s] >= QUIET * loudest && ratio > worst) {
                worst = ratio;
                place = s;
            }
        }
        return new Difference(
                decibels(residual / power),
                decibels(worst),
                worst == 0.0 ? Double.NaN : place * secondsPerStretch,
                gainMovement(),
                onsets.medianChangeDb());
    }

    private void endFrame() {
        for (int c = 0; c < channels; c++) {
            transform(referenceTail[c], x[c][frames]);
            transform(processedTail[c], y[c][frames]);
            System.arraycopy(referenceTail[c], hop, referenceTail[c], 0, hop);
            System.arraycopy(processedTail[c], hop, processedTail[c], 0, hop);
        }
        filled = hop;
        frames++;
        if (frames == FRAMES) {
            endStretch();
            frames = 0;
        }
    }

    private void transform(float[] samples, double[] spectrum) {
        for (int i = 0; i < length; i++) {
            spectrum[i] = window[i] * samples[i];
        }
        fft.forward(spectrum);
    }

    private void endStretch() {
        double stretchResidual = 0.0;
        double stretchPower = 0.0;
        double[] movedPower = new double[FRAMES];
        double[] cross = new double[FRAMES];
        for (int c = 0; c < channels; c++) {
            double heard = weightedPower(y[c]);
            double played = weightedPower(x[c]);
            double silence = SILENCE * FRAMES * length * length;
            stretchPower += heard;
            if (heard < silence || played < silence) {
                stretchResidual += heard < silence ? 0.0 : heard;
                continue;
            }
            for (double[] row : gains) {
                Arrays.fill(row, 1.0);
            }
            for (int round = 0; round < ROUNDS; round++) {
                solveTransfer(x[c], y[c]);
                solveGains(x[c], y[c]);
            }
            solveTransfer(x[c], y[c]);
            stretchResidual += residual(x[c], y[c]);
            trackGain(x[c], y[c], cross, movedPower);
        }
        residual += stretchResidual;
        power += stretchPower;
        remember(stretchResidual, stretchPower);
        for (int t = 0; t < FRAMES; t++) {
            boolean heard = movedPower[t] > 0.0 && cross[t] > 0.0;
            remember(heard ? (float) Decibels.fromGain(cross[t] / movedPower[t]) : Float.NaN);
        }
    }

    private double weightedPower(double[][] spectra) {
        double sum = 0.0;
        for (double[] s : spectra) {
            for (int k = 1; k < length / 2; k++) {
                sum += weights[k] * (s[2 * k] * s[2 * k] + s[2 * k + 1] * s[2 * k + 1]);
            }
        }
        return sum;
    }

    private void solveTransfer(double[][] from, double[][] to) {
        for (int b = 0; b + 1 < bandStarts.length; b++) {
            for (int k = bandStarts[b]; k < bandStarts[b + 1]; k++) {
                double re = 0.0;
                double im = 0.0;
                double norm = 0.0;
                for (int t = 0; t < FRAMES; t++) {
                    double gain = gains[t][b];
                    double xr = from[t][2 * k];
                    double xi = from[t][2 * k + 1];
                    double yr = to[t][2 * k];
                    double yi = to[t][2 * k + 1];
                    re += gain * (xr * yr + xi * yi);
                    im += gain * (xr * yi - xi * yr);
                    norm += gain * gain * (xr * xr + xi * xi);
                }
                transfer[2 * k] = norm == 0.0 ? 0.0 : re / norm;
                transfer[2 * k + 1] = norm == 0.0 ? 0.0 : im / norm;
            }
        }
    }

    private void solveGains(double[][] from, double[][] to) {
        for (int t = 0; t < FRAMES; t++) {
            for (int b = 0; b + 1 < bandStarts.length; b++) {
                double product = 0.0;
                double norm = 0.0;
                for (int k = bandStarts[b]; k < bandStarts[b + 1]; k++) {
                    double xr = from[t][2 * k];
                    double xi = from[t][2 * k + 1];
                    double hr = transfer[2 * k] * xr - transfer[2 * k + 1] * xi;
                    double hi = transfer[2 * k] * xi + transfer[2 * k + 1] * xr;
                    product += hr * to[t][2 * k] + hi * to[t][2 * k + 1];
                    norm += hr * hr + hi * hi;
                }
                gains[t][b] = norm == 0.0 ? 1.0 : product / norm;
            }
        }
    }

    private double residual(double[][] from, double[][] to) {
        double sum = 0.0;
        for (int t = 0; t < FRAMES; t++) {
            for (int b = 0; b + 1 < bandStarts.length; b++) {
                for (int k = bandStarts[b]; k < bandStarts[b + 1]; k++) {
                    double xr = from[t][2 * k];
                    double xi = from[t][2 * k + 1];
                    double hr = transfer[2 * k] * xr - transfer[2 * k + 1] * xi;
                    double hi = transfer[2 * k] * xi + transfer[2 * k + 1] * xr;
                    double re = to[t][2 * k] - gains[t][b] * hr;
                    double im = to[t][2 * k + 1] - gains[t][b] * hi;
                    sum += weights[k] * (re * re + im * im);
                }
            }
        }
        return sum;
    }

    /** Gain of the whole spectrum after the filter, window by window, both channels together. */
    private void trackGain(double[][] from, double[][] to, double[] cross, double[] norms) {
        for (int t = 0; t < FRAMES; t++) {
            for (int k = 1; k < length / 2; k++) {
                double xr = from[t][2 * k];
                double xi = from[t][2 * k + 1];
                double hr = transfer[2 * k] * xr - transfer[2 * k + 1] * xi;
                double hi = transfer[2 * k] * xi + transfer[2 * k + 1] * xr;
                cross[t] += weights[k] * (hr * to[t][2 * k] + hi * to[t][2 * k + 1]);
                norms[t] += weights[k] * (hr * hr + hi * hi);
            }
        }
    }

    private void remember(double stretchResidual, double stretchPower) {
        if (stretches == stretchPowers.length) {
            stretchPowers = Arrays.copyOf(stretchPowers, 2 * stretches);
            stretchResiduals = Arrays.copyOf(stretchResiduals, 2 * stretches);
        }
        stretchResiduals[stretches] = stretchResidual;
        stretchPowers[stretches++] = stretchPower;
    }

    private void remember(float gainDb) {
        if (gainCount == gainTrack.length) {
            gainTrack = Arrays.copyOf(gainTrack, 2 * gainCount);
        }
        gainTrack[gainCount++] = gainDb;
    }

    /** Root mean square around the mean of each stretch. */
    private double gainMovement() {
        double squares = 0.0;
        int count = 0;
        for (int start = 0; start < gainCount; start += FRAMES) {
            double sum = 0.0;
            int heard = 0;
            for (int t = start; t < start + FRAMES; t++) {
                if (!Float.isNaN(gainTrack[t])) {
                    sum += gainTrack[t];
                    heard++;
                }
            }
            for (int t = start; t < start + FRAMES; t++) {
                if (!Float.isNaN(gainTrack[t])) {
                    double off = gainTrack[t] - sum / heard;
                    squares += off * off;
                    count++;
                }
            }
        }
        return count == 0 ? Double.NaN : Math.sqrt(squares / count);
    }

    private static double decibels(double ratio) {
        return ratio <= 1e-12 ? FLOOR_DB : Decibels.fromPower(ratio);
    }
}
