// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Require;
import org.lacquer.audio.StreamFormat;

/**
 * Broadband compressor: the glue of a chain. Mastering asks for 1 to 2 dB of reduction at a ratio
 * of 1.5 to 3.
 *
 * @param thresholdDb level of the detector, dB, -80 to 0; a sine of full scale reads -3.01
 * @param ratio 1 (does nothing) to 20
 * @param kneeDb width of the soft knee, 0 to 24 dB
 * @param rangeDb largest reduction, 0 to 40 dB
 * @param attackMs time in which 63 % of a step in reduction is covered, 0.5 to 500 ms
 * @param releaseMs the same on the way back, 5 to 5,000 ms
 * @param release whether that time holds always or adapts to the programme
 * @param lookaheadMs the sound is delayed behind the detector by this, 0 to 20 ms
 * @param makeupDb -12 to 12 dB, on the compressed part
 * @param mixPercent share of the compressed in the result, 0 to 100; the rest is the untouched
 *     sound (parallel compression)
 * @param sideChain what the detector hears
 * @param routing which two signals are compressed; without effect on mono
 */
public record CompressorSettings(
        double thresholdDb,
        double ratio,
        double kneeDb,
        double rangeDb,
        double attackMs,
        double releaseMs,
        Release release,
        double lookaheadMs,
        double makeupDb,
        double mixPercent,
        SideChain sideChain,
        Routing routing)
        implements StageSettings {
    /** How the gain returns. */
    public enum Release {
        /** In the time given. */
        FIXED,
        /**
         * In the time given after short peaks, and some ten times slower down from what has been
         * the mean reduction of the last seconds.
         */
        AUTO
    }

    /** What counts as the two channels of a stereo stream. */
    public enum Routing {
        LEFT_RIGHT,
        /** (L+R)/√2 and (L-R)/√2. */
        MID_SIDE
    }

    public static final CompressorSettings DEFAULT =
            new CompressorSettings(
                    -18.0,
                    1.0,
                    6.0,
                    40.0,
                    20.0,
                    150.0,
                    Release.AUTO,
                    0.0,
                    0.0,
                    100.0,
                    SideChain.DEFAULT,
                    Routing.LEFT_RIGHT);

    public CompressorSettings {
        Require.inRange("thresholdDb", thresholdDb, -80.0, 0.0, "dB");
        Require.inRange("ratio", ratio, 1.0, 20.0, "");
        Require.inRange("kneeDb", kneeDb, 0.0, 24.0, "dB");
        Require.inRange("rangeDb", rangeDb, 0.0, 40.0, "dB");
        Require.inRange("attackMs", attackMs, 0.5, 500.0, "ms");
        Require.inRange("releaseMs", releaseMs, 5.0, 5_000.0, "ms");
        Require.inRange("lookaheadMs", lookaheadMs, 0.0, 20.0, "ms");
        Require.inRange("makeupDb", makeupDb, -12.0, 12.0, "dB");
        Require.inRange("mixPercent", mixPercent, 0.0, 100.0, "percent");
    }

    /** The default with another static curve. */
    public static CompressorSettings of(double thresholdDb, double ratio, double kneeDb) {
        return new CompressorSettings(
                thresholdDb,
                ratio,
                kneeDb,
                DEFAULT.rangeDb,
                DEFAULT.attackMs,
                DEFAULT.releaseMs,
                DEFAULT.release,
                DEFAULT.lookaheadMs,
                DEFAULT.makeupDb,
                DEFAULT.mixPercent,
                DEFAULT.sideChain,
                DEFAULT.routing);
    }

    public CompressorSettings withRangeDb(double value) {
        return new CompressorSettings(
                thresholdDb,
                ratio,
                kneeDb,
                value,
                attackMs,
                releaseMs,
                release,
                lookaheadMs,
                makeupDb,
                mixPercent,
                sideChain,
                routing);
    }

    public CompressorSettings withTimes(double attack, double releasing, Release kind) {
        return new CompressorSettings(
                thresholdDb,
                ratio,
                kneeDb,
                rangeDb,
                attack,
                releasing,
                kind,
                lookaheadMs,
                makeupDb,
                mixPercent,
                sideChain,
                routing);
    }

    public CompressorSettings withLookaheadMs(double value) {
        return new CompressorSettings(
                thresholdDb,
                ratio,
                kneeDb,
                rangeDb,
                attackMs,
                releaseMs,
                release,
                value,
                makeupDb,
                mixPercent,
                sideChain,
                routing);
    }

    public CompressorSettings withMakeupDb(double value) {
        return new CompressorSettings(
                thresholdDb,
                ratio,
                kneeDb,
                rangeDb,
                attackMs,
                releaseMs,
                release,
                lookaheadMs,
                value,
                mixPercent,
                sideChain,
                routing);
    }

    public CompressorSettings withMixPercent(double value) {
        return new CompressorSettings(
                thresholdDb,
                ratio,
                kneeDb,
                rangeDb,
                attackMs,
                releaseMs,
                release,
                lookaheadMs,
                makeupDb,
                value,
                sideChain,
                routing);
    }

    public CompressorSettings withSideChain(SideChain value) {
        return new CompressorSettings(
                thresholdDb,
                ratio,
                kneeDb,
                rangeDb,
                attackMs,
                releaseMs,
                release,
                lookaheadMs,
                makeupDb,
                mixPercent,
                value,
                routing);
    }

    public CompressorSettings withRouting(Routing value) {
        return new CompressorSettings(
                thresholdDb,
                ratio,
                kneeDb,
                rangeDb,
                attackMs,
                releaseMs,
                release,
                lookaheadMs,
                makeupDb,
                mixPercent,
                sideChain,
                value);
    }

    @Override
    public boolean neutral() {
        return mixPercent == 0.0 || (makeupDb == 0.0 && (ratio == 1.0 || rangeDb == 0.0));
    }

    @Override
    public Processor prepare(StreamFormat format) {
        return neutral() ? new Gain(1f) : new Compressor(this, format);
    }

    /**
     * Static curve: change of a steady sound in dB at a detector level, makeup and mix included.
     */
    public double staticGainDb(double levelDb) {
        return Decibels.fromGain(mixed(-reductionDb(levelDb)));
    }

    /** Static curve of the compressed part, without makeup: positive numbers. */
    double reductionDb(double levelDb) {
        return -StaticCurve.gainDb(levelDb - thresholdDb, 1.0 / ratio - 1.0, kneeDb, rangeDb);
    }

    /** Gain of the whole stage when the compressed part is changed by {@code changeDb}. */
    double mixed(double changeDb) {
        double wet = mixPercent / 100.0;
        return 1.0 - wet + wet * Decibels.toGain(changeDb + makeupDb);
    }
}
