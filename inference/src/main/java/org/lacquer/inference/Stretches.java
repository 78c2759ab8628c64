// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

/**
 * Stretches spread evenly over a song. The model has learned its targets from them, so records that
 * are referred to are heard in the same way.
 */
public final class Stretches {
    /** Length of each. */
    public static final double SECONDS = 15.0;

    private static final int MOST = 12;

    /** Stretches of a short song overlap, but begin at least this far apart. */
    private static final double LEAST_STEP_SECONDS = 10.0;

    /** One with less of the loudest one's power is a pause or a fade. */
    private static final double QUIETEST_POWER = 0.03;

    private Stretches() {}

    /** How long each is, in frames. */
    public static int frames(int sampleRateHz) {
        return (int) (SECONDS * sampleRateHz);
    }

    /** First frames, from the beginning to the last one possible; none in a shorter song. */
    public static long[] starts(long songFrames, int sampleRateHz) {
        long last = songFrames - frames(sampleRateHz);
        if (last < 0) {
            return new long[0];
        }
        int count = (int) Math.min(MOST, last / (int) (LEAST_STEP_SECONDS * sampleRateHz) + 1);
        long[] starts = new long[count];
        for (int k = 1; k < count; k++) {
            starts[k] = last * k / (count - 1);
        }
        return starts;
    }

    /**
     * @param power mean square of a stretch, or its sum
     * @param loudest the same of the loudest stretch
     */
    public static boolean sounds(double power, double loudest) {
        return power > QUIETEST_POWER * loudest;
    }
}
