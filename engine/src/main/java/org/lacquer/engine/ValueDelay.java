// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.util.Arrays;

/** Delays figures by a whole number of frames; one figure stands for the time before the start. */
final class ValueDelay {
    private final double[] ring;
    private final double[] taken;
    private final double first;
    private int position;

    ValueDelay(int frames, double first, int maxFrames) {
        this.ring = new double[frames];
        this.taken = new double[Math.min(frames, maxFrames)];
        this.first = first;
        reset();
    }

    void process(double[] values, int count) {
        for (int done = 0; ring.length > 0 && done < count; ) {
            int length = Math.min(Math.min(count - done, taken.length), ring.length - position);
            System.arraycopy(ring, position, taken, 0, length);
            System.arraycopy(values, done, ring, position, length);
            System.arraycopy(taken, 0, values, done, length);
            done += length;
            position = position + length == ring.length ? 0 : position + length;
        }
    }

    void reset() {
        Arrays.fill(ring, first);
        position = 0;
    }
}
