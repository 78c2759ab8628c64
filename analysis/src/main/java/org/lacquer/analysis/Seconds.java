// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * Which seconds of a stream count: gated ones for figures of the whole, and windows of three for
 * figures over time.
 */
final class Seconds {
    /** Seconds of a window. */
    static final int WINDOW = 3;

    /** Seconds further below the loudest do not count. */
    private static final double GATE = 1e-3;

    /** Windows further below the integrated loudness are not judged, in LU. */
    private static final double JUDGED_LU = 10.0;

    private final double[] powers;
    private final double[] counts;
    private final int complete;
    private final double loudest;
    private final double judgedPower;

    /**
     * @param powers sum over the frames of each second of K-weighted mid and side
     * @param counts frames of each second
     * @param complete whether the last second is complete
     * @param integratedLufs as of two channels
     */
    Seconds(double[] powers, double[] counts, boolean complete, double integratedLufs) {
        this.powers = powers;
        this.counts = counts;
        this.complete = complete ? powers.length : Math.max(0, powers.length - 1);
        double most = 0.0;
        for (int i = 0; i < powers.length; i++) {
            most = Math.max(most, powers[i] / counts[i]);
        }
        this.loudest = most;
        // L² + R² = 2 (M² + S²)
        this.judgedPower =
                Double.isNaN(integratedLufs)
                        ? Double.POSITIVE_INFINITY
                        : 0.5 * Bs1770.power(integratedLufs - JUDGED_LU);
    }

    int count() {
        return powers.length;
    }

    boolean silent() {
        return loudest == 0.0;
    }

    /** Whether a second belongs to the whole. */
    boolean gated(int second) {
        return loudest > 0.0 && powers[second] >= GATE * loudest * counts[second];
    }

    int windows() {
        return Math.max(0, complete - WINDOW + 1);
    }

    /** Whether the window that begins with a second is loud enough to be judged. */
    boolean judged(int window) {
        double power = 0.0;
        double frames = 0.0;
        for (int i = window; i < window + WINDOW; i++) {
            power += powers[i];
            frames += counts[i];
        }
        return power > judgedPower * frames;
    }

    /** K-weighted power of a window, summed over its frames. */
    double windowPower(int window) {
        double power = 0.0;
        for (int i = window; i < window + WINDOW; i++) {
            power += powers[i];
        }
        return power;
    }

    /** Sum of a column over a window. */
    static double window(PowerRows rows, int window, int column) {
        double sum = 0.0;
        for (int i = window; i < window + WINDOW; i++) {
            sum += rows.get(i, column);
        }
        return sum;
    }

    /** Sum of a column over the seconds of the whole. */
    double whole(PowerRows rows, int column) {
        double sum = 0.0;
        for (int i = 0; i < powers.length; i++) {
            if (gated(i)) {
                sum += rows.get(i, column);
            }
        }
        return sum;
    }

    /** One value a window, at the end of the window. */
    static Series series(double[] values) {
        return new Series(WINDOW, 1.0, values);
    }
}
