// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.util.Arrays;

/**
 * Minimum of the last {@code window} values, ones before the start. Keeps the rising values that
 * can still become the minimum (D. Lemire, "Streaming maximum-minimum filter using no more than
 * three comparisons per element", 2006).
 */
final class SlidingMinimum {
    private final int window;
    private final double[] values;
    private final long[] times;
    private int head;
    private int size;
    private long now;

    SlidingMinimum(int window) {
        this.window = window;
        this.values = new double[window + 1];
        this.times = new long[window + 1];
    }

    double next(double value) {
        while (size > 0 && values[slot(size - 1)] >= value) {
            size--;
        }
        int slot = slot(size);
        values[slot] = value;
        times[slot] = now;
        size++;
        if (times[head] <= now - window) {
            head = head + 1 == values.length ? 0 : head + 1;
            size--;
        }
        now++;
        return values[head];
    }

    /** The minimum after the last value; 1 before the first. */
    double current() {
        return size == 0 ? 1.0 : values[head];
    }

    private int slot(int index) {
        int slot = head + index;
        return slot >= values.length ? slot - values.length : slot;
    }

    void reset() {
        Arrays.fill(values, 1.0);
        head = 0;
        size = 0;
        now = 0;
    }
}
