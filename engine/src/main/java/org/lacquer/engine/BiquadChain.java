// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Biquad;
import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.Processor;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Second-order sections in series: the same on every channel, or some on left and right and then
 * some on mid and side. No latency beyond the filters' own phase.
 *
 * <p>All sums are double; the samples are rounded to float once, behind the last section. Sections
 * that left and right (or mid and side) have in common run side by side, since one section alone
 * leaves the processor waiting for its own last result.
 */
final class BiquadChain implements Processor {
    private static final int CHUNK = 1_024;

    /** Sections of each channel, then those of mid and of side, if any. */
    private final Biquad[][] sections;

    private final int channels;
    private final double[][] scratch;

    BiquadChain(List<BiquadCoefficients> coefficients, int channels) {
        this.channels = channels;
        this.sections = new Biquad[channels][];
        for (int c = 0; c < channels; c++) {
            sections[c] = biquads(coefficients);
        }
        this.scratch = new double[channels][CHUNK];
    }

    /** For two channels. */
    BiquadChain(
            List<BiquadCoefficients> left,
            List<BiquadCoefficients> right,
            List<BiquadCoefficients> mid,
            List<BiquadCoefficients> side) {
        this.channels = 2;
        this.sections = new Biquad[][] {biquads(left), biquads(right), biquads(mid), biquads(side)};
        this.scratch = new double[2][CHUNK];
    }

    private static Biquad[] biquads(List<BiquadCoefficients> coefficients) {
        return coefficients.stream().map(Biquad::new).toArray(Biquad[]::new);
    }

    static double responseDb(
            List<BiquadCoefficients> sections, double frequencyHz, int sampleRateHz) {
        double sum = 0.0;
        for (BiquadCoefficients section : sections) {
            sum += section.responseDb(frequencyHz, sampleRateHz);
        }
        return sum;
    }

    /** Linear magnitude of sections in series, by frequency in Hz. */
    static DoubleUnaryOperator gain(List<BiquadCoefficients> sections, int sampleRateHz) {
        List<BiquadCoefficients> all = List.copyOf(sections);
        return hz -> {
            double sin = StrictMath.sin(StrictMath.PI * hz / sampleRateHz);
            double power = 1.0;
            for (BiquadCoefficients section : all) {
                power *= section.powerAtSquaredSine(sin * sin);
            }
            return Math.sqrt(power);
        };
    }

    @Override
    public void process(AudioBlock block) {
        for (int start = 0; start < block.frames(); start += CHUNK) {
            int count = Math.min(CHUNK, block.frames() - start);
            for (int c = 0; c < channels; c++) {
                widen(block.channel(c), start, scratch[c], count);
            }
            filter(count);
            for (int c = 0; c < channels; c++) {
                round(scratch[c], block.channel(c), start, count);
            }
        }
    }

    private void filter(int count) {
        int c = 0;
        for (; c + 1 < channels; c += 2) {
            run(sections[c], scratch[c], sections[c + 1], scratch[c + 1], count);
        }
        if (c < channels) {
            run(sections[c], scratch[c], 0, count);
        }
        if (sections.length > channels && sections[2].length + sections[3].length > 0) {
            MidSide.encode(scratch[0], scratch[1], count);
            run(sections[2], scratch[0], sections[3], scratch[1], count);
            MidSide.decode(scratch[0], scratch[1], count);
        }
    }

    private static void run(Biquad[] first, double[] a, Biquad[] second, double[] b, int count) {
        int common = Math.min(first.length, second.length);
        for (int k = 0; k < common; k++) {
            Biquad.process(first[k], a, second[k], b, count);
        }
        run(first, a, common, count);
        run(second, b, common, count);
    }

    private static void run(Biquad[] chain, double[] samples, int from, int count) {
        for (int k = from; k < chain.length; k++) {
            chain[k].process(samples, samples, count);
        }
    }

    private static void widen(float[] samples, int start, double[] wide, int count) {
        for (int i = 0; i < count; i++) {
            wide[i] = samples[start + i];
        }
    }

    private static void round(double[] wide, float[] samples, int start, int count) {
        for (int i = 0; i < count; i++) {
            samples[start + i] = (float) wide[i];
        }
    }

    @Override
    public void reset() {
        for (Biquad[] chain : sections) {
            for (Biquad section : chain) {
                section.reset();
            }
        }
    }

    @Override
    public int latencyFrames() {
        return 0;
    }
}
