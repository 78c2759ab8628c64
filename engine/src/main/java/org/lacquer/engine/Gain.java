// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Processor;

/** Multiplies every sample by one factor. No latency, no state. */
final class Gain implements Processor {
    private final float gain;

    Gain(float gain) {
        this.gain = gain;
    }

    @Override
    public void process(AudioBlock block) {
        for (int c = 0; c < block.channels(); c++) {
            float[] samples = block.channel(c);
            for (int i = 0; i < block.frames(); i++) {
                samples[i] *= gain;
            }
        }
    }

    @Override
    public void reset() {}

    @Override
    public int latencyFrames() {
        return 0;
    }
}
