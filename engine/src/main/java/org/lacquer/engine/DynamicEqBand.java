// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Require;

import java.util.OptionalDouble;

/**
 * One band of a dynamic equaliser. Its gain is 0 dB until the level of the key passes the
 * threshold; from there it grows by {@code 1 - 1/ratio} dB for each dB, until it is {@code
 * rangeDb}.
 *
 * <p>A negative range turns down what is too loud (a de-esser) or, triggered below, what is too
 * soft (an expander); a positive one turns it up.
 *
 * @param shape bell, low-shelf, high-shelf or band-shelf
 * @param frequencyHz centre, 10 to 40,000 Hz; a band at or above 0.49 of the sample rate is left
 *     out
 * @param q 0.1 to 24
 * @param thresholdDb -100 to 0 dB of mean square over channels, re full scale: a full-scale sine
 *     has -3 dB
 * @param ratio 1 to 100; 1 leaves the band idle
 * @param rangeDb -24 to 24 dB, the most that the band may do; 0 leaves it idle
 * @param kneeDb 0 to 24 dB around the threshold in which the slope comes in
 * @param attackMs 0.5 to 500 ms, time constant of the key's rising level
 * @param releaseMs 5 to 5,000 ms, time constant of its falling level
 * @param trigger whether the band acts above or below the threshold
 * @param placement what the band works on and listens to
 * @param keyFrequencyHz centre of the key's band-pass, 10 to 40,000 Hz; without it the band listens
 *     where it works
 * @param keyQ 0.1 to 24, of the key's band-pass; without it the band's own
 */
public record DynamicEqBand(
        EqBand.Shape shape,
        double frequencyHz,
        double q,
        double thresholdDb,
        double ratio,
        double rangeDb,
        double kneeDb,
        double attackMs,
        double releaseMs,
        Trigger trigger,
        ChannelPlacement placement,
        OptionalDouble keyFrequencyHz,
        OptionalDouble keyQ) {
    /** On which side of its threshold a band acts. */
    public enum Trigger {
        ABOVE,
        BELOW
    }

    /** A de-esser. */
    public static final DynamicEqBand DEFAULT =
            new DynamicEqBand(
                    EqBand.Shape.BELL,
                    6_500.0,
                    1.4,
                    -35.0,
                    2.0,
                    -4.0,
                    6.0,
                    10.0,
                    80.0,
                    Trigger.ABOVE,
                    ChannelPlacement.STEREO,
                    OptionalDouble.empty(),
                    OptionalDouble.empty());

    public DynamicEqBand {
        Require.that(
                shape != EqBand.Shape.TILT,
                "shape must be bell, low-shelf, high-shelf or band-shelf, got tilt");
        Require.inRange("frequencyHz", frequencyHz, 10.0, 40_000.0, "Hz");
        Require.inRange("q", q, 0.1, 24.0, "");
        Require.inRange("thresholdDb", thresholdDb, -100.0, 0.0, "dB");
        Require.inRange("ratio", ratio, 1.0, 100.0, "");
        Require.inRange("rangeDb", rangeDb, -24.0, 24.0, "dB");
        Require.inRange("kneeDb", kneeDb, 0.0, 24.0, "dB");
        Require.inRange("attackMs", attackMs, 0.5, 500.0, "ms");
        Require.inRange("releaseMs", releaseMs, 5.0, 5_000.0, "ms");
        keyFrequencyHz.ifPresent(
                value -> Require.inRange("keyFrequencyHz", value, 10.0, 40_000.0, "Hz"));
        keyQ.ifPresent(value -> Require.inRange("keyQ", value, 0.1, 24.0, ""));
    }

    boolean neutral() {
        return ratio == 1.0 || rangeDb == 0.0;
    }

    /**
     * Gain of the band at a level of its key, D. Giannoulis et al., "Digital dynamic range
     * compressor design", JAES 60 (2012), eq. (4), with the range as its limit.
     */
    public double gainDb(double levelDb) {
        double over = trigger == Trigger.ABOVE ? levelDb - thresholdDb : thresholdDb - levelDb;
        double beyond;
        if (2.0 * over <= -kneeDb) {
            beyond = 0.0;
        } else if (2.0 * over < kneeDb) {
            beyond = (over + kneeDb / 2.0) * (over + kneeDb / 2.0) / (2.0 * kneeDb);
        } else {
            beyond = over;
        }
        double move = Math.min(Math.abs(rangeDb), beyond * (1.0 - 1.0 / ratio));
        return rangeDb < 0.0 ? -move : move;
    }

    /** The band as it is when it does all it may. */
    EqBand atRange() {
        return new EqBand(shape, frequencyHz, rangeDb, q, placement);
    }
}
