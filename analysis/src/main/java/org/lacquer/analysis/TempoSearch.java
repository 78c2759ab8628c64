// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Fft;

import java.util.Arrays;

/**
 * Tempo from the autocorrelation of an {@link OnsetEnvelope}.
 *
 * <p>The envelope less its mean over two seconds is correlated with itself in stretches of 24 s
 * that overlap by half; the correlations, each divided by that at lag zero, are averaged. A beat of
 * period P scores the mean correlation at the first eight multiples of P. Since the multiples of a
 * true beat's double score as well as the beat, and halves of it often score nearly as well, the
 * score is weighted by how readily people tap at a tempo: a log-normal curve around 135 beats a
 * minute, one octave wide (Parncutt, "A perceptual model of pulse salience and metrical accent in
 * musical rhythms", Music Perception 11(4), 1994; Ellis, "Beat tracking by dynamic programming", J.
 * New Music Research 36(1), 2007, eq. 8). The centre is higher than Ellis' 120, so that bare clicks
 * from 70 to 180 are heard at their own pace.
 */
final class TempoSearch {
    private static final int STRETCH = 1024;
    private static final int FFT_LENGTH = 2 * STRETCH;
    private static final int LONGEST_LAG = 600;
    private static final int MULTIPLES = 8;
    private static final double SLOWEST_BPM = 40.0;
    private static final double FASTEST_BPM = 240.0;

    /** Ratio of neighbouring tempi in the search. */
    private static final double STEP = 1.0025;

    private static final double PREFERRED_BPM = 135.0;
    private static final double PREFERENCE_OCTAVES = 1.0;

    /** A score below this is no beat; see docs/analysis.md for the songs behind it. */
    static final double LEAST_CONFIDENCE = 0.08;

    /** In dB²: a tenth of a dB is a steady tone that beats with the frames, or silence. */
    private static final double LEAST_VARIANCE = 1e-2;

    private static final double MEAN_SECONDS = 2.0;
    private static final double SHORTEST_SECONDS = 6.0;

    private TempoSearch() {}

    static Tempo of(float[] rises, double hopSeconds) {
        if (rises.length * hopSeconds < SHORTEST_SECONDS) {
            return Tempo.NONE;
        }
        double[] correlation = correlation(centred(rises, hopSeconds));
        if (correlation.length == 0) {
            return Tempo.NONE;
        }
        double best = Double.NEGATIVE_INFINITY;
        double bestBpm = Double.NaN;
        for (double bpm = SLOWEST_BPM; bpm <= FASTEST_BPM; bpm *= STEP) {
            double score = score(correlation, 60.0 / (bpm * hopSeconds));
            double weighted = score * preference(bpm);
            if (weighted > best) {
                best = weighted;
                bestBpm = bpm;
            }
        }
        bestBpm = refined(correlation, bestBpm, hopSeconds);
        double confidence = score(correlation, 60.0 / (bestBpm * hopSeconds));
        confidence = Math.max(0.0, Math.min(1.0, confidence));
        return new Tempo(confidence >= LEAST_CONFIDENCE ? bestBpm : Double.NaN, confidence);
    }

    /** The envelope less its local mean. */
    private static double[] centred(float[] rises, double hopSeconds) {
        int reach = (int) Math.round(MEAN_SECONDS / 2.0 / hopSeconds);
        double[] sums = new double[rises.length + 1];
        for (int i = 0; i < rises.length; i++) {
            sums[i + 1] = sums[i] + rises[i];
        }
        double[] centred = new double[rises.length];
        for (int i = 0; i < rises.length; i++) {
            int from = Math.max(0, i - reach);
            int to = Math.min(rises.length, i + reach + 1);
            centred[i] = rises[i] - (sums[to] - sums[from]) / (to - from);
        }
        return centred;
    }

    /** Mean normalised correlation by lag; empty when nothing varies. */
    private static double[] correlation(double[] envelope) {
        Fft fft = new Fft(FFT_LENGTH);
        double[] buffer = new double[FFT_LENGTH];
        double[] mean = new double[LONGEST_LAG + 1];
        int stretches = 0;
        int start = 0;
        do {
            int count = Math.min(STRETCH, envelope.length - start);
            Arrays.fill(buffer, 0.0);
            System.arraycopy(envelope, start, buffer, 0, count);
            autocorrelate(fft, buffer);
            double energy = buffer[0] / count;
            if (energy > LEAST_VARIANCE) {
                for (int lag = 0; lag < mean.length && lag < count; lag++) {
                    // Few products are left at long lags; they count in proportion.
                    double share = Math.min(1.0, 2.0 * (count - lag) / count);
                    mean[lag] += share * buffer[lag] / (count - lag) / energy;
                }
                stretches++;
            }
            start += STRETCH / 2;
        } while (start + STRETCH / 2 < envelope.length);
        if (stretches == 0) {
            return new double[0];
        }
        for (int lag = 0; lag < mean.length; lag++) {
            mean[lag] /= stretches;
        }
        return mean;
    }

    private static void autocorrelate(Fft fft, double[] buffer) {
        fft.forward(buffer);
        buffer[0] *= buffer[0];
        buffer[1] *= buffer[1];
        for (int k = 1; k < FFT_LENGTH / 2; k++) {
            double re = buffer[2 * k];
            double im = buffer[2 * k + 1];
            buffer[2 * k] = re * re + im * im;
            buffer[2 * k + 1] = 0.0;
        }
        fft.inverse(buffer);
    }

    /** Mean correlation at the multiples of a period in frames. */
    private static double score(double[] correlation, double period) {
        double sum = 0.0;
        int count = 0;
        for (int k = 1; k <= MULTIPLES && k * period < correlation.length - 2; k++) {
            sum += peakNear(correlation, k * period);
            count++;
        }
        return sum / count;
    }

    /** Correlation at a lag between frames: a parabola through the three nearest. */
    private static double peakNear(double[] correlation, double lag) {
        int nearest = (int) Math.round(lag);
        double x = lag - nearest;
        double a = correlation[nearest - 1];
        double b = correlation[nearest];
        double c = correlation[nearest + 1];
        return b + 0.5 * x * (c - a) + 0.5 * x * x * (a - 2.0 * b + c);
    }

    private static double refined(double[] correlation, double bpm, double hopSeconds) {
        double best = Double.NEGATIVE_INFINITY;
        double bestBpm = bpm;
        for (int i = -20; i <= 20; i++) {
            double near = bpm * (1.0 + i * 2e-4);
            double score = score(correlation, 60.0 / (near * hopSeconds));
            if (score > best) {
                best = score;
                bestBpm = near;
            }
        }
        return bestBpm;
    }

    private static double preference(double bpm) {
        double octaves =
                StrictMath.log(bpm / PREFERRED_BPM) / StrictMath.log(2.0) / PREFERENCE_OCTAVES;
        return StrictMath.exp(-0.5 * octaves * octaves);
    }
}
