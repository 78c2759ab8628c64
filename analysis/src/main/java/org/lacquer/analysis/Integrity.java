// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * What a stream tells about its technical state: faults, noises and traces of earlier processing.
 * An undefined figure (silence, too short, not measured) is NaN.
 */
public record Integrity(
        Tops tops,
        Depth depth,
        Noise noise,
        Hum hum,
        Lows lows,
        Highs highs,
        Clicks clicks,
        Ends ends,
        Silence silence,
        Sibilance sibilance) {

    /** Not measured. */
    public static final Integrity NONE =
            new Integrity(
                    Tops.NONE,
                    Depth.NONE,
                    Noise.NONE,
                    Hum.NONE,
                    Lows.NONE,
                    Highs.NONE,
                    Clicks.NONE,
                    Ends.NONE,
                    Silence.NONE,
                    Sibilance.NONE);

    /**
     * The highest samples, wherever they lie.
     *
     * @param flatDbfs level of the highest sample of the channel with the most flat runs
     * @param flatRuns runs of at least three samples that are equal within a step of 16 bits, at
     *     the highest level of their channel, and entered or left by a step of more than 1 % of it
     * @param firstFlatSeconds start of the first; NaN when there is none
     * @param limitedShare part of the 10 ms peaks above -60 dBFS that lie within 0.3 dB of the
     *     highest, 0 to 1
     */
    public record Tops(
            double flatDbfs, long flatRuns, double firstFlatSeconds, double limitedShare) {
        static final Tops NONE = new Tops(Double.NaN, 0, Double.NaN, Double.NaN);
    }

    /**
     * Resolution of the samples.
     *
     * @param usedBits bits down to the lowest that ever changes, 1 to 24; 32 when samples lie
     *     between the steps of 24 bits; 0 for digital silence
     * @param subnormalSamples floating-point numbers below 1.2e-38 that are not zero
     */
    public record Depth(int usedBits, long subnormalSamples) {
        static final Depth NONE = new Depth(0, 0);
    }

    /**
     * What is left when the music pauses.
     *
     * @param floorDbfs first percentile of the RMS of 100 ms, digital silence left out
     * @param gapDbfs lowest level of at least half a second of steady noise (within 2 dB, without
     *     tones) that is at least 20 dB below the loud parts; NaN when the music never pauses so
     * @param gapSeconds where
     */
    public record Noise(double floorDbfs, double gapDbfs, double gapSeconds) {
        static final Noise NONE = new Noise(Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * Lines of the mains in the quietest fifth of the stream.
     *
     * @param frequencyHz fundamental, near 50 or 60; NaN when there is no hum
     * @param harmonics multiples up to the tenth (the fundamental among them) that stand at least
     *     12 dB above their neighbours and keep their frequency within 0.2 Hz
     * @param prominenceDb how far the strongest stands above its neighbours
     * @param levelDbfs power of all of them, a full-scale sine reads -3.01
     * @param seconds the quietest moment, where it is heard best
     */
    public record Hum(
            double frequencyHz,
            int harmonics,
            double prominenceDb,
            double levelDbfs,
            double seconds) {
        static final Hum NONE = new Hum(Double.NaN, 0, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * Power at the lower end, of the mean of all channels.
     *
     * @param infrasonicDb 2 to 25 Hz against everything
     * @param subToBassDb 20 to 40 Hz against 40 to 120 Hz
     */
    public record Lows(double infrasonicDb, double subToBassDb) {
        static final Lows NONE = new Lows(Double.NaN, Double.NaN);
    }

    /**
     * The upper end, from a window of 46 ms every 100 ms.
     *
     * @param cutoffHz where the spectrum most often falls by 30 dB within 500 Hz and stays down;
     *     NaN when it never does
     * @param cutoffShare part of all windows that have a cutoff there
     * @param cutoffSteadiness the same part of those windows only that have it there or hold sound
     *     above it
     * @param shelfShare part of the windows with sound at 16 kHz that fall there by at least 10 dB
     * @param ultrasonicDb of rates from 88.2 kHz on: power above 25 kHz against everything
     * @param ultrasonicStepDb of rates from 88.2 kHz on: how far everything above 24.5 kHz stays
     *     below the density from 19 to 20.5 kHz
     */
    public record Highs(
            double cutoffHz,
            double cutoffShare,
            double cutoffSteadiness,
            double shelfShare,
            double ultrasonicDb,
            double ultrasonicStepDb) {
        static final Highs NONE =
                new Highs(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * Jumps of single samples that nothing around them explains.
     *
     * @param firstSeconds NaN when there is none
     * @param largestSeconds NaN when there is none
     * @param largestDbfs second difference of the largest; NaN when there is none
     */
    public record Clicks(
            long count, double firstSeconds, double largestSeconds, double largestDbfs) {
        static final Clicks NONE = new Clicks(0, Double.NaN, Double.NaN, Double.NaN);
    }

    /**
     * How the stream begins and ends.
     *
     * @param startDbfs the first frame; negative infinity for a zero
     * @param endDbfs RMS of the last 50 ms, loudest channel; negative infinity for zeros
     */
    public record Ends(double startDbfs, double endDbfs) {
        static final Ends NONE = new Ends(Double.NaN, Double.NaN);
    }

    /**
     * Digital zero on all channels for at least 2 s between sounds.
     *
     * @param firstSeconds NaN when there is none
     */
    public record Silence(int count, double firstSeconds, double longestSeconds) {
        static final Silence NONE = new Silence(0, Double.NaN, Double.NaN);
    }

    /**
     * How far 5 to 9 kHz jump out of the mid against 1 to 4 kHz.
     *
     * @param spreadDb 95th percentile of the ratio less its median, where 1 to 4 kHz or what
     *     replaces them is heard
     * @param burstsPerMinute stretches of 70 to 300 ms in which 5 to 9 kHz are the louder ones and
     *     10 dB above the usual
     */
    public record Sibilance(double spreadDb, double burstsPerMinute) {
        static final Sibilance NONE = new Sibilance(Double.NaN, Double.NaN);
    }
}
