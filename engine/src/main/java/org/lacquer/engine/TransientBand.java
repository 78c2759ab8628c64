// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Require;

/**
 * One band of the transient shaper.
 *
 * @param attackDb gain at the sharpest onsets, -12 to 12 dB
 * @param sustainDb gain in the deepest decays, -12 to 12 dB
 */
public record TransientBand(double attackDb, double sustainDb) {
    public static final TransientBand DEFAULT = new TransientBand(0.0, 0.0);

    /** Below this an envelope that runs ahead of another means nothing. */
    private static final double DEAD_DB = 2.0;

    /** Lead of an envelope, beyond the dead zone, at which half of the gain is reached. */
    private static final double HALF_DB = 5.0;

    public TransientBand {
        Require.inRange("attackDb", attackDb, -12.0, 12.0, "dB");
        Require.inRange("sustainDb", sustainDb, -12.0, 12.0, "dB");
    }

    boolean neutral() {
        return attackDb == 0.0 && sustainDb == 0.0;
    }

    /**
     * Gain in dB while the fast envelope leads the slow one by {@code onsetDb} and has fallen by
     * {@code decayDb} below the long one. Never beyond the sum of both settings.
     */
    public double gainDb(double onsetDb, double decayDb) {
        return attackDb * share(onsetDb) + sustainDb * share(decayDb);
    }

    /** 0 to 1, smooth, 0 in the dead zone. */
    private static double share(double leadDb) {
        double lead = Math.max(0.0, leadDb - DEAD_DB);
        return lead * lead / (lead * lead + HALF_DB * HALF_DB);
    }
}
