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
 *     rest. Louder, and like a clipper in sound. Steady bass does not pass, since such dips would
 *     distort it, unless this is above 9 dB: then more and more of it, and all at 24 dB. Solving
 *     for a loudness may raise it
 * @param lookaheadMs time over which the gain moves down before a peak, 0.5 to 20 ms
 * @param holdMs time for which a reduction stays after a peak of bass, 0 to 60 ms; above half a
 *     period of the lowest bass note it keeps the gain still while that note sounds. After other
 *     peaks a quarter of it
 * @param releaseMs time constant of the recovery after a short peak, 10 to 2,000 ms; after long
 *     reductions the recovery follows a slower leveller
 * @param character what is traded for what when the limiter works hard
 * @param linkPercent 0 to 100: with 100 all channels share one gain, so that the stereo image
 *     stands still; with less a peak turns the other channels down by less
 * @param clipDb how far a soft clipper in front rounds peaks off, 0 (off) to 3 dB
 * @param quality whether peaks are taken down by gain or, in ten times the time, by corrections
 *     that hide under the music
 */
public record LimiterSettings(
        OptionalDouble driveDb,
        double ceilingDbtp,
        double fastDb,
        double lookaheadMs,
        double holdMs,
        double releaseMs,
        Character character,
        double linkPercent,
        double clipDb,
        Quality quality)
        implements StageSettings {
    public static final LimiterSettings DEFAULT =
            new LimiterSettings(OptionalDouble.empty(), -1.0, 0.0, 3.0, 13.0, 90.0);

    /** Up to this far above the ceiling peaks are corrected in {@link Quality#BEST}. */
    private static final double CORRECTED_DB = 12.0;

    private static final double MAX_FAST_DB = 24.0;

    /** From here on bass passes as well. */
    private static final double BASS_HELD_DB = 9.0;

    private static final double BASS_MARGIN_DB = 0.45;

    /** What is traded for what when the limiter works hard. */
    public enum Character {
        /** Settings as they are: the gain moves as slowly as they say. */
        TRANSPARENT(0.0, 0.25, 1.0),
        /** Attacks pass the slow gain by 3 dB, and it lets go sooner: less is ducked after them. */
        PUNCHY(3.0, 0.25, 0.7),
        /** Peaks pass the slow gain by 6 dB, and it lets go soonest: dense. */
        LOUD(6.0, 0.25, 0.4);

        private final double leastFastDb;

        /** Hold after peaks that are not bass. */
        private final double holdShare;

        private final double releaseShare;

        Character(double leastFastDb, double holdShare, double releaseShare) {
            this.leastFastDb = leastFastDb;
            this.holdShare = holdShare;
            this.releaseShare = releaseShare;
        }

        double holdShare() {
            return holdShare;
        }

        double releaseShare() {
            return releaseShare;
        }
    }

    /** How peaks are taken down. */
    public enum Quality {
        /** By gain, which is the same for all frequencies. */
        STANDARD,
        /** By a correction with the spectrum of the music itself; late by half a second. */
        BEST
    }

    public LimiterSettings {
        driveDb.ifPresent(drive -> Require.inRange("driveDb", drive, -60.0, 60.0, "dB"));
        Require.inRange("ceilingDbtp", ceilingDbtp, -24.0, 0.0, "dBTP");
        Require.inRange("fastDb", fastDb, 0.0, MAX_FAST_DB, "dB");
        Require.inRange("lookaheadMs", lookaheadMs, 0.5, 20.0, "ms");
        Require.inRange("holdMs", holdMs, 0.0, 60.0, "ms");
        Require.inRange("releaseMs", releaseMs, 10.0, 2_000.0, "ms");
        Require.inRange("linkPercent", linkPercent, 0.0, 100.0, "%");
        Require.inRange("clipDb", clipDb, 0.0, 3.0, "dB");
    }

    /** Transparent, linked, without a clipper, by gain. */
    public LimiterSettings(
            OptionalDouble driveDb,
            double ceilingDbtp,
            double fastDb,
            double lookaheadMs,
            double holdMs,
            double releaseMs) {
        this(
                driveDb,
                ceilingDbtp,
                fastDb,
                lookaheadMs,
                holdMs,
                releaseMs,
                Character.TRANSPARENT,
                100.0,
                0.0,
                Quality.STANDARD);
    }

    /** With a drive that is still to be solved. */
    public LimiterSettings withoutDrive() {
        return with(
                OptionalDouble.empty(),
                ceilingDbtp,
                fastDb,
                character,
                linkPercent,
                clipDb,
                quality);
    }

    public LimiterSettings withDriveDb(double value) {
        return with(
                OptionalDouble.of(value),
                ceilingDbtp,
                fastDb,
                character,
                linkPercent,
                clipDb,
                quality);
    }

    public LimiterSettings withCeilingDbtp(double value) {
        return with(driveDb, value, fastDb, character, linkPercent, clipDb, quality);
    }

    public LimiterSettings withFastDb(double value) {
        return with(driveDb, ceilingDbtp, value, character, linkPercent, clipDb, quality);
    }

    public LimiterSettings withCharacter(Character value) {
        return with(driveDb, ceilingDbtp, fastDb, value, linkPercent, clipDb, quality);
    }

    public LimiterSettings withLinkPercent(double value) {
        return with(driveDb, ceilingDbtp, fastDb, character, value, clipDb, quality);
    }

    public LimiterSettings withClipDb(double value) {
        return with(driveDb, ceilingDbtp, fastDb, character, linkPercent, value, quality);
    }

    public LimiterSettings withQuality(Quality value) {
        return with(driveDb, ceilingDbtp, fastDb, character, linkPercent, clipDb, value);
    }

    private LimiterSettings with(
            OptionalDouble drive,
            double ceiling,
            double fast,
            Character kind,
            double link,
            double clip,
            Quality method) {
        return new LimiterSettings(
                drive, ceiling, fast, lookaheadMs, holdMs, releaseMs, kind, link, clip, method);
    }

    /** How far peaks may pass the slow gain after all. */
    double slowReachDb() {
        double reach = Math.max(fastDb, character.leastFastDb);
        return quality == Quality.BEST ? Math.max(reach, CORRECTED_DB) : reach;
    }

    /**
     * How far above the ceiling bass may come out of its gain. Where peaks pass the slow gain it is
     * taken a little below the ceiling, so that crests of unequal height need no short dips.
     */
    double bassReachDb() {
        double marginDb = Math.min(BASS_MARGIN_DB, slowReachDb());
        return MAX_FAST_DB * (1.0 - bassCare()) - marginDb * bassCare();
    }

    /**
     * Whether bass is treated apart: 1 up to {@value #BASS_HELD_DB} dB of fastDb, 0 at the most.
     */
    double bassCare() {
        return 1.0 - Math.max(0.0, fastDb - BASS_HELD_DB) / (MAX_FAST_DB - BASS_HELD_DB);
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
