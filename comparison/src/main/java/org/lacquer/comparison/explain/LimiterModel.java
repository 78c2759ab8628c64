// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.engine.LimiterSettings.Character;

/**
 * The limiter of the engine in steps of a millisecond, enough to know how far it turns down: a slow
 * gain with look-ahead, hold and a recovery in two speeds that lets peaks pass by some dB, and
 * short dips for what is left.
 */
final class LimiterModel {
    private static final int LOOKAHEAD_MS = 3;
    private static final double HOLD_MS = 13.0;
    private static final double RELEASE_MS = 90.0;
    private static final double LEVELLER_ATTACK_MS = 120.0;
    private static final double LEVELLER_RELEASE_MS = 900.0;

    private LimiterModel() {}

    private static double holdShare(Character character) {
        return switch (character) {
            case TRANSPARENT -> 1.0;
            case PUNCHY -> 0.5;
            case LOUD -> 0.25;
        };
    }

    private static double releaseShare(Character character) {
        return switch (character) {
            case TRANSPARENT -> 1.0;
            case PUNCHY -> 0.7;
            case LOUD -> 0.4;
        };
    }

    /** How far peaks pass the slow gain whatever the settings say. */
    static double leastFastDb(Character character) {
        return switch (character) {
            case TRANSPARENT -> 0.0;
            case PUNCHY -> 3.0;
            case LOUD -> 6.0;
        };
    }

    /**
     * Linear gain by millisecond.
     *
     * @param peaks of what comes in
     * @param ceiling linear
     * @param fast how far peaks may pass the slow gain, as a factor
     */
    static double[] gains(double[] peaks, double ceiling, double fast, Character character) {
        int hold = (int) Math.round(HOLD_MS * holdShare(character));
        double[] slow = slow(peaks, ceiling * fast, hold, RELEASE_MS * releaseShare(character));
        double[] gains = new double[peaks.length];
        for (int n = 0; n < peaks.length; n++) {
            double peak = peaks[n] * slow[n];
            for (int k = Math.max(0, n - 1); k <= Math.min(peaks.length - 1, n + 1); k++) {
                // The neighbours' dips reach half a step in.
                peak = Math.max(peak, 0.85 * peaks[k] * slow[k]);
            }
            gains[n] = peak > ceiling ? slow[n] * ceiling / peak : slow[n];
        }
        return gains;
    }

    private static double[] slow(double[] peaks, double limit, int hold, double releaseMs) {
        int count = peaks.length;
        double[] followed = new double[count];
        double release = 1.0 - StrictMath.exp(-1.0 / releaseMs);
        double attack = 1.0 - StrictMath.exp(-1.0 / LEVELLER_ATTACK_MS);
        double back = 1.0 - StrictMath.exp(-1.0 / LEVELLER_RELEASE_MS);
        double follower = 1.0;
        double leveller = 1.0;
        int[] queue = new int[count];
        int first = 0;
        int end = 0;
        for (int n = 0, in = 0; n < count; n++) {
            // Largest peak from n - hold to n + lookahead, by a queue that falls.
            for (; in < count && in <= n + LOOKAHEAD_MS; in++) {
                while (end > first && peaks[queue[end - 1]] <= peaks[in]) {
                    end--;
                }
                queue[end++] = in;
            }
            while (queue[first] < n - hold) {
                first++;
            }
            double peak = peaks[queue[first]];
            double allowed = peak > limit ? limit / peak : 1.0;
            leveller += (allowed < leveller ? attack : back) * (allowed - leveller);
            if (allowed <= follower) {
                follower = allowed;
            } else {
                double towards = Math.min(allowed, Math.max(leveller, follower));
                follower = Math.min(allowed, follower + release * (towards - follower));
            }
            followed[n] = follower;
        }
        double[] gains = new double[count];
        for (int n = 0; n < count; n++) {
            double sum = 0.0;
            for (int k = n - LOOKAHEAD_MS; k <= n; k++) {
                sum += followed[Math.max(0, k)];
            }
            gains[n] = sum / (LOOKAHEAD_MS + 1);
        }
        return gains;
    }
}
