// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.statistics;

/**
 * A two-sided confidence interval of 95 %. NaN at both ends where there is too little to say
 * anything.
 */
public record Interval(double lower, double upper) {
    /** Share of repetitions whose interval would hold the true value. */
    public static final double LEVEL = 0.95;

    /** Where nothing is known. */
    public static final Interval UNKNOWN = new Interval(Double.NaN, Double.NaN);

    static final double LOWER_TAIL = (1.0 - LEVEL) / 2.0;
    static final double UPPER_TAIL = 1.0 - LOWER_TAIL;

    /** Whether a value lies within, ends included. */
    public boolean holds(double value) {
        return lower <= value && value <= upper;
    }
}
