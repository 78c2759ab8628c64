// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Biquad;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Fft;
import org.lacquer.audio.FilterDesign;
import org.lacquer.engine.SaturationBand;
import org.lacquer.engine.SaturationCurve;
import org.lacquer.engine.SaturationSettings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whether samples were bent, and along which curve.
 *
 * <p>From the master, and from what each curve would add to the sound in front of it, a filter and
 * a gain that moves from window to window are taken out by least squares; what a compressor does
 * goes with them. Then it is asked how much of what is left in the master the one is of the other.
 * Windows in which the limiter works are left out. Every bin counts by the inverse of what is left
 * in it, so that bass does not outvote the rest.
 */
final class SaturationFit {
    private static final int WINDOW = 2_048;
    private static final int STRETCH_FRAMES = 96;
    private static final int FEWEST_FRAMES = 32;
    private static final int MOST_FRAMES = 480;
    private static final double[] EDGES_HZ = {200.0, 800.0, 3_200.0};
    private static final double HIGHEST_HZ = 14_000.0;
    private static final double SURE = 0.12;
    private static final double WEAKEST = 0.02;
    private static final double WORKING_DB = -20.0;
    private static final double[] DRIVES_DB = {0.0, 5.0, 10.0};
    private static final double REFINED_DB = 2.5;
    private static final double ENVELOPE_MS = 3.0;

    /** Points of a curve from 0 to {@value #RANGE}, and where it ends. */
    private static final int TABLE = 8_192;

    private static final double RANGE = 2.0;

    /** Emphasis of the curves, as the engine has it. */
    private static final double TAPE_HZ = 5_000.0;

    private static final double TAPE_DB = 3.0;
    private static final double CORE_HZ = 90.0;
    private static final double CORE_DB = 6.0;
    private static final double EMPHASIS_Q = 0.6;

    private final AudioClip before;
    private final int rate;
    private final int[] bandStarts;
    private final double[] hann;
    private final Fft fft = new Fft(WINDOW);
    private final int[] frames;
    private final double[][][] x;
    private final double[][][] y;

    /** y less what a filter and a moving gain make of x; [channel][frame][bin]. */
    private final Part rest;

    /**
     * What came out.
     *
     * @param band the curve that explains most
     * @param correlation of what it adds with what is left in the master, -1 to 1
     * @param strength share of the curve's addition that is found
     */
    record Result(SaturationBand band, double correlation, double strength) {
        /** Whether it is more than chance: songs without saturation stay below 0.06. */
        boolean sure() {
            return correlation > SURE && strength > WEAKEST;
        }

        /** The stage. */
        SaturationSettings settings(double levelLufs) {
            double mix = Math.rint(Math.max(5.0, Math.min(100.0, 100.0 * strength)));
            return SaturationSettings.of(
                            new SaturationBand(band.curve(), band.driveDb(), mix, band.bias()))
                    .withLevelLufs(Math.max(-60.0, Math.min(0.0, levelLufs)));
        }
    }

    /** What is left of a signal, and the filter and gains that were taken out. */
    private record Part(double[][][] left, double[][][] transfer, double[][][] gains) {}

    private SaturationFit(AudioClip before, AudioClip master, int[] frames) {
        this.before = before;
        this.rate = before.format().sampleRateHz();
        this.frames = frames;
        this.hann = BandPowers.hann(WINDOW);
        this.bandStarts = new int[EDGES_HZ.length + 2];
        bandStarts[0] = 1;
        for (int b = 0; b < EDGES_HZ.length; b++) {
            bandStarts[b + 1] = (int) Math.round(EDGES_HZ[b] * WINDOW / rate);
        }
        bandStarts[EDGES_HZ.length + 1] =
                (int) Math.min(WINDOW / 2.0 - 1.0, HIGHEST_HZ * WINDOW / rate);
        this.x = spectra(before.channel(0), before.channel(1));
        this.y = spectra(master.channel(0), master.channel(1));
        this.rest = without(y);
    }

