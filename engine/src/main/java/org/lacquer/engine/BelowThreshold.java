// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Require;

/**
 * What a compressor does below a level: lifts what is quiet, or lets it sink.
 *
 * @param thresholdDb level of the detector, -80 to 0 dB
 * @param ratio above 1 (upward compression) a dB less in is 1/ratio dB less out; below 1 (downward
 *     expansion) it is more than a dB; 0.25 to 20, and 1 does nothing
 * @param kneeDb width of the soft knee, 0 to 24 dB
 * @param rangeDb largest change, 0 to 40 dB: what keeps noise from being lifted without end
 */
public record BelowThreshold(double thresholdDb, double ratio, double kneeDb, double rangeDb) {
    public static final BelowThreshold DEFAULT = new BelowThreshold(-50.0, 1.0, 6.0, 6.0);

    public BelowThreshold {
        Require.inRange("thresholdDb", thresholdDb, -80.0, 0.0, "dB");
        Require.inRange("ratio", ratio, 0.25, 20.0, "");
        Require.inRange("kneeDb", kneeDb, 0.0, 24.0, "dB");
        Require.inRange("rangeDb", rangeDb, 0.0, 40.0, "dB");
    }

    boolean neutral() {
        return ratio == 1.0 || rangeDb == 0.0;
    }

    /** Static curve: gain in dB at a detector level. */
    public double gainDb(double levelDb) {
        return StaticCurve.gainDb(thresholdDb - levelDb, -(1.0 / ratio - 1.0), kneeDb, rangeDb);
    }
}
