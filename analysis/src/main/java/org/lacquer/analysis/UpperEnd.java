// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;

/**
 * Walls at the upper end of the spectrum, from the powers of single windows gathered into groups of
 * about 250 Hz.
 *
 * <p>A codec cuts every window at the same place. Music ends where its loudest partials end, now
 * here and now there. Both the windows with a wall at the usual place and those with sound above it
 * are counted; quiet windows, whose wall drowns in dither, say nothing.
 */
final class UpperEnd {
    private static final double GROUP_HZ = 250.0;
    private static final double LOWEST_HZ = 8000.0;

    /** 30 dB, within two groups. */
    private static final double WALL = 1000.0;

    private static final int WALL_GROUPS = 3;

    /** What counts as sound above a cutoff: 1e-10 is -100 dBFS in a group. */
    private static final double SOUND = 1e-10;

    private static final double SHELF_HZ = 16_000.0;
    private static final double SHELF = 10.0;
    private static final double SHELF_SOUND = 1e-9;

    /** Nothing at all. */
    private static final double LOWEST_DB = -200.0;

    private static final double LEAST_HIGH_RATE_HZ = 88_200.0;
    private static final double ULTRASONIC_HZ = 25_000.0;
    private static final double STEP_FROM_HZ = 19_000.0;
    private static final double STEP_TO_HZ = 20_500.0;
    private static final double STEP_ABOVE_HZ = 24_500.0;

    private final double groupHz;
    private final int width;
    private final int rate;
    private final double[] groups;
    private final double[] tail;
    private final double[] sums;
    private final long[] walls;
    private final long[] highest;
    private double total;
    private long windows;
    private long shelves;
    private long shelfWindows;

    UpperEnd(double binHz, int rate) {
        this.width = Math.max(1, (int) Math.round(GROUP_HZ / binHz));
        this.groupHz = width * binHz;
        this.rate = rate;
        int count = (int) (rate / 2.0 / groupHz);
        this.groups = new double[count];
        this.tail = new double[count + 1];
        this.sums = new double[count];
        this.walls = new long[count];
        this.highest = new long[count];
    }

    void write(double[] powers) {
        windows++;
        int count = groups.length;
        for (int g = 0; g < count; g++) {
            double sum = 0.0;
            for (int k = g * width; k < (g + 1) * width; k++) {
                sum += powers[k];
            }
            groups[g] = sum;
            sums[g] += sum;
            total += sum;
        }
        for (int g = count - 1; g >= 0; g--) {
            tail[g] = Math.max(tail[g + 1], groups[g]);
        }
        countWall();
        countShelf();
    }

    Integrity.Highs result() {
        int mode = 0;
        for (int g = 1; g < walls.length; g++) {
            mode = walls[g] > walls[mode] ? g : mode;
        }
        boolean any = windows > 0 && walls[mode] > 0;
        long near = 0;
        long above = 0;
        for (int g = 0; g < walls.length; g++) {
            near += Math.abs(g - mode) <= 1 ? walls[g] : 0;
            above += g >= mode + WALL_GROUPS ? walls[g] + highest[g] : 0;
        }
        boolean high = rate >= LEAST_HIGH_RATE_HZ && total > 0.0;
        return new Integrity.Highs(
                any ? (mode + 1) * groupHz : Double.NaN,
                any ? (double) near / windows : Double.NaN,
                any ? (double) near / (near + above) : Double.NaN,
                shelfWindows > 0 ? (double) shelves / shelfWindows : Double.NaN,
                high ? ultrasonicDb() : Double.NaN,
                high ? ultrasonicStepDb() : Double.NaN);
    }

    /** The highest group after which everything is 30 dB lower, or the highest with sound. */
    private void countWall() {
        int lowest = group(LOWEST_HZ);
        int wall = -1;
        for (int g = groups.length - WALL_GROUPS - 1; g >= lowest && wall < 0; g--) {
            if (groups[g] > SOUND && groups[g] >= WALL * tail[g + WALL_GROUPS]) {
                wall = g;
            }
        }
        if (wall >= 0) {
            walls[wall]++;
            return;
        }
        int top = groups.length - 1;
        while (top > lowest && groups[top] <= SOUND) {
            top--;
        }
        highest[top]++;
    }

    private void countShelf() {
        int at = group(SHELF_HZ);
        if (at + 3 >= groups.length) {
            return;
        }
        double below = groups[at - 2] + groups[at - 3];
        if (below > SHELF_SOUND) {
            shelfWindows++;
            shelves += below > SHELF * (groups[at + 1] + groups[at + 2]) ? 1 : 0;
        }
    }

    private double ultrasonicDb() {
        double sum = 0.0;
        for (int g = group(ULTRASONIC_HZ); g < sums.length; g++) {
            sum += sums[g];
        }
        return Math.max(LOWEST_DB, Decibels.fromPower(sum / total));
    }

    private double ultrasonicStepDb() {
        double below = 0.0;
        int from = group(STEP_FROM_HZ);
        int to = group(STEP_TO_HZ);
        for (int g = from; g < to; g++) {
            below += sums[g] / (to - from);
        }
        double above = 0.0;
        for (int g = group(STEP_ABOVE_HZ); g < sums.length; g++) {
            above = Math.max(above, sums[g]);
        }
        return above > 0.0 ? Decibels.fromPower(below / above) : -LOWEST_DB;
    }

    private int group(double frequencyHz) {
        return (int) (frequencyHz / groupHz);
    }
}