    /**
     * @param before what went into the saturation
     * @param limiterGains by millisecond
     */
    static Optional<Result> fit(AudioClip before, AudioClip master, double[] limiterGains) {
        int[] frames = frames(before, limiterGains);
        if (frames.length < FEWEST_FRAMES) {
            return Optional.empty();
        }
        SaturationFit fit = new SaturationFit(before, master, frames);
        Result best = null;
        for (SaturationBand band : fit.candidates()) {
            Result result = fit.of(band);
            if (best == null || result.correlation > best.correlation) {
                best = result;
            }
        }
        for (int step = -1; best != null && step <= 1; step += 2) {
            SaturationBand band = best.band;
            double drive = Math.max(-24.0, Math.min(24.0, band.driveDb() + step * REFINED_DB));
            Result result =
                    fit.of(new SaturationBand(band.curve(), drive, band.mixPercent(), band.bias()));
            best = result.correlation > best.correlation ? result : best;
        }
        return Optional.ofNullable(best);
    }

    /** Starts of the loudest windows without limiting, in order. */
    private static int[] frames(AudioClip clip, double[] limiterGains) {
        int step = Milliseconds.step(clip.format().sampleRateHz());
        int hop = WINDOW / 2;
        int count = Math.max(0, (clip.frames() - WINDOW) / hop);
        double[] powers = new double[count];
        List<Integer> free = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            double least = 1.0;
            int first = Math.max(0, t * hop / step - 5);
            int last = Math.min(limiterGains.length - 1, (t * hop + WINDOW) / step + 5);
            for (int n = first; n <= last; n++) {
                least = Math.min(least, limiterGains[n]);
            }
            for (int i = t * hop; i < t * hop + WINDOW; i++) {
                powers[t] +=
                        (double) clip.channel(0)[i] * clip.channel(0)[i]
                                + (double) clip.channel(1)[i] * clip.channel(1)[i];
            }
            if (least > 0.985 && powers[t] > 1e-6 * WINDOW) {
                free.add(t);
            }
        }
        free.sort((a, b) -> Double.compare(powers[b], powers[a]));
        return free.stream().limit(MOST_FRAMES).mapToInt(t -> t * hop).sorted().toArray();
    }

    private List<SaturationBand> candidates() {
        double power = 0.0;
        for (int start : frames) {
            for (int i = start; i < start + WINDOW; i++) {
                power += (double) before.channel(0)[i] * before.channel(0)[i];
                power += (double) before.channel(1)[i] * before.channel(1)[i];
            }
        }
        double level = Decibels.fromPower(power / (2.0 * frames.length * WINDOW) + 1e-12);
        List<SaturationBand> candidates = new ArrayList<>();
        for (SaturationCurve curve : SaturationCurve.values()) {
            for (double drive : DRIVES_DB) {
                double relative = WORKING_DB - level + drive;
                double within = Math.max(-24.0, Math.min(24.0, Math.rint(10.0 * relative) / 10.0));
                candidates.add(new SaturationBand(curve, within, 100.0, 0.0));
            }
        }
        return candidates;
    }

    private Result of(SaturationBand band) {
        float[] left = bent(band, before.channel(0));
        float[] right = bent(band, before.channel(1));
        Part added = without(spectra(left, right));
        Part moved = without(spectra(enveloped(before.channel(0)), enveloped(before.channel(1))));
        double aa = 0.0;
        double am = 0.0;
        double mm = 0.0;
        double ay = 0.0;
        double my = 0.0;
        double yy = 0.0;
        for (int c = 0; c < 2; c++) {
            for (int from = 0; from < frames.length; from += STRETCH_FRAMES) {
                int end = Math.min(frames.length, from + STRETCH_FRAMES);
                int stretch = from / STRETCH_FRAMES;
                for (int k = bandStarts[0]; k < bandStarts[bandStarts.length - 1]; k++) {
                    double noise = 0.0;
                    double energy = 0.0;
                    for (int t = from; t < end; t++) {
                        noise += square(rest.left[c][t], k);
                        energy += square(y[c][t], k);
                    }
                    if (noise <= 1e-12 * energy || energy < 1e-9) {
                        continue;
                    }
                    double weight = 1.0 / (noise + 1e-7 * energy);
                    double hr = rest.transfer[c][stretch][2 * k];
                    double hi = rest.transfer[c][stretch][2 * k + 1];
                    for (int t = from; t < end; t++) {
                        double[] a = added.left[c][t];
                        double[] m = moved.left[c][t];
                        double[] r = rest.left[c][t];
                        double ar = hr * a[2 * k] - hi * a[2 * k + 1];
                        double ai = hr * a[2 * k + 1] + hi * a[2 * k];
                        double mr = hr * m[2 * k] - hi * m[2 * k + 1];
                        double mi = hr * m[2 * k + 1] + hi * m[2 * k];
                        aa += weight * (ar * ar + ai * ai);
                        am += weight * (ar * mr + ai * mi);
                        mm += weight * (mr * mr + mi * mi);
                        ay += weight * (ar * r[2 * k] + ai * r[2 * k + 1]);
                        my += weight * (mr * r[2 * k] + mi * r[2 * k + 1]);
                        yy += weight * square(r, k);
                    }
                }
            }
        }
        // What a fast gain explains as well is left to it.
        double ownAdded = aa - am * am / (mm + 1e-30);
        double ownRest = yy - my * my / (mm + 1e-30);
        double product = ay - am * my / (mm + 1e-30);
        double correlation = product / Math.sqrt(ownAdded * ownRest + 1e-30);
        return new Result(band, correlation, product / (ownAdded + 1e-30));
    }

    private static double square(double[] spectrum, int k) {
        return spectrum[2 * k] * spectrum[2 * k] + spectrum[2 * k + 1] * spectrum[2 * k + 1];
    }

    /** What the curve adds. */
    private float[] bent(SaturationBand band, float[] samples) {
        double[] work = new double[samples.length];
        for (int i = 0; i < work.length; i++) {
            work[i] = samples[i];
        }
        emphasise(band.curve(), 1, work);
        double[] table = table(band);
        for (int i = 0; i < work.length; i++) {
            work[i] = looked(table, work[i]) - work[i];
        }
        emphasise(band.curve(), -1, work);
        float[] out = new float[work.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) work[i];
        }
        return out;
    }

    private static double[] table(SaturationBand band) {
        double[] table = new double[2 * TABLE + 2];
        for (int k = 0; k < table.length; k++) {
            table[k] = band.outputFor(RANGE * (k - TABLE) / TABLE);
        }
        return table;
    }

    private static double looked(double[] table, double sample) {
        double place = (Math.max(-RANGE, Math.min(RANGE, sample)) / RANGE + 1.0) * TABLE;
        int below = (int) place;
        return table[below] + (place - below) * (table[below + 1] - table[below]);
    }

    private void emphasise(SaturationCurve curve, int sign, double[] samples) {
        switch (curve) {
            case TAPE ->
                    new Biquad(FilterDesign.highShelf(TAPE_HZ, sign * TAPE_DB, EMPHASIS_Q, rate))
                            .process(samples, samples, samples.length);
            case TRANSFORMER ->
                    new Biquad(FilterDesign.lowShelf(CORE_HZ, sign * CORE_DB, EMPHASIS_Q, rate))
                            .process(samples, samples, samples.length);
            case TUBE, SOFT_CLIP -> {}
        }
    }

    /** The sound times its own envelope, as a fast gain would add it. */
    private float[] enveloped(float[] samples) {
        float[] out = new float[samples.length];
        double share = 1.0 - StrictMath.exp(-1_000.0 / (ENVELOPE_MS * rate));
        double[] envelope = new double[samples.length];
        double e = 0.0;
        for (int i = 0; i < samples.length; i++) {
            e += share * ((double) samples[i] * samples[i] - e);
            envelope[i] = e;
        }
        e = 0.0;
        for (int i = samples.length - 1; i >= 0; i--) {
            e += share * (envelope[i] - e);
            out[i] = (float) (samples[i] * e);
        }
        return out;
    }

    /** Mid and side. */
    private double[][][] spectra(float[] left, float[] right) {
        double[][][] spectra = new double[2][frames.length][WINDOW];
        for (int t = 0; t < frames.length; t++) {
            int start = frames[t];
            for (int i = 0; i < WINDOW; i++) {
                double l = left[start + i];
                double r = right[start + i];
                spectra[0][t][i] = hann[i] * 0.5 * (l + r);
                spectra[1][t][i] = hann[i] * 0.5 * (l - r);
            }
            fft.forward(spectra[0][t]);
            fft.forward(spectra[1][t]);
        }
        return spectra;
    }

    /** Takes out of a signal what a filter and a gain by window and band make of x. */
    private Part without(double[][][] signal) {
        int stretches = (frames.length + STRETCH_FRAMES - 1) / STRETCH_FRAMES;
        double[][][] left = new double[2][frames.length][WINDOW];
        double[][][] transfer = new double[2][stretches][WINDOW];
        double[][][] gains = new double[2][frames.length][bandStarts.length - 1];
        for (int c = 0; c < 2; c++) {
            for (double[] row : gains[c]) {
                Arrays.fill(row, 1.0);
            }
            for (int from = 0; from < frames.length; from += STRETCH_FRAMES) {
                int end = Math.min(frames.length, from + STRETCH_FRAMES);
                double[] h = transfer[c][from / STRETCH_FRAMES];
                for (int round = 0; round < 3; round++) {
                    solve(x[c], signal[c], gains[c], from, end, h);
                    if (round < 2) {
                        gains(x[c], signal[c], gains[c], from, end, h);
                    }
                }
                subtract(x[c], signal[c], gains[c], from, end, h, left[c]);
            }
        }
        return new Part(left, transfer, gains);
    }

    private void solve(
            double[][] from, double[][] to, double[][] gains, int start, int end, double[] h) {
        for (int b = 0; b + 1 < bandStarts.length; b++) {
            for (int k = bandStarts[b]; k < bandStarts[b + 1]; k++) {
                double re = 0.0;
                double im = 0.0;
                double norm = 0.0;
                for (int t = start; t < end; t++) {
                    double g = gains[t][b];
                    double xr = from[t][2 * k];
                    double xi = from[t][2 * k + 1];
                    double yr = to[t][2 * k];
                    double yi = to[t][2 * k + 1];
                    re += g * (xr * yr + xi * yi);
                    im += g * (xr * yi - xi * yr);
                    norm += g * g * (xr * xr + xi * xi);
                }
                h[2 * k] = norm == 0.0 ? 0.0 : re / norm;
                h[2 * k + 1] = norm == 0.0 ? 0.0 : im / norm;
            }
        }
    }

    private void gains(
            double[][] from, double[][] to, double[][] gains, int start, int end, double[] h) {
        for (int t = start; t < end; t++) {
            for (int b = 0; b + 1 < bandStarts.length; b++) {
                double product = 0.0;
                double norm = 0.0;
                for (int k = bandStarts[b]; k < bandStarts[b + 1]; k++) {
                    double xr = h[2 * k] * from[t][2 * k] - h[2 * k + 1] * from[t][2 * k + 1];
                    double xi = h[2 * k] * from[t][2 * k + 1] + h[2 * k + 1] * from[t][2 * k];
                    product += xr * to[t][2 * k] + xi * to[t][2 * k + 1];
                    norm += xr * xr + xi * xi;
                }
                gains[t][b] = norm == 0.0 ? 1.0 : product / norm;
            }
        }
    }

    private void subtract(
            double[][] from,
            double[][] to,
            double[][] gains,
            int start,
            int end,
            double[] h,
            double[][] left) {
        for (int t = start; t < end; t++) {
            for (int b = 0; b + 1 < bandStarts.length; b++) {
                double g = gains[t][b];
                for (int k = bandStarts[b]; k < bandStarts[b + 1]; k++) {
                    double xr = h[2 * k] * from[t][2 * k] - h[2 * k + 1] * from[t][2 * k + 1];
                    double xi = h[2 * k] * from[t][2 * k + 1] + h[2 * k + 1] * from[t][2 * k];
                    left[t][2 * k] = to[t][2 * k] - g * xr;
                    left[t][2 * k + 1] = to[t][2 * k + 1] - g * xi;
                }
            }
        }
    }
}
