// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Biquad;
import org.lacquer.audio.FilterDesign;
import org.lacquer.audio.Processor;

/**
 * L, R -> M = (L+R)/2, S = (L-R)/2 -> S through high-pass and gain -> L = M+S, R = M-S. No latency.
 */
final class StereoWidth implements Processor {
    private static final double BUTTERWORTH_Q = StrictMath.sqrt(0.5);

    private final double sideGain;
    private final @Nullable Biquad sideHighPass;

    StereoWidth(double sideGain, double bassMonoHz, int sampleRateHz) {
        this.sideGain = sideGain;
        this.sideHighPass =
                bassMonoHz == 0.0
                        ? null
                        : new Biquad(
                                FilterDesign.highPass(bassMonoHz, BUTTERWORTH_Q, sampleRateHz));
    }

    @Override
    public void process(AudioBlock block) {
        float[] left = block.channel(0);
        float[] right = block.channel(1);
        Biquad filter = sideHighPass;
        for (int i = 0; i < block.frames(); i++) {
            double mid = 0.5 * ((double) left[i] + right[i]);
            double side = 0.5 * ((double) left[i] - right[i]);
            side = sideGain * (filter == null ? side : filter.process(side));
            left[i] = (float) (mid + side);
            right[i] = (float) (mid - side);
        }
    }

    @Override
    public void reset() {
        if (sideHighPass != null) {
            sideHighPass.reset();
        }
    }

    @Override
    public int latencyFrames() {
        return 0;
    }
}
