// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Features;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Fft;
import org.lacquer.inference.tone.EqSolver;
import org.lacquer.training.data.FeatureMeasurer;

import java.io.IOException;
import java.util.Arrays;

/**
 * How like its original a master is, at equal loudness and as long as it. Detector times and bands
 * of the dynamics are not those of the engine.
 *
 * @param toneDb third octaves, root mean square weighted by audibility
 * @param widthDb side over mid, mean magnitude over six groups of bands, floor -40 dB
 * @param dynamicsDb level quantiles of three bands, mean magnitude
 * @param spectrogramDb log magnitudes of mid and side in windows of 512, 2048 and 8192, where
 *     either is within 60 dB of the maximum
 */
record Likeness(double toneDb, double widthDb, double dynamicsDb, double spectrogramDb) {
    private static final double[] CROSSOVERS_HZ = {200.0, 3_000.0};
    private static final double[] PERCENTS = {5, 10, 25, 50, 75, 90, 95, 99};
    private static final double[] WEIGHTS = {.3, .5, .8, 1, 1, 1, 1, .8};
    private static final double ATTACK_MS = 10.0;
    private static final double RELEASE_MS = 150.0;
    private static final int STEP = 256;

    static Likeness of(AudioClip master, AudioClip original) throws IOException {
        Features one = FeatureMeasurer.features(master).orElseThrow();
        Features other = FeatureMeasurer.features(original).orElseThrow();
        double[] a = one.vector().values();
        double[] b = other.vector().values();
        return new Likeness(
                toneDb(a, b),
                widthDb(a, b),
                dynamicsDb(master, original),
                spectrogramDb(master, original));
    }

    private static double toneDb(double[] a, double[] b) {
        double[] weights = EqSolver.audibility(Arrays.copyOf(b, FeatureSet.BANDS));
        double sum = 0.0;
        for (int k = 0; k < FeatureSet.BANDS; k++) {
            sum += weights[k] * (a[k] - b[k]) * (a[k] - b[k]);
        }
        return Math.sqrt(sum / Arrays.stream(weights).sum());
    }

    private static double widthDb(double[] a, double[] b) {
        double sum = 0.0;
        for (int g = 0; g < FeatureSet.GROUPS; g++) {
            int at = FeatureSet.WIDTH + g;
            sum += Math.abs(Math.max(-40.0, a[at]) - Math.max(-40.0, b[at]));
        }
        return sum / FeatureSet.GROUPS;
    }

    private static double dynamicsDb(AudioClip a, AudioClip b) {
        double[][] one = quantiles(a);
        double[][] other = quantiles(b);
        double sum = 0.0;
        double weights = 0.0;
        for (int band = 0; band < one.length; band++) {
            for (int q = 0; q < PERCENTS.length; q++) {
                sum += WEIGHTS[q] * Math.abs(one[band][q] - other[band][q]);
                weights += WEIGHTS[q];
            }
        }
        return sum / weights;
    }

    /** Level quantiles above the band's mean power; bands cut by one FFT. */
    private static double[][] quantiles(AudioClip clip) {
        int frames = clip.frames();
        int length = 2 * Integer.highestOneBit(Math.max(1, frames - 1));
        int rate = clip.format().sampleRateHz();
        Fft fft = new Fft(length);
        double[][] out = new double[CROSSOVERS_HZ.length + 1][];
        for (int band = 0; band < out.length; band++) {
            double[] power = new double[frames];
            for (int c = 0; c < clip.format().channels(); c++) {
                double[] data = new double[length];
                for (int i = 0; i < frames; i++) {
                    data[i] = clip.channel(c)[i];
                }
                fft.forward(data);
                weigh(data, band, rate);
                fft.inverse(data);
                for (int i = 0; i < frames; i++) {
                    power[i] += data[i] * data[i];
                }
            }
            out[band] = quantiles(power, rate);
        }
        return out;
    }

