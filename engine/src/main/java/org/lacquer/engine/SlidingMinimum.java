// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.util.Arrays;

/**
 * Minimum of the last {@code window} values, at most 1; before the start there are none.
 *
 * <p>Time is cut into blocks of a window's length. The window is what has come of the block at hand
 * and the rest of the block before, whose minima are computed backwards once it is complete: three
 * comparisons a value (M. van Herk, "A fast algorithm for local minimum and maximum filters on
 * rectangular and octagonal kernels", 1992).
 *
 * <p>Most values are the one at which a gain rests: while nothing else is in the window, nothing is
 * done for it.
 */
final class SlidingMinimum {
    /** Neutral: no value is higher. */
    private static final double HIGHEST = 1.0;

    private final int window;
    private final double rest;
    private final double[] newer;

    /** The minimum of the block before, from each place to its end. */
    private final double[] older;

    private int position;
    private double least;

    /** Values at rest since the last other one, or fewer; never more than a window. */
    private int restingFor;

    /**
     * @param rest the value that comes most of the time
     */
    SlidingMinimum(int window, double rest) {
        this.window = window;
        this.rest = rest;
        this.newer = new double[window];
        this.older = new double[window + 1];
        reset();
    }

    /**
     * Replaces values by minima.
     *
     * @param resting whether all values are known to be at rest
     * @return whether all minima are, too
     */
    boolean process(double[] values, int count, boolean resting) {
        if (resting && resting()) {
            return true;
        }
        restingFor = resting ? Math.min(window, restingFor + count) : 0;
        int done = 0;
        while (done < count) {
            int length = Math.min(count - done, window - position);
            hear(values, done, length);
            done += length;
            if (position == window) {
                endBlock();
            }
        }
        if (values[count - 1] == HIGHEST) {
            restingFor = window;
        }
        return false;
    }

    /** Whether nothing but rest is in the window. */
    boolean resting() {
        return restingFor == window;
    }

    private void hear(double[] values, int from, int length) {
        double lowest = least;
        for (int i = 0; i < length; i++) {
            double value = values[from + i];
            newer[position + i] = value;
            lowest = value < lowest ? value : lowest;
            double left = older[position + i + 1];
            values[from + i] = left < lowest ? left : lowest;
        }
        least = lowest;
        position += length;
    }

    private void endBlock() {
        double lowest = HIGHEST;
        for (int i = window - 1; i >= 0; i--) {
            double value = newer[i];
            lowest = value < lowest ? value : lowest;
            older[i] = lowest;
        }
        least = HIGHEST;
        position = 0;
    }

    void reset() {
        Arrays.fill(older, HIGHEST);
        least = HIGHEST;
        position = 0;
        // Before the start there is nothing, which only the highest value cannot be told from.
        restingFor = rest == HIGHEST ? window : 0;
    }
}
