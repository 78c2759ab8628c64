// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import java.util.Arrays;

/**
 * Collects gain reduction at a steady rate, and its course over time: the most in each step. When
 * there are too many steps, pairs become one, so that memory does not grow with the length.
 */
final class ReductionMeter {
    private static final double ACTIVE_DB = 0.1;
    private static final int MOST_STEPS = 4_096;

    private final double[] course = new double[MOST_STEPS];
    private int steps;
    private long ticksPerStep = 1;
    private long ticksInStep;
    private double stepMaxDb;
    private long ticks;

    private long count;
    private long activeCount;
    private double sumDb;
    private double activeSumDb;
    private double maxDb;

    void add(double reductionDb) {
        tick(reductionDb);
        count++;
        sumDb += reductionDb;
        maxDb = Math.max(maxDb, reductionDb);
        if (reductionDb > ACTIVE_DB) {
            activeCount++;
            activeSumDb += reductionDb;
        }
    }

    /** As {@link #add} where nothing is heard: time passes, and nothing is turned down. */
    void rest() {
        tick(0.0);
    }

    private void tick(double reductionDb) {
        ticks++;
        stepMaxDb = Math.max(stepMaxDb, reductionDb);
        if (++ticksInStep == ticksPerStep) {
            course[steps++] = stepMaxDb;
            stepMaxDb = 0.0;
            ticksInStep = 0;
            if (steps == MOST_STEPS) {
                halve();
            }
        }
    }

    private void halve() {
        steps /= 2;
        for (int k = 0; k < steps; k++) {
            course[k] = Math.max(course[2 * k], course[2 * k + 1]);
        }
        ticksPerStep *= 2;
    }

    GainReduction result() {
        return new GainReduction(
                count == 0 ? 0.0 : sumDb / count,
                activeCount == 0 ? 0.0 : activeSumDb / activeCount,
                maxDb,
                count == 0 ? 0.0 : (double) activeCount / count,
                Arrays.stream(course, 0, steps).boxed().toList(),
                ticks == 0 ? 0.0 : (double) ticksPerStep / ticks);
    }

    void reset() {
        count = 0;
        activeCount = 0;
        sumDb = 0.0;
        activeSumDb = 0.0;
        maxDb = 0.0;
        steps = 0;
        ticksPerStep = 1;
        ticksInStep = 0;
        stepMaxDb = 0.0;
        ticks = 0;
    }
}
