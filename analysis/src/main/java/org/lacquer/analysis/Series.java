// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import java.util.Arrays;

/**
 * A figure over time at even steps. NaN where it is undefined.
 *
 * @param startSeconds time of the first value
 * @param stepSeconds time between values
 * @param values copied in and out
 */
public record Series(double startSeconds, double stepSeconds, double[] values) {
    /** No values. */
    public static final Series EMPTY = new Series(0.0, 0.1, new double[0]);

    public Series {
        values = values.clone();
    }

    @Override
    public double[] values() {
        return values.clone();
    }

    public int size() {
        return values.length;
    }

    public double at(int index) {
        return values[index];
    }

    /** Time of a value in seconds. */
    public double secondsAt(int index) {
        return startSeconds + index * stepSeconds;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Series that
                && Double.compare(startSeconds, that.startSeconds) == 0
                && Double.compare(stepSeconds, that.stepSeconds) == 0
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Series[" + values.length + " values every " + stepSeconds + " s]";
    }
}
