// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.util.Arrays;

/** Delays each channel by a whole number of frames; silence comes first. */
final class FrameDelay {
    private static final int LONGEST_COPY = 1_024;

    private final float[][] rings;
    private final int[] positions;
    private final float[] taken;

    FrameDelay(int channels, int frames) {
        rings = new float[channels][frames];
        positions = new int[channels];
        taken = new float[Math.min(frames, LONGEST_COPY)];
    }

    void process(int channel, float[] samples, int start, int count) {
        float[] ring = rings[channel];
        int position = positions[channel];
        for (int done = 0; ring.length > 0 && done < count; ) {
            int length = Math.min(Math.min(count - done, taken.length), ring.length - position);
            System.arraycopy(ring, position, taken, 0, length);
            System.arraycopy(samples, start + done, ring, position, length);
            System.arraycopy(taken, 0, samples, start + done, length);
            done += length;
            position = position + length == ring.length ? 0 : position + length;
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
