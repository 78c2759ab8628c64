// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

/** Collects gain reduction at a steady rate. */
final class ReductionMeter {
    private static final double ACTIVE_DB = 0.1;

    private long count;
    private long activeCount;
    private double sumDb;
    private double activeSumDb;
    private double maxDb;

    void add(double reductionDb) {
        count++;
        sumDb += reductionDb;
        maxDb = Math.max(maxDb, reductionDb);
        if (reductionDb > ACTIVE_DB) {
            activeCount++;
            activeSumDb += reductionDb;
        }
    }

    GainReduction result() {
        return new GainReduction(
                count == 0 ? 0.0 : sumDb / count,
                activeCount == 0 ? 0.0 : activeSumDb / activeCount,
                maxDb,
                count == 0 ? 0.0 : (double) activeCount / count);
    }

    void reset() {
        count = 0;
        activeCount = 0;
        sumDb = 0.0;
        activeSumDb = 0.0;
        maxDb = 0.0;
    }
}
