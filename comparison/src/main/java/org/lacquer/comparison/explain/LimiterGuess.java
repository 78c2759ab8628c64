// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.audio.Decibels;
import org.lacquer.engine.LimiterSettings.Character;

import java.util.Arrays;

/**
 * A limiter that would turn down as it was seen, and the level in front of it.
 *
 * @param driveDb gain that stays
 * @param fastDb how far peaks pass the slow gain
 * @param error weighted mean square of what it does not follow, dB²
 * @param gains linear, by millisecond, without the drive
 */
record LimiterGuess(
        double driveDb, double fastDb, Character character, double error, double[] gains) {
    private static final double[] FAST_DB = {0.0, 1.0, 2.0, 3.0, 4.5, 6.0, 9.0, 12.0, 18.0};
    private static final double COARSE_DB = 1.0;
    private static final double FINE_DB = 0.1;

    /** A limiter that costs more than this is not looked for. */
    private static final double MOST_LOSS_DB = 12.0;

    /** No limiter: the gain is what it is on average. */
    static LimiterGuess none(GainTrace trace) {
        double[] ones = new double[trace.powers().length];
        Arrays.fill(ones, 1.0);
        return new LimiterGuess(
                LeastSquares.mean(trace.db(), trace.weights()),
                0.0,
                Character.TRANSPARENT,
                LeastSquares.variance(trace.db(), trace.weights()),
                ones);
    }

    /**
     * The level and the settings with which the limiter would turn down as was seen. The level is
     * not free: it decides how far peaks stand above the ceiling.
     *
     * @param peaks in front of the drive, by millisecond
     * @param ceiling linear
     */
    static LimiterGuess of(GainTrace trace, double[] peaks, double ceiling) {
        LimiterGuess none = none(trace);
        LimiterGuess best = none;
        double low = none.driveDb - 1.0;
        for (Character character : Character.values()) {
            double fastDb = LimiterModel.leastFastDb(character);
            for (double drive = low; drive < low + MOST_LOSS_DB; drive += COARSE_DB) {
                best = better(best, at(trace, peaks, ceiling, drive, fastDb, character));
            }
        }
        for (int round = 0; round < 2; round++) {
            LimiterGuess centre = best;
            for (Character character : Character.values()) {
                for (double fastDb : FAST_DB) {
                    if (fastDb >= LimiterModel.leastFastDb(character)) {
                        for (int k = -1; k <= 2; k++) {
                            double drive = centre.driveDb + 0.5 * k;
                            best =
                                    better(
                                            best,
                                            at(trace, peaks, ceiling, drive, fastDb, character));
                        }
                    }
                }
            }
        }
        double centre = best.driveDb;
        for (double drive = centre - 0.5; drive < centre + 0.5; drive += FINE_DB) {
            best = better(best, at(trace, peaks, ceiling, drive, best.fastDb, best.character));
        }
        return best;
    }

    private static LimiterGuess better(LimiterGuess a, LimiterGuess b) {
        return b.error < a.error ? b : a;
    }

    private static LimiterGuess at(
            GainTrace trace,
            double[] peaks,
            double ceiling,
            double driveDb,
            double fastDb,
            Character character) {
        double[] gains =
                LimiterModel.gains(
                        peaks,
                        ceiling / Decibels.toGain(driveDb),
                        Decibels.toGain(fastDb),
                        character);
        double[] seen = trace.seen(gains);
        double squares = 0.0;
        double total = 0.0;
        for (int t = 0; t < seen.length; t++) {
            double off = trace.db()[t] - driveDb - seen[t];
            squares += trace.weights()[t] * off * off;
            total += trace.weights()[t];
        }
        return new LimiterGuess(
                driveDb, fastDb, character, total == 0.0 ? 0.0 : squares / total, gains);
    }

    double meanReductionDb(GainTrace trace) {
        return -LeastSquares.mean(trace.seen(gains), trace.weights());
    }
}
