// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

import org.lacquer.analysis.Loudness;
import org.lacquer.analysis.LoudnessMeter;
import org.lacquer.analysis.TruePeakMeter;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Fft;

import java.util.Arrays;

/**
 * How far a master is from the hidden one, both at -20 LUFS. Measured with code of its own: no
 * window, band or time constant is the engine's or the model's.
 *
 * @param thirdOctaveDb root mean square over third octaves from 25 Hz to 20 kHz of the difference
 *     of long-term levels, weighted by audibility; frames within 30 dB of the loudest count
 * @param stftDb mean over 512, 2048 and 8192 points, mid and side, of the mean absolute difference
 *     of levels in bins within 60 dB of the hidden master's loudest
 * @param dynamicsDb weighted mean absolute difference of eight level quantiles about the mean in
 *     three bands, smoothed by 10 ms up and 150 ms down
 * @param widthDb mean absolute difference of side over mid in six ranges
 * @param plrDb absolute difference of the peak-to-loudness ratio
 * @param loudnessRangeLu absolute difference of EBU Tech 3342's range
 */
record Distances(
        double thirdOctaveDb,
        double stftDb,
        double dynamicsDb,
        double widthDb,
        double plrDb,
        double loudnessRangeLu) {
    private static final double LEVEL_LUFS = -20.0;
    private static final int LTAS_LENGTH = 4_096;
    private static final int[] STFT_LENGTHS = {512, 2_048, 8_192};
    private static final int BANDS = 30;
    private static final double[] QUANTILES = {.05, .10, .25, .50, .75, .90, .95, .99};
    private static final double[] QUANTILE_WEIGHTS = {.3, .5, .8, 1, 1, 1, 1, .8};
    private static final double[] BAND_EDGES_HZ = {20.0, 200.0, 3_000.0, 20_000.0};
    private static final double[] WIDTH_EDGES_HZ = {25, 180, 710, 2_240, 5_600, 11_200, 20_000};

    /** What is compared of one clip. */
    static final class Portrait {
        private final float[][] midAndSide;
        private final int rate;
        private final double plrDb;
        private final double rangeLu;
        final double integratedLufs;
        final double truePeakDbtp;

        Portrait(AudioClip clip) {
            LoudnessMeter meter = new LoudnessMeter(clip.format());
            TruePeakMeter peaks = new TruePeakMeter(clip.format());
            AudioBlock block = AudioBlock.wrap(clip.channel(0), clip.channel(1));
            meter.write(block);
            peaks.write(block);
            peaks.finish();
            Loudness loudness = meter.loudness();
            integratedLufs = loudness.integratedLufs();
            truePeakDbtp = peaks.truePeakDbtp();
            plrDb = truePeakDbtp - integratedLufs;
            rangeLu = loudness.loudnessRangeLu();
            rate = clip.format().sampleRateHz();
            double gain = 0.5 * Decibels.toGain(LEVEL_LUFS - integratedLufs);
            midAndSide = new float[2][clip.frames()];
            for (int i = 0; i < clip.frames(); i++) {
                double left = clip.channel(0)[i];
                double right = clip.channel(1)[i];
                midAndSide[0][i] = (float) (gain * (left + right));
                midAndSide[1][i] = (float) (gain * (left - right));
            }
        }
    }

    /** Of {@code master} from {@code hidden}, which are equally long and aligned. */
    static Distances between(Portrait master, Portrait hidden) {
        double[][][] hiddenFrames = frames(hidden, LTAS_LENGTH, LTAS_LENGTH / 2);
        double[][][] masterFrames = frames(master, LTAS_LENGTH, LTAS_LENGTH / 2);
        boolean[] gate = loudFrames(hiddenFrames);
        double[] edges = thirdOctaveEdges();
        double[] was = levels(hiddenFrames, gate, edges, hidden.rate, 0, 1);
        double[] is = levels(masterFrames, gate, edges, master.rate, 0, 1);
        return new Distances(
                weighted(is, was),
                stft(master, hidden),
                dynamics(master, hidden),
                width(masterFrames, hiddenFrames, gate, hidden.rate),
                Math.abs(master.plrDb - hidden.plrDb),
                Math.abs(master.rangeLu - hidden.rangeLu));
    }

    /** From figures in the order of {@link #values}. */
    static Distances of(double[] values) {
        return new Distances(values[0], values[1], values[2], values[3], values[4], values[5]);
    }

    /** The figures in the order of the record. */
    double[] values() {
        return new double[] {thirdOctaveDb, stftDb, dynamicsDb, widthDb, plrDb, loudnessRangeLu};
    }

    /** Powers of [channel][frame][bin]. */
    private static double[][][] frames(Portrait clip, int length, int hop) {
        Fft fft = new Fft(length);
        double[] window = new double[length];
        Arrays.setAll(window, i -> 0.5 - 0.5 * StrictMath.cos(2.0 * StrictMath.PI * i / length));
        int count = Math.max(0, (clip.midAndSide[0].length - length) / hop + 1);
        double[][][] powers = new double[2][count][length / 2 + 1];
        double[] data = new double[length];
        double scale = 1.0 / (0.375 * length * length / 2.0);
        for (int c = 0; c < 2; c++) {
            for (int f = 0; f < count; f++) {
                for (int i = 0; i < length; i++) {
                    data[i] = window[i] * clip.midAndSide[c][f * hop + i];
                }
                fft.forward(data);
                fft.powers(data, powers[c][f]);
                for (int k = 0; k <= length / 2; k++) {
                    powers[c][f][k] *= scale;
                }
            }
        }
        return powers;
    }

    private static boolean[] loudFrames(double[][][] powers) {
        double[] totals = new double[powers[0].length];
        for (int f = 0; f < totals.length; f++) {
            totals[f] =
                    Arrays.stream(powers[0][f]).sum() + Arrays.stream(powers[1][f]).sum() + 1e-30;
        }
        double bound = Arrays.stream(totals).max().orElse(0.0) * 1e-3;
        boolean[] loud = new boolean[totals.length];
        for (int f = 0; f < loud.length; f++) {
            loud[f] = totals[f] >= bound;
        }
        return loud;
    }

    private static double[] thirdOctaveEdges() {
        double[] edges = new double[BANDS + 1];
        Arrays.setAll(edges, b -> StrictMath.pow(10.0, (13.5 + b) / 10.0));
        return edges;
    }

    /** Mean power of a range of channels between edges, over gated frames, dB. */
    private static double[] levels(
            double[][][] powers, boolean[] gate, double[] edges, int rate, int from, int to) {
        double[] sums = new double[edges.length - 1];
        int count = 0;
        for (int f = 0; f < gate.length; f++) {
            if (!gate[f]) {
                continue;
            }
            count++;
            for (int c = from; c <= to; c++) {
                double[] frame = powers[c][f];
                double binHz = rate / (2.0 * (frame.length - 1));
                int band = 0;
                for (int k = 1; k < frame.length; k++) {
                    double hz = k * binHz;
                    while (band < sums.length && hz >= edges[band + 1]) {
                        band++;
                    }
                    if (band == sums.length) {
                        break;
                    }
                    if (hz >= edges[band]) {
                        sums[band] += frame[k];
                    }
                }
            }
        }
        int frames = Math.max(1, count);
        return Arrays.stream(sums).map(s -> Decibels.fromPower(s / frames + 1e-14)).toArray();
    }

    private static double weighted(double[] is, double[] was) {
        double top = Arrays.stream(was).max().orElse(0.0);
        double sum = 0.0;
        double total = 0.0;
        for (int b = 0; b < was.length; b++) {
            double weight = Math.min(1.0, Math.max(0.02, (was[b] - top + 60.0) / 30.0));
            sum += weight * (is[b] - was[b]) * (is[b] - was[b]);
            total += weight;
        }
        return Math.sqrt(sum / total);
    }

    private static double stft(Portrait master, Portrait hidden) {
        double sum = 0.0;
        for (int length : STFT_LENGTHS) {
            double[][][] is = frames(master, length, length / 2);
            double[][][] was = frames(hidden, length, length / 2);
            double top = 0.0;
            for (double[] frame : was[0]) {
                for (double power : frame) {
                    top = Math.max(top, power);
                }
            }
            double floor = top * 1e-6;
            double differences = 0.0;
            long bins = 0;
            for (int c = 0; c < 2; c++) {
                for (int f = 0; f < Math.min(is[c].length, was[c].length); f++) {
                    for (int k = 1; k < was[c][f].length; k++) {
                        if (was[c][f][k] >= floor) {
                            double ratio = (is[c][f][k] + 1e-3 * floor) / was[c][f][k];
                            differences += Math.abs(10.0 * Math.log10(ratio));
                            bins++;
                        }
                    }
                }
            }
            sum += differences / Math.max(1, bins) / STFT_LENGTHS.length;
        }
        return sum;
    }

    private static double dynamics(Portrait master, Portrait hidden) {
        double[][] is = quantiles(master);
        double[][] was = quantiles(hidden);
        double sum = 0.0;
        double total = 0.0;
        for (int band = 0; band < is.length; band++) {
            for (int q = 0; q < QUANTILES.length; q++) {
                sum += QUANTILE_WEIGHTS[q] * Math.abs(is[band][q] - was[band][q]);
                total += QUANTILE_WEIGHTS[q];
            }
        }
        return sum / total;
    }

    /** Levels of three bands over time, smoothed, as quantiles about the band's mean power. */
    private static double[][] quantiles(Portrait clip) {
        int length = 1_024;
        int hop = 256;
        double[][][] powers = frames(clip, length, hop);
        int count = powers[0].length;
        double attack = 1.0 - StrictMath.exp(-hop / (0.010 * clip.rate));
        double release = 1.0 - StrictMath.exp(-hop / (0.150 * clip.rate));
        double[][] out = new double[BAND_EDGES_HZ.length - 1][QUANTILES.length];
        for (int band = 0; band < out.length; band++) {
            int from = (int) Math.ceil(BAND_EDGES_HZ[band] * length / clip.rate);
            int to = (int) Math.min(length / 2.0, BAND_EDGES_HZ[band + 1] * length / clip.rate);
            double[] envelope = new double[count];
            double mean = 0.0;
            double state = 0.0;
            for (int f = 0; f < count; f++) {
                double power = 0.0;
                for (int k = from; k < to; k++) {
                    power += powers[0][f][k] + powers[1][f][k];
                }
                state += (power > state ? attack : release) * (power - state);
                envelope[f] = state;
                mean += power / count;
            }
            Arrays.sort(envelope);
            for (int q = 0; q < QUANTILES.length; q++) {
                double level = envelope[(int) Math.min(count - 1.0, QUANTILES[q] * count)];
                out[band][q] =
                        Math.max(-40.0, Decibels.fromPower((level + 1e-14) / (mean + 1e-14)));
            }
        }
        return out;
    }

    private static double width(
            double[][][] master, double[][][] hidden, boolean[] gate, int rate) {
        double[] is = sideOverMid(master, gate, rate);
        double[] was = sideOverMid(hidden, gate, rate);
        double sum = 0.0;
        for (int g = 0; g < is.length; g++) {
            sum += Math.abs(is[g] - was[g]) / is.length;
        }
        return sum;
    }

    private static double[] sideOverMid(double[][][] powers, boolean[] gate, int rate) {
        double[] mid = levels(powers, gate, WIDTH_EDGES_HZ, rate, 0, 0);
        double[] side = levels(powers, gate, WIDTH_EDGES_HZ, rate, 1, 1);
        double[] out = new double[mid.length];
        Arrays.setAll(out, g -> Math.max(-40.0, side[g] - mid[g]));
        return out;
    }
}
