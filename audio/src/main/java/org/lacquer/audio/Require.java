// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/** Argument checks whose messages name the setting, its legal range and its unit. */
public final class Require {
    private Require() {}

    /**
     * Returns {@code value} when it lies in the closed range.
     *
     * @throws IllegalArgumentException as {@code ceilingDbtp must be between -24.0 and 0.0 dBTP,
     *     got 0.5}; NaN fails
     */
    public static double inRange(String name, double value, double min, double max, String unit) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    name
                            + " must be between "
                            + min
                            + " and "
                            + max
                            + suffix(unit)
                            + ", got "
                            + value);
        }
        return value;
    }

    /** Integer twin of {@link #inRange(String, double, double, double, String)}. */
    public static int inRange(String name, int value, int min, int max, String unit) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name
                            + " must be between "
                            + min
                            + " and "
                            + max
                            + suffix(unit)
                            + ", got "
                            + value);
        }
        return value;
    }

    /**
     * Throws {@link IllegalArgumentException} with {@code message} unless {@code condition} holds.
     */
    public static void that(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    private static String suffix(String unit) {
        return unit.isEmpty() ? "" : " " + unit;
    }
}
