// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.analysis.Verdict;

import java.util.function.ToDoubleFunction;

/**
 * What candidates are judged by, one at a time; there is no sum of them. A difference below the
 * repeatability is a tie: so much does a figure move when the same master is shifted by a fraction
 * of a frame, resampled there and back and turned down by 0.2 dB (measured on synthetic songs, and
 * rounded up).
 */
public enum Criterion {
    INTEGRATED(
            "integratedLufs",
            "Loudness as delivered",
            "LUFS",
            Direction.NEITHER,
            0.05,
            "How loud the file itself is; players level this out.",
            c -> c.delivered().loudness().integratedLufs()),
    TRUE_PEAK(
            "truePeakDbtp",
            "True peak",
            "dBTP",
            Direction.LOWER,
            0.1,
            "Above -1 dBTP lossy encoders and converters may clip.",
            c -> c.delivered().peaks().truePeakDbtp()),
    TONE_TO_TARGET(
            "toneToTargetDb",
            "Tone, distance to the target",
            "dB",
            Direction.LOWER,
            0.05,
            "How far the spectrum lies from the target's, on average over third octaves at equal"
                    + " loudness.",
            Candidate::toneToTargetDb),
    INSIDE(
            "insidePercent",
            "Tone, bands inside the corridor",
            "%",
            Direction.HIGHER,
            4.0,
            "Share of the third octaves that lie within the usual spread of the target.",
            Candidate::insidePercent),
    PLR(
            "plrDb",
            "Peak to loudness (PLR)",
            "dB",
            Direction.HIGHER,
            0.15,
            "How far peaks stand above the loudness: more is punchier, less is denser.",
            c -> c.delivered().dynamics().plrDb()),
    PSR(
            "psrP5Db",
            "Punch in the densest parts (PSR)",
            "dB",
            Direction.HIGHER,
            0.15,
            "How far peaks stand above the loudness of three seconds where the song is densest;"
                    + " below 8 dB drums lose their punch.",
            c -> c.aligned().dynamics().psrP5Db()),
    LOUDNESS_RANGE(
            "loudnessRangeLu",
            "Loudness range",
            "LU",
            Direction.NEITHER,
            0.1,
            "How far quiet and loud parts lie apart.",
            c -> c.aligned().loudness().loudnessRangeLu()),
    LOW_CREST(
            "lowCrestDb",
            "Crest of the bass",
            "dB",
            Direction.NEITHER,
            0.2,
            "Peaks over the mean level below 180 Hz.",
            c -> c.aligned().dynamics().lowCrestDb()),
    HIGH_CREST(
            "highCrestDb",
            "Crest of the treble",
            "dB",
            Direction.NEITHER,
            0.3,
            "Peaks over the mean level above 3.2 kHz.",
            c -> c.aligned().dynamics().highCrestDb()),
    TRANSIENTS(
            "transientChangeDb",
            "Attacks against the mix",
            "dB",
            Direction.NEARER_ZERO,
            0.15,
            "How much less (negative) or more onsets stand out than in the mix.",
            c -> c.difference().transientChangeDb()),
    GAIN_MOVEMENT(
            "gainMovementDb",
            "Movement of the gain",
            "dB",
            Direction.LOWER,
            0.1,
            "How much compression and limiting move the level within three seconds: glue when"
                    + " small, pumping when large.",
            c -> c.difference().gainMovementDb()),
    RESIDUAL(
            "residualDb",
            "Distortion against the mix",
            "dB",
            Direction.LOWER,
            1.5,
            "What neither a filter nor a moving gain explains: clipping, saturation, artefacts."
                    + " Below -45 dB nothing is left.",
            c -> Math.max(-45.0, c.difference().residualDb())),
    WIDTH(
            "widthDb",
            "Width",
            "dB",
            Direction.NEITHER,
            0.2,
            "Side over mid.",
            c -> c.aligned().stereo().widthDb()),
    MONO_LOSS(
            "monoLossLu",
            "Loss in mono",
            "LU",
            Direction.LOWER,
            0.1,
            "Loudness that vanishes on one loudspeaker.",
            c -> c.aligned().stereo().monoLossLu()),
    TRANSLATION(
            "devicesHeldUp",
            "Devices on which it holds up",
            "",
            Direction.HIGHER,
            1.0,
            "Of ten kinds, from a phone to a club: those on which nothing that the song needs is"
                    + " lost.",
            c ->
                    c.aligned().translation().devices().isEmpty()
                            ? Double.NaN
                            : c.aligned().translation().devices().stream()
                                    .filter(device -> device.verdict() == Verdict.GOOD)
                                    .count()),
    TONE_TO_MIX(
            "toneToMixDb",
            "Tone, distance to the mix",
            "dB",
            Direction.NEITHER,
            0.05,
            "How far the candidate went from the mix, at equal loudness.",
            Candidate::toneToMixDb);

    /** Which way a figure is better. */
    public enum Direction {
        LOWER,
        HIGHER,
        NEARER_ZERO,
        /** A matter of taste: told, not ranked. */
        NEITHER
    }

    private final String key;
    private final String label;
    private final String unit;
    private final Direction direction;
    private final double repeatability;
    private final String meaning;
    private final ToDoubleFunction<Candidate> value;

    Criterion(
            String key,
            String label,
            String unit,
            Direction direction,
            double repeatability,
            String meaning,
            ToDoubleFunction<Candidate> value) {
        this.key = key;
        this.label = label;
        this.unit = unit;
        this.direction = direction;
        this.repeatability = repeatability;
        this.meaning = meaning;
        this.value = value;
    }

    /** Key in JSON. */
    public String key() {
        return key;
    }

    /** Name for people. */
    public String label() {
        return label;
    }

    public String unit() {
        return unit;
    }

    public Direction direction() {
        return direction;
    }

    /** Differences up to this are ties. */
    public double repeatability() {
        return repeatability;
    }

    /** What the figure means, in a sentence. */
    public String meaning() {
        return meaning;
    }

    /** The candidate's figure; NaN when it is undefined. */
    public double of(Candidate candidate) {
        return value.applyAsDouble(candidate);
    }

    /** The less, the better; only for ranked criteria. */
    public double badness(double figure) {
        return switch (direction) {
            case LOWER, NEITHER -> figure;
            case HIGHER -> -figure;
            case NEARER_ZERO -> Math.abs(figure);
        };
    }
}
