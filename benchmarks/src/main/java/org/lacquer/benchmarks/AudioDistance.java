// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import org.lacquer.analysis.LoudnessMeter;
import org.lacquer.analysis.TruePeakMeter;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Fft;

import java.io.IOException;
import java.util.Arrays;

/** How far a limited clip is from the mix, at equal loudness and aligned in time. */
final class AudioDistance {
    private static final int LARGEST_SHIFT = 2_048;
    private static final double FLOOR = Decibels.toPower(-100.0);
    private static final int COHERENCE_FRAMES = 4_096;

    private final float[][] mix;
    private final float[][] limited;

    AudioDistance(AudioClip mix, AudioClip limited) {
        float gain = (float) Decibels.toGain(integratedLufs(limited) - integratedLufs(mix));
        int channels = mix.format().channels();
        int shift = shift(mix.channel(0), limited.channel(0));
        int count = Math.min(mix.frames(), limited.frames() - shift);
        this.mix = new float[channels][count];
        this.limited = new float[channels][];
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < count; i++) {
                this.mix[c][i] = gain * mix.channel(c)[i];
            }
            this.limited[c] = Arrays.copyOfRange(limited.channel(c), shift, shift + count);
        }
    }

    /** Frames by which the limiter is late: where two seconds of both agree best. */
    private static int shift(float[] mix, float[] limited) {
        int from = mix.length / 2;
        int count = Math.min(88_200, mix.length / 2 - LARGEST_SHIFT);
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int shift = 0; shift < LARGEST_SHIFT; shift++) {
            double sum = 0.0;
            for (int i = 0; i < count; i += 2) {
                sum += mix[from + i] * limited[from + i + shift];
            }
            if (sum > most) {
                most = sum;
                best = shift;
            }
        }
        return best;
    }

    /**
     * Mean over frames (Hann window, half overlapping) and channels of the root mean square over
     * bins of the difference of levels, with a floor of -100 dBFS.
     */
    double logSpectralDb(int length) {
        Fft fft = new Fft(length);
        double[] before = new double[length];
        double[] after = new double[length];
        double[] beforePowers = new double[length / 2 + 1];
        double[] afterPowers = new double[length / 2 + 1];
        double sum = 0.0;
        int frames = 0;
        double floor = FLOOR * length * length / 16.0;
        for (int c = 0; c < mix.length; c++) {
            for (int start = 0; start + length <= mix[c].length; start += length / 2) {
                transform(fft, mix[c], start, before, beforePowers);
                transform(fft, limited[c], start, after, afterPowers);
                double squares = 0.0;
                for (int k = 1; k < length / 2; k++) {
                    double ratio = (afterPowers[k] + floor) / (beforePowers[k] + floor);
                    double db = 10.0 * Math.log10(ratio);
                    squares += db * db;
                }
                sum += Math.sqrt(squares / (length / 2 - 1));
                frames++;
            }
        }
        return sum / frames;
    }

    /**
     * Power that no linear filter of the mix explains, over all power: one minus the coherence
     * (Hann windows of 4096 points), in dB. Shifts of phase that come and go count as distortion.
     */
    double residualDb() {
        int length = COHERENCE_FRAMES;
        Fft fft = new Fft(length);
        double[] x = new double[length];
        double[] y = new double[length];
        double unexplained = 0.0;
        double all = 0.0;
        for (int c = 0; c < mix.length; c++) {
            double[] xx = new double[length / 2];
            double[] yy = new double[length / 2];
            double[] real = new double[length / 2];
            double[] imaginary = new double[length / 2];
            for (int start = 0; start + length <= mix[c].length; start += length / 2) {
                window(mix[c], start, x);
                window(limited[c], start, y);
                fft.forward(x);
                fft.forward(y);
                for (int k = 1; k < length / 2; k++) {
                    xx[k] += x[2 * k] * x[2 * k] + x[2 * k + 1] * x[2 * k + 1];
                    yy[k] += y[2 * k] * y[2 * k] + y[2 * k + 1] * y[2 * k + 1];
                    real[k] += y[2 * k] * x[2 * k] + y[2 * k + 1] * x[2 * k + 1];
                    imaginary[k] += y[2 * k + 1] * x[2 * k] - y[2 * k] * x[2 * k + 1];
                }
            }
            for (int k = 1; k < length / 2; k++) {
                double squares = real[k] * real[k] + imaginary[k] * imaginary[k];
                double explained = xx[k] == 0.0 ? 0.0 : squares / xx[k];
                unexplained += Math.max(0.0, yy[k] - explained);
                all += yy[k];
            }
        }
        return Decibels.fromPower(unexplained / all);
    }

    private static void transform(
            Fft fft, float[] samples, int start, double[] spectrum, double[] powers) {
        window(samples, start, spectrum);
        fft.forward(spectrum);
        fft.powers(spectrum, powers);
    }

    private static void window(float[] samples, int start, double[] out) {
        for (int i = 0; i < out.length; i++) {
            double hann = 0.5 - 0.5 * Math.cos(2.0 * Math.PI * i / out.length);
            out[i] = hann * samples[start + i];
        }
    }

    static double integratedLufs(AudioClip clip) {
        LoudnessMeter meter = new LoudnessMeter(clip.format());
        meter.write(block(clip));
        return meter.loudness().integratedLufs();
    }

    static double truePeakDbtp(AudioClip clip) {
        TruePeakMeter meter = new TruePeakMeter(clip.format());
        meter.write(block(clip));
        meter.finish();
        return meter.truePeakDbtp();
    }

    private static AudioBlock block(AudioClip clip) {
        AudioBlock block = new AudioBlock(clip.format().channels(), clip.frames());
        try (AudioSource source = clip.source()) {
            source.read(block);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return block;
    }
}
