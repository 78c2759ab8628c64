// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Processor;

/** Runs a processor on mid = (L + R)/2 and side = (L - R)/2 of two channels. */
final class MidSideStage implements Processor {
    private final Processor inner;

    MidSideStage(Processor inner) {
        this.inner = inner;
    }

    @Override
    public void process(AudioBlock block) {
        float[] left = block.channel(0);
        float[] right = block.channel(1);
        for (int i = 0; i < block.frames(); i++) {
            float l = left[i];
            float r = right[i];
            left[i] = (float) ((l + (double) r) * 0.5);
            right[i] = (float) ((l - (double) r) * 0.5);
        }
        inner.process(block);
        for (int i = 0; i < block.frames(); i++) {
            float mid = left[i];
            float side = right[i];
            left[i] = mid + side;
            right[i] = mid - side;
        }
    }

    @Override
    public void reset() {
        inner.reset();
    }

    @Override
    public int latencyFrames() {
        return inner.latencyFrames();
    }
}