    private static void weigh(double[] spectrum, int band, int rate) {
        for (int k = 0; k <= spectrum.length / 2; k++) {
            double hz = (double) k * rate / spectrum.length;
            double weight = 1.0;
            for (int i = 0; i < CROSSOVERS_HZ.length; i++) {
                double low = 1.0 / (1.0 + StrictMath.pow(hz / CROSSOVERS_HZ[i], 8.0));
                weight *= i < band ? 1.0 - low : i == band ? low : 1.0;
            }
            if (k == 0) {
                spectrum[0] *= weight;
            } else if (k == spectrum.length / 2) {
                spectrum[1] *= weight;
            } else {
                spectrum[2 * k] *= weight;
                spectrum[2 * k + 1] *= weight;
            }
        }
    }

    private static double[] quantiles(double[] power, int rate) {
        double attack = 1.0 - StrictMath.exp(-1_000.0 / (ATTACK_MS * rate));
        double release = 1.0 - StrictMath.exp(-1_000.0 / (RELEASE_MS * rate));
        double envelope = power[0];
        double mean = 0.0;
        double[] levels = new double[power.length / STEP];
        double loudest = 0.0;
        for (int i = 0; i < levels.length * STEP; i++) {
            double difference = power[i] - envelope;
            envelope += (difference > 0.0 ? attack : release) * difference;
            mean += power[i] / power.length;
            levels[i / STEP] = envelope;
            loudest = Math.max(loudest, envelope);
        }
        double gate = 1e-4 * loudest;
        double[] sorted = Arrays.stream(levels).filter(level -> level >= gate).sorted().toArray();
        double[] out = new double[PERCENTS.length];
        for (int q = 0; q < out.length; q++) {
            double level = sorted[(int) (PERCENTS[q] / 100.0 * (sorted.length - 1))];
            out[q] = Decibels.fromPower(level / Math.max(mean, 1e-30));
        }
        return out;
    }

    private static double spectrogramDb(AudioClip a, AudioClip b) {
        double gain =
                Decibels.toGain(AudioDistance.integratedLufs(b) - AudioDistance.integratedLufs(a));
        double sum = 0.0;
        int[] lengths = {512, 2_048, 8_192};
        for (int length : lengths) {
            double[] counted = new double[2];
            for (int part = 0; part < 2; part++) {
                compare(part(a, part, gain), part(b, part, 1.0), length, counted);
            }
            sum += counted[0] / counted[1] / lengths.length;
        }
        return sum;
    }

    /** Mid or side. */
    private static double[] part(AudioClip clip, int part, double gain) {
        double[] out = new double[clip.frames()];
        double sign = part == 0 ? 1.0 : -1.0;
        for (int i = 0; i < out.length; i++) {
            out[i] = 0.5 * gain * (clip.channel(0)[i] + sign * clip.channel(1)[i]);
        }
        return out;
    }

    private static void compare(double[] a, double[] b, int length, double[] counted) {
        double[][] one = powers(a, length);
        double[][] other = powers(b, length);
        double loudest = 0.0;
        for (double[] frame : other) {
            loudest = Math.max(loudest, Arrays.stream(frame).max().orElse(0.0));
        }
        double floor = 1e-6 * loudest;
        if (floor == 0.0) {
            return;
        }
        for (int f = 0; f < Math.min(one.length, other.length); f++) {
            for (int k = 1; k < one[f].length; k++) {
                if (one[f][k] > floor || other[f][k] > floor) {
                    double ratio = Math.max(one[f][k], floor) / Math.max(other[f][k], floor);
                    counted[0] += Math.abs(Decibels.fromPower(ratio));
                    counted[1]++;
                }
            }
        }
    }

    private static double[][] powers(double[] samples, int length) {
        Fft fft = new Fft(length);
        int hop = length / 2;
        double[][] out = new double[Math.max(0, (samples.length - length) / hop + 1)][];
        double[] data = new double[length];
        for (int f = 0; f < out.length; f++) {
            for (int i = 0; i < length; i++) {
                double hann = 0.5 - 0.5 * StrictMath.cos(2.0 * StrictMath.PI * i / length);
                data[i] = hann * samples[f * hop + i];
            }
            fft.forward(data);
            out[f] = new double[hop + 1];
            fft.powers(data, out[f]);
        }
        return out;
    }
}
