// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.util.Arrays;

/**
 * Mean of the last {@code length} values, zeros before the start. Sums anew whenever its ring is
 * full, so that rounding errors cannot build up.
 */
final class RunningMean {
    private final double[] ring;
    private final double scale;
    private int position;
    private double sum;

    RunningMean(int length) {
        this.ring = new double[length];
        this.scale = 1.0 / length;
    }

    double next(double x) {
        sum += x - ring[position];
        ring[position] = x;
        position++;
        if (position == ring.length) {
            position = 0;
            sum = 0.0;
            for (double value : ring) {
                sum += value;
            }
        }
        return sum * scale;
    }

    void reset() {
        Arrays.fill(ring, 0.0);
        position = 0;
        sum = 0.0;
    }
}
