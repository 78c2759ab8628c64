// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Biquad;
import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.Processor;

import java.util.List;

/**
 * Second-order sections in series, the same on every channel. No latency beyond the filters' own
 * phase.
 */
final class BiquadChain implements Processor {
    private static final int CHUNK = 1_024;

    private final Biquad[][] sections;

    /** Scratch between sections, so that rounding to float happens once. */
    private final double[] scratch = new double[CHUNK];

    BiquadChain(List<BiquadCoefficients> coefficients, int channels) {
        this.sections = new Biquad[channels][coefficients.size()];
        for (Biquad[] chain : sections) {
            for (int k = 0; k < chain.length; k++) {
                chain[k] = new Biquad(coefficients.get(k));
            }
        }
    }

    static double responseDb(
            List<BiquadCoefficients> sections, double frequencyHz, int sampleRateHz) {
        double sum = 0.0;
        for (BiquadCoefficients section : sections) {
            sum += section.responseDb(frequencyHz, sampleRateHz);
        }
        return sum;
    }

    @Override
    public void process(AudioBlock block) {
        for (int start = 0; start < block.frames(); start += CHUNK) {
            int count = Math.min(CHUNK, block.frames() - start);
            for (int c = 0; c < sections.length; c++) {
                process(sections[c], block.channel(c), start, count);
            }
        }
    }

    private void process(Biquad[] chain, float[] samples, int start, int count) {
        for (int i = 0; i < count; i++) {
            scratch[i] = samples[start + i];
        }
        for (Biquad section : chain) {
            section.process(scratch, scratch, count);
        }
        for (int i = 0; i < count; i++) {
            samples[start + i] = (float) scratch[i];
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
