// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/**
 * Conversions between linear factors and decibels, with {@link StrictMath} so that bits never
 * differ.
 */
public final class Decibels {
    private Decibels() {}

    /** Amplitude factor of {@code db} decibels. */
    public static double toGain(double db) {
        return StrictMath.pow(10.0, db / 20.0);
    }

    /** Decibels of an amplitude factor; 0 gives negative infinity. */
    public static double fromGain(double gain) {
        return 20.0 * StrictMath.log10(gain);
    }

    /** Power factor of {@code db} decibels. */
    public static double toPower(double db) {
        return StrictMath.pow(10.0, db / 10.0);
    }

    /** Decibels of a power; 0 gives negative infinity. */
    public static double fromPower(double power) {
        return 10.0 * StrictMath.log10(power);
    }
}
