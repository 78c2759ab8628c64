// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Require;

/**
 * One band of the multiband compressor.
 *
 * @param thresholdDb level of the detector, dB, -80 to 0. The detector smooths the mean square of
 *     the channels with attack and release; with a much shorter attack it reads above the mean
 *     square, by some dB on music
 * @param ratio 1 (does nothing) to 20
 * @param kneeDb width of the soft knee, 0 to 24 dB
 * @param attackMs 0.5 to 500 ms
 * @param releaseMs 5 to 5,000 ms
 * @param makeupDb -12 to 12 dB
 */
public record CompressorBand(
        double thresholdDb,
        double ratio,
        double kneeDb,
        double attackMs,
        double releaseMs,
        double makeupDb) {
    public static final CompressorBand DEFAULT =
            new CompressorBand(-24.0, 1.0, 6.0, 12.0, 140.0, 0.0);

    public CompressorBand {
        Require.inRange("thresholdDb", thresholdDb, -80.0, 0.0, "dB");
        Require.inRange("ratio", ratio, 1.0, 20.0, "");
        Require.inRange("kneeDb", kneeDb, 0.0, 24.0, "dB");
        Require.inRange("attackMs", attackMs, 0.5, 500.0, "ms");
        Require.inRange("releaseMs", releaseMs, 5.0, 5_000.0, "ms");
        Require.inRange("makeupDb", makeupDb, -12.0, 12.0, "dB");
    }

    boolean neutral() {
        return ratio == 1.0 && makeupDb == 0.0;
    }

    /**
     * Static curve: gain in dB at a detector level. Quadratic knee as in D. Giannoulis, M.
     * Massberg, J. Reiss, "Digital dynamic range compressor design" (JAES 60, 2012), eq. (4).
     */
    public double gainDb(double levelDb) {
        double slope = 1.0 / ratio - 1.0;
        double over = levelDb - thresholdDb;
        if (2.0 * over <= -kneeDb) {
            return makeupDb;
        }
        if (2.0 * over >= kneeDb) {
            return makeupDb + slope * over;
        }
        double into = over + kneeDb / 2.0;
        return makeupDb + slope * into * into / (2.0 * kneeDb);
    }
}
