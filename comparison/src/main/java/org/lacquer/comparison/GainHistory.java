// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.analysis.Series;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Biquad;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.FilterDesign;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/**
 * How far a candidate's gain is pulled down over time, against the mix: in bass, middle and treble
 * the ratio of power in steps of {@value #HOP_SECONDS} s, less the ratio that is exceeded a tenth
 * of the time, which stands for tone and level; the mean of the three by the power 0.3 of what
 * sounds there.
 */
final class GainHistory {
    private static final double HOP_SECONDS = 0.05;
    private static final double[] CROSSOVERS_HZ = {200.0, 3_200.0};
    private static final int BANDS = 3;
    private static final double BUTTERWORTH_Q = StrictMath.sqrt(0.5);

    /** Steps further below the loudest of their band do not count. */
    private static final double QUIET = 1e-4;

    private static final double LOUDNESS_EXPONENT = 0.3;
    private static final double LET_GO = 0.9;

    private final int hop;
    private final double hopSeconds;

    /** filters[file][channel][band]. */
    private final Biquad[][][][] filters;

    private final double[] scratch;
    private final double[][] sums = new double[2][BANDS];
    private double[][][] powers = new double[2][BANDS][256];
    private int filled;
    private int hops;

    GainHistory(StreamFormat format, int largestBlock) {
        this.hop = (int) format.framesOf(HOP_SECONDS);
        this.hopSeconds = format.secondsOf(hop);
        this.filters = new Biquad[2][format.channels()][BANDS][];
        for (Biquad[][][] file : filters) {
            for (Biquad[][] channel : file) {
                for (int b = 0; b < BANDS; b++) {
                    channel[b] = band(b, format.sampleRateHz());
                }
            }
        }
        this.scratch = new double[largestBlock];
    }

    private static Biquad[] band(int band, int rate) {
        boolean low = band > 0;
        boolean high = band < BANDS - 1;
        Biquad[] chain = new Biquad[(low ? 1 : 0) + (high ? 1 : 0)];
        int k = 0;
        if (low) {
            chain[k++] =
                    new Biquad(FilterDesign.highPass(CROSSOVERS_HZ[band - 1], BUTTERWORTH_Q, rate));
        }
        if (high) {
            chain[k] = new Biquad(FilterDesign.lowPass(CROSSOVERS_HZ[band], BUTTERWORTH_Q, rate));
        }
        return chain;
    }

    /** Hears the next frames of both. */
    void write(AudioBlock mix, AudioBlock candidate) {
        int frames = mix.frames();
        for (int start = 0; start < frames; ) {
            int count = Math.min(hop - filled, frames - start);
            for (int c = 0; c < mix.channels(); c++) {
                listen(0, c, mix.channel(c), start, count);
                listen(1, c, candidate.channel(c), start, count);
            }
            start += count;
            filled += count;
            if (filled == hop) {
                filled = 0;
                keep();
            }
        }
    }

    private void listen(int file, int channel, float[] samples, int start, int count) {
        for (int b = 0; b < BANDS; b++) {
            for (int i = 0; i < count; i++) {
                scratch[i] = samples[start + i];
            }
            for (Biquad filter : filters[file][channel][b]) {
                filter.process(scratch, scratch, count);
            }
            double sum = sums[file][b];
            for (int i = 0; i < count; i++) {
                sum += scratch[i] * scratch[i];
            }
            sums[file][b] = sum;
        }
    }

    private void keep() {
        if (hops == powers[0][0].length) {
            for (double[][] file : powers) {
                for (int b = 0; b < BANDS; b++) {
                    file[b] = Arrays.copyOf(file[b], 2 * hops);
                }
            }
        }
        for (int f = 0; f < 2; f++) {
            for (int b = 0; b < BANDS; b++) {
                powers[f][b][hops] = sums[f][b];
                sums[f][b] = 0.0;
            }
        }
        hops++;
    }

    /** Gain in dB, 0 where it is let go; NaN where the mix is silent. */
    Series finish() {
        double[] gain = new double[hops];
        double[] weights = new double[hops];
        for (int b = 0; b < BANDS; b++) {
            double[] before = powers[0][b];
            double[] after = powers[1][b];
            double loudest = Arrays.stream(before, 0, hops).max().orElse(0.0);
            double[] ratios = new double[hops];
            double[] heard = new double[hops];
            int count = 0;
            for (int t = 0; t < hops; t++) {
                boolean sounds = before[t] > QUIET * loudest && after[t] > 0.0;
                ratios[t] = sounds ? Decibels.fromPower(after[t] / before[t]) : Double.NaN;
                if (sounds) {
                    heard[count++] = ratios[t];
                }
            }
            Arrays.sort(heard, 0, count);
            double steady = count == 0 ? 0.0 : heard[(int) (LET_GO * (count - 1))];
            for (int t = 0; t < hops; t++) {
                if (!Double.isNaN(ratios[t])) {
                    double weight = StrictMath.pow(before[t], LOUDNESS_EXPONENT);
                    gain[t] += weight * (ratios[t] - steady);
                    weights[t] += weight;
                }
            }
        }
        for (int t = 0; t < hops; t++) {
            gain[t] = weights[t] == 0.0 ? Double.NaN : gain[t] / weights[t];
        }
        return new Series(0.5 * hopSeconds, hopSeconds, gain);
    }
}
