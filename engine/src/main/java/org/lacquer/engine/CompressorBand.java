// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Require;

/**
 * One band of the multiband compressor.
 *
 * @param thresholdDb level of the detector, dB, -80 to 0. The detector smooths the mean square of
 *     the channels with attack and release; with a much shorter attack it reads above the mean
 *     square, by some dB on music
 * @param ratio of what is above the threshold: 1 does nothing, up to 20 compresses, down to 0.25
 *     expands upwards
 * @param kneeDb width of the soft knee, 0 to 24 dB
 * @param attackMs 0.5 to 500 ms
 * @param releaseMs 5 to 5,000 ms
 * @param makeupDb -12 to 12 dB
 * @param rangeDb largest change made above the threshold, 0 to 80 dB
 * @param linkPercent 100: all channels get one gain; 0: each its own; between, each detector hears
 *     the mean of all channels in that share
 * @param below what is done to quiet passages
 */
public record CompressorBand(
        double thresholdDb,
        double ratio,
        double kneeDb,
        double attackMs,
        double releaseMs,
        double makeupDb,
        double rangeDb,
        double linkPercent,
        BelowThreshold below) {
    private static final double WIDEST_RANGE_DB = 80.0;

    public static final CompressorBand DEFAULT =
            new CompressorBand(-24.0, 1.0, 6.0, 12.0, 140.0, 0.0);

    public CompressorBand {
        Require.inRange("thresholdDb", thresholdDb, -80.0, 0.0, "dB");
        Require.inRange("ratio", ratio, 0.25, 20.0, "");
        Require.inRange("kneeDb", kneeDb, 0.0, 24.0, "dB");
        Require.inRange("attackMs", attackMs, 0.5, 500.0, "ms");
        Require.inRange("releaseMs", releaseMs, 5.0, 5_000.0, "ms");
        Require.inRange("makeupDb", makeupDb, -12.0, 12.0, "dB");
        Require.inRange("rangeDb", rangeDb, 0.0, WIDEST_RANGE_DB, "dB");
        Require.inRange("linkPercent", linkPercent, 0.0, 100.0, "percent");
    }

    /** A plain downward compressor: linked, with the widest range, and nothing below. */
    public CompressorBand(
            double thresholdDb,
            double ratio,
            double kneeDb,
            double attackMs,
            double releaseMs,
            double makeupDb) {
        this(
                thresholdDb,
                ratio,
                kneeDb,
                attackMs,
                releaseMs,
                makeupDb,
                WIDEST_RANGE_DB,
                100.0,
                BelowThreshold.DEFAULT);
    }

    public CompressorBand withRangeDb(double value) {
        return new CompressorBand(
                thresholdDb,
                ratio,
                kneeDb,
                attackMs,
                releaseMs,
                makeupDb,
                value,
                linkPercent,
                below);
    }

    public CompressorBand withLinkPercent(double value) {
        return new CompressorBand(
                thresholdDb, ratio, kneeDb, attackMs, releaseMs, makeupDb, rangeDb, value, below);
    }

    public CompressorBand withBelow(BelowThreshold value) {
        return new CompressorBand(
                thresholdDb,
                ratio,
                kneeDb,
                attackMs,
                releaseMs,
                makeupDb,
                rangeDb,
                linkPercent,
                value);
    }

    boolean neutral() {
        return makeupDb == 0.0 && (ratio == 1.0 || rangeDb == 0.0) && below.neutral();
    }

    /** Static curve: gain in dB at a detector level, makeup included. */
    public double gainDb(double levelDb) {
        return makeupDb + changeDb(levelDb);
    }

    /** Static curve without makeup. */
    double changeDb(double levelDb) {
        return StaticCurve.gainDb(levelDb - thresholdDb, 1.0 / ratio - 1.0, kneeDb, rangeDb)
                + below.gainDb(levelDb);
    }
}
