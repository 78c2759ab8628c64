// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.util.Arrays;

/** Delays each channel by a whole number of frames; silence comes first. */
final class FrameDelay {
    private final float[][] rings;
    private final int[] positions;

    FrameDelay(int channels, int frames) {
        rings = new float[channels][frames];
        positions = new int[channels];
    }

    void process(int channel, float[] samples, int start, int count) {
        float[] ring = rings[channel];
        if (ring.length == 0) {
            return;
        }
        int position = positions[channel];
        for (int i = start; i < start + count; i++) {
            float old = ring[position];
            ring[position] = samples[i];
            samples[i] = old;
            position = position + 1 == ring.length ? 0 : position + 1;
        }
        positions[channel] = position;
    }

    void reset() {
        for (float[] ring : rings) {
            Arrays.fill(ring, 0f);
        }
        Arrays.fill(positions, 0);
    }
}
