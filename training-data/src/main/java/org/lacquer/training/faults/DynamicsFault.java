// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.faults;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.Fft;

import java.util.Arrays;

/**
 * Dynamics that somebody expanded or compressed too much, in 1 to 4 bands.
 *
 * <p>Signal path: one FFT of the whole clip → zero-phase bands whose weights add up to one → per
 * band a stereo-linked power envelope with one-pole attack and release → gain above a threshold →
 * the band's own mean power restored → sum. Whole clips only; seconds, not minutes.
 *
 * @param crossoversHz ascending, one fewer than bands
 * @param order steepness of the crossovers: 2, 4 or 8 (12, 24, 48 dB per octave)
 * @param thresholdDb above the band's mean power
 * @param slope output dB per input dB above the threshold; over 1 expands
 */
public record DynamicsFault(
        double[] crossoversHz,
        int order,
        double attackMs,
        double releaseMs,
        double thresholdDb,
        double slope) {
    /** Gain is computed once per so many frames and interpolated between. */
    private static final int STEP = 16;

    private static final double MIN_GAIN_DB = -20.0;
    private static final double MAX_GAIN_DB = 9.0;

    public DynamicsFault {
        crossoversHz = crossoversHz.clone();
    }

    /** Two of three expand, one compresses: mixes are more often too lively than too flat. */
    public static DynamicsFault draw(Draws draws) {
        double[] crossovers = new double[draws.index(4)];
        Arrays.setAll(crossovers, i -> draws.logUniform(90.0, 7_000.0));
        Arrays.sort(crossovers);
        return new DynamicsFault(
                crossovers,
                (int) draws.pick(2, 4, 8),
                draws.logUniform(2.0, 60.0),
                draws.logUniform(40.0, 500.0),
                draws.uniform(-12.0, 3.0),
                draws.chance(2.0 / 3.0) ? draws.uniform(1.1, 1.8) : 1.0 / draws.uniform(1.3, 4.0));
    }

    /** The faulty clip; the argument stays as it is. */
    public float[][] apply(float[][] clip, int sampleRateHz) {
        int frames = clip[0].length;
        int length = Math.max(2, Integer.highestOneBit(Math.max(frames - 1, 1)) * 2);
        Fft fft = new Fft(length);
        double[][] spectra = new double[clip.length][];
        for (int c = 0; c < clip.length; c++) {
            spectra[c] = new double[length];
            for (int i = 0; i < frames; i++) {
                spectra[c][i] = clip[c][i];
            }
            fft.forward(spectra[c]);
        }
        double[][] sum = new double[clip.length][frames];
        for (int band = 0; band <= crossoversHz.length; band++) {
            double[][] part = new double[clip.length][];
            for (int c = 0; c < clip.length; c++) {
                part[c] = spectra[c].clone();
                weigh(part[c], band, sampleRateHz);
                fft.inverse(part[c]);
            }
            shape(part, frames, sampleRateHz);
            for (int c = 0; c < clip.length; c++) {
                for (int i = 0; i < frames; i++) {
                    sum[c][i] += part[c][i];
                }
            }
        }
        float[][] out = new float[clip.length][frames];
        for (int c = 0; c < clip.length; c++) {
            for (int i = 0; i < frames; i++) {
                out[c][i] = (float) sum[c][i];
            }
        }
        return out;
    }

    /** Multiplies a packed spectrum by the weight of one band. */
    private void weigh(double[] spectrum, int band, int sampleRateHz) {
        int half = spectrum.length / 2;
        spectrum[0] *= band == 0 ? 1.0 : 0.0;
        spectrum[1] *= weight(band, sampleRateHz / 2.0);
        for (int k = 1; k < half; k++) {
            double weight = weight(band, (double) k * sampleRateHz / spectrum.length);
            spectrum[2 * k] *= weight;
            spectrum[2 * k + 1] *= weight;
        }
    }

    /** Share of a frequency that belongs to a band: a product of low and high parts. */
    private double weight(int band, double frequencyHz) {
        double weight = 1.0;
        for (int i = 0; i < crossoversHz.length; i++) {
            double low = lowShare(frequencyHz / crossoversHz[i]);
            if (i < band) {
                weight *= 1.0 - low;
            } else if (i == band) {
                weight *= low;
            }
        }
        return weight;
    }

    private double lowShare(double ratio) {
        double power = ratio * ratio;
        if (order >= 4) {
            power *= power;
        }
        if (order >= 8) {
            power *= power;
        }
        return 1.0 / (1.0 + power);
    }

    private void shape(double[][] band, int frames, int sampleRateHz) {
        double before = meanPower(band, frames);
        if (before < 1e-14) {
            return;
        }
        double attack = 1.0 - StrictMath.exp(-1_000.0 / (attackMs * sampleRateHz));
        double release = 1.0 - StrictMath.exp(-1_000.0 / (releaseMs * sampleRateHz));
        double thresholdLevelDb = Decibels.fromPower(before) + thresholdDb;
        double envelope = before;
        double gain = 1.0;
        for (int start = 0; start < frames; start += STEP) {
            int end = Math.min(start + STEP, frames);
            for (int i = start; i < end; i++) {
                double power = 0.0;
                for (double[] channel : band) {
                    power += channel[i] * channel[i];
                }
                power /= band.length;
                envelope += (power > envelope ? attack : release) * (power - envelope);
            }
            double overDb = Decibels.fromPower(envelope + 1e-30) - thresholdLevelDb;
            double gainDb = overDb > 0.0 ? (slope - 1.0) * overDb : 0.0;
            double next = Decibels.toGain(Math.min(Math.max(gainDb, MIN_GAIN_DB), MAX_GAIN_DB));
            double increment = (next - gain) / STEP;
            for (int i = start; i < end; i++) {
                gain += increment;
                for (double[] channel : band) {
                    channel[i] *= gain;
                }
            }
        }
        double restore = StrictMath.sqrt(before / Math.max(meanPower(band, frames), 1e-30));
        for (double[] channel : band) {
            for (int i = 0; i < frames; i++) {
                channel[i] *= restore;
            }
        }
    }

    private static double meanPower(double[][] band, int frames) {
        double sum = 0.0;
        for (double[] channel : band) {
            for (int i = 0; i < frames; i++) {
                sum += channel[i] * channel[i];
            }
        }
        return sum / ((double) frames * band.length);
    }
}
