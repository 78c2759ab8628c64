// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.score;

import java.util.Locale;

/** A figure and its 95 % interval. */
public record Estimate(double value, double low, double high) {
    /** In percent. */
    public Estimate percent() {
        return new Estimate(100.0 * value, 100.0 * low, 100.0 * high);
    }

    /**
     * Value and interval.
     *
     * @param pattern of each number
     */
    public String words(String pattern) {
        return String.format(
                Locale.ROOT, pattern + " [" + pattern + ", " + pattern + "]", value, low, high);
    }
}
