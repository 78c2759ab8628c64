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
    private final Biquad[][] sections;

    /** Scratch between sections, so that rounding to float happens once. */
    private double[] scratch = new double[0];

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
        if (scratch.length < block.frames()) {
            scratch = new double[block.capacity()];
        }
        int frames = block.frames();
        for (int c = 0; c < sections.length; c++) {
            float[] samples = block.channel(c);
            for (int i = 0; i < frames; i++) {
                scratch[i] = samples[i];
            }
            for (Biquad section : sections[c]) {
                section.process(scratch, scratch, frames);
            }
            for (int i = 0; i < frames; i++) {
                samples[i] = (float) scratch[i];
            }
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
