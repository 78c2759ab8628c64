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

    /** Zeros since the last other value, or fewer; counted by {@link #process} only. */
    private int zeros;

    RunningMean(int length) {
        this.ring = new double[length];
        this.scale = 1.0 / length;
        this.zeros = length;
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

    /**
     * Replaces values by means.
     *
     * @param silent whether all values are known to be 0
     * @return whether all means are, too
     */
    boolean process(double[] values, int count, boolean silent) {
        if (silent && zeros == ring.length && sum == 0.0) {
            position = (position + count) % ring.length;
            return true;
        }
        zeros = silent ? Math.min(ring.length, zeros + count) : 0;
        int done = 0;
        while (done < count) {
            // The last place of the ring takes the way on which the sum is made anew.
            int end = done + Math.min(count - done, ring.length - 1 - position);
            add(values, done, end);
            done = end;
            if (done < count) {
                values[done] = next(values[done]);
                done++;
            }
        }
        return false;
    }

    private void add(double[] values, int from, int to) {
        double total = sum;
        int place = position - from;
        for (int i = from; i < to; i++) {
            double x = values[i];
            total += x - ring[place + i];
            ring[place + i] = x;
            values[i] = total * scale;
        }
        sum = total;
        position = place + to;
    }

    void reset() {
        Arrays.fill(ring, 0.0);
        position = 0;
        sum = 0.0;
        zeros = ring.length;
    }
}
