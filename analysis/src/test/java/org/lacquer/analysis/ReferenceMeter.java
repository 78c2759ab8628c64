// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioClip;
import org.lacquer.audio.BiquadCoefficients;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * ITU-R BS.1770-5, EBU Tech 3341 and Tech 3342 as one would write them down from the documents:
 * filter the whole of each channel, and sum every window anew. Shares only the design of the
 * filters with the meter, and at 48 kHz not even that. Like the meter it hears whole steps of 10 ms
 * and leaves out what is left at the end. Slow.
 */
final class ReferenceMeter {
    /** BS.1770-5, tables 1 and 2. */
    private static final BiquadCoefficients SHELF_48K =
            new BiquadCoefficients(
                    1.53512485958697,
                    -2.69169618940638,
                    1.19839281085285,
                    -1.69065929318241,
                    0.73248077421585);

    private static final BiquadCoefficients HIGH_PASS_48K =
            new BiquadCoefficients(1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621);

    private final int rate;
    private final double[] weights;
    private final double[][] weighted;

    ReferenceMeter(AudioClip clip, double... weights) {
        this.rate = clip.format().sampleRateHz();
        this.weights = weights;
        this.weighted = new double[weights.length][];
        int steps = (int) Math.floor((clip.frames() + 0.5 - 1e-6) * 100.0 / rate);
        int frames = frame(steps / 100.0);
        boolean tables = rate == 48_000;
        for (int c = 0; c < weights.length; c++) {
            double[] samples = new double[frames];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = clip.channel(c)[i];
            }
            double[] shelved = filtered(samples, tables ? SHELF_48K : Bs1770.shelf(rate));
            weighted[c] = filtered(shelved, tables ? HIGH_PASS_48K : Bs1770.highPass(rate));
        }
    }

    /** BS.1770-5, Annex 1, equations (3) to (7). */
    double integratedLufs() {
        List<Double> blocks = windows(0.4, 0.1, weighted[0].length);
        List<Double> absolute = blocks.stream().filter(z -> lufs(z) > -70.0).toList();
        double relativeGate = lufs(mean(absolute)) - 10.0;
        return lufs(mean(absolute.stream().filter(z -> lufs(z) > relativeGate).toList()));
    }

    /** Largest loudness of windows every 10 ms. */
    double maximumLufs(double windowSeconds) {
        List<Double> powers = windows(windowSeconds, 0.01, weighted[0].length);
        return lufs(Collections.max(powers));
    }

    /** Tech 3342, section 3, with 1.5 s of silence appended. */
    double rangeLu() {
        int frames = weighted[0].length + frame(1.5);
        List<Double> absolute =
                windows(3.0, 0.1, frames).stream().filter(z -> lufs(z) >= -70.0).toList();
        double relativeGate = lufs(mean(absolute)) - 20.0;
        List<Double> sorted =
                absolute.stream().filter(z -> lufs(z) >= relativeGate).sorted().toList();
        int last = sorted.size() - 1;
        double low = sorted.get((int) Math.floor(last * 10 / 100.0 + 0.5));
        double high = sorted.get((int) Math.floor(last * 95 / 100.0 + 0.5));
        return lufs(high) - lufs(low);
    }

    /** Weighted mean squares; silence behind the last frame. */
    private List<Double> windows(double seconds, double step, int frames) {
        List<Double> powers = new ArrayList<>();
        for (int k = 0; ; k++) {
            int from = frame(k * step);
            int to = frame(k * step + seconds);
            if (to > frames) {
                return powers;
            }
            double sum = 0.0;
            for (int c = 0; c < weights.length; c++) {
                double square = 0.0;
                for (int i = from; i < Math.min(to, weighted[c].length); i++) {
                    square += weighted[c][i] * weighted[c][i];
                }
                sum += weights[c] * square;
            }
            powers.add(sum / (to - from));
        }
    }

    /** The nearest frame, halves up, whatever the rounding of the seconds. */
    private int frame(double seconds) {
        return (int) Math.floor(seconds * rate + 0.5 + 1e-6);
    }

    private static double lufs(double power) {
        return -0.691 + 10.0 * Math.log10(power);
    }

    private static double mean(List<Double> powers) {
        return powers.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Direct form II, as figure 4 of BS.1770-5 draws it. */
    private static double[] filtered(double[] samples, BiquadCoefficients section) {
        double[] out = Arrays.copyOf(samples, samples.length);
        double last = 0.0;
        double lastButOne = 0.0;
        for (int i = 0; i < out.length; i++) {
            double state = samples[i] - section.a1() * last - section.a2() * lastButOne;
            out[i] = section.b0() * state + section.b1() * last + section.b2() * lastButOne;
            lastButOne = last;
            last = state;
        }
        return out;
    }
}
