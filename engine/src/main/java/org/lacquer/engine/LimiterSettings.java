// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

import java.util.OptionalDouble;

/**
 * True-peak limiter with look-ahead; the last stage of a chain.
 *
 * @param driveDb gain in front of the limiter, -60 to 60 dB; empty until the loudness solver has
 *     found it
 * @param ceilingDbtp -24 to 0 dBTP
 * @param fastDb how far peaks may pass the slow gain, 0 to 24 dB; dips of a few ms take down the
 *     rest. Louder, and like a clipper in sound. Solving for a loudness may raise it
 * @param lookaheadMs time over which the gain moves down before a peak, 0.5 to 20 ms
 * @param holdMs time for which a reduction stays after a peak, 0 to 60 ms; above half a period of
 *     the lowest bass note it keeps the gain still while that note sounds
 * @param releaseMs time constant of the recovery after a short peak, 10 to 2,000 ms; after long
 *     reductions the recovery follows a slower leveller
 */
public record LimiterSettings(
        OptionalDouble driveDb,
        double ceilingDbtp,
        double fastDb,
        double lookaheadMs,
        double holdMs,
        double releaseMs)
        implements StageSettings {
    public static final LimiterSettings DEFAULT =
            new LimiterSettings(OptionalDouble.empty(), -1.0, 0.0, 3.0, 13.0, 90.0);

    public LimiterSettings {
        driveDb.ifPresent(drive -> Require.inRange("driveDb", drive, -60.0, 60.0, "dB"));
        Require.inRange("ceilingDbtp", ceilingDbtp, -24.0, 0.0, "dBTP");
        Require.inRange("fastDb", fastDb, 0.0, 24.0, "dB");
        Require.inRange("lookaheadMs", lookaheadMs, 0.5, 20.0, "ms");
        Require.inRange("holdMs", holdMs, 0.0, 60.0, "ms");
        Require.inRange("releaseMs", releaseMs, 10.0, 2_000.0, "ms");
    }

    public LimiterSettings withDriveDb(double value) {
        return new LimiterSettings(
                OptionalDouble.of(value), ceilingDbtp, fastDb, lookaheadMs, holdMs, releaseMs);
    }

    public LimiterSettings withCeilingDbtp(double value) {
        return new LimiterSettings(driveDb, value, fastDb, lookaheadMs, holdMs, releaseMs);
    }

    public LimiterSettings withFastDb(double value) {
        return new LimiterSettings(driveDb, ceilingDbtp, value, lookaheadMs, holdMs, releaseMs);
    }

    /** A limiter holds its ceiling for whatever comes, so it is never left out. */
    @Override
    public boolean neutral() {
        return false;
    }

    /**
     * @throws IllegalArgumentException when the drive has not been solved
     */
    @Override
    public Processor prepare(StreamFormat format) {
        Require.that(
                driveDb.isPresent(), "driveDb must be given or solved before a limiter can run");
        return new Limiter(this, format, Limiter.MARGIN_DB);
    }
}
