// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.audio.Decibels;
import org.lacquer.models.ModelManifest;

import java.util.Arrays;

/**
 * What kind of sound a mix is, as far as it decides how much of the model's answer may be used. The
 * model was trained on finished music; what is nothing like that gets the {@link SafePreset}, and
 * what is no mix at all is left as it is.
 *
 * <p>Limits are the project's own, with distance from 1,154 excerpts of training and test music:
 * the steadiest has {@code STEADY_DB} 4.9, the most concentrated {@code CONCENTRATED} 0.965, and
 * one in a hundred a median peak to short-term loudness ratio below 6.4 dB or a peak to loudness
 * ratio below 6.9 dB.
 *
 * @param value the figure that decided
 * @param alone whether it is unlike a mix because it is {@link OneInstrument}
 */
record Material(Kind kind, double value, boolean alone) {
    /** What may be done. */
    enum Kind {
        /** Music as the model knows it. */
        USUAL,
        /** Music that the model knows little of: half of every move. */
        UNUSUAL,
        /** Already dense: a tilt as in the safe preset, and no compression. */
        CRUSHED,
        /** At its ceiling much of the time: treated as what is dense. */
        LIMITED,
        /** Unlike anything that the model knows: the safe preset. */
        UNLIKE,
        /** Noise without music in it: nothing but loudness. */
        NOISE,
        /** One tone: nothing but loudness. */
        TONE,
        /** Telephone, old recording: nothing but loudness. */
        NARROW
    }

    private static final double TONE_BANDWIDTH_HZ = 2_000.0;
    private static final double NARROW_BANDWIDTH_HZ = 8_000.0;
    private static final double CONCENTRATED = 0.97;
    private static final double STEADY_DB = 3.5;

    /** One in ten pieces of music swings further; in mono it is a voice or an instrument alone. */
    private static final double SPARSE_DB = 23.0;

    private static final double DENSE_PSR_DB = 6.4;
    private static final double DENSE_PLR_DB = 6.4;

    /**
     * Of 54 released tracks none touches its highest level in more than 10 % of all moments, of ten
     * with 12 dB cut off none in less than 38 %.
     */
    private static final double LIMITED_SHARE = 0.3;

    /** Bands from 400 Hz to 10 kHz, where a frame holds enough bins for its level to be steady. */
    private static final int FIRST_STEADY = 12;

    private static final int END_STEADY = 27;

    private static final String HARDLY_TOUCHED =
            "dynamics are left alone, and the tone gets at most 1.5 dB of tilt. If there is a mix"
                    + " without limiter, master that.";

    private Material(Kind kind, double value) {
        this(kind, value, false);
    }

    static Material of(
            Analysis mix, double[] features, double contentDistance, ModelManifest manifest) {
        double concentration = concentration(features);
        double bandwidthHz = mix.spectrum().bandwidthHz();
        double spreadDb = spreadDb(features);
        if (concentration > CONCENTRATED || bandwidthHz < TONE_BANDWIDTH_HZ) {
            return new Material(Kind.TONE, concentration);
        }
        if (bandwidthHz < NARROW_BANDWIDTH_HZ) {
            return new Material(Kind.NARROW, bandwidthHz);
        }
        if (spreadDb < STEADY_DB) {
            return new Material(Kind.NOISE, spreadDb);
        }
        boolean far = contentDistance > manifest.contentDistance95();
        boolean sparse = far || spreadDb > SPARSE_DB;
        if (contentDistance > manifest.contentDistance995() || sparse && WidthRule.nearMono(mix)) {
            return new Material(Kind.UNLIKE, contentDistance);
        }
        if (OneInstrument.alone(features)) {
            return new Material(Kind.UNLIKE, OneInstrument.logOdds(features), true);
        }
        if (features[FeatureSet.PSR] < DENSE_PSR_DB) {
            return new Material(Kind.CRUSHED, features[FeatureSet.PSR]);
        }
        if (features[FeatureSet.PLR] < DENSE_PLR_DB) {
            return new Material(Kind.CRUSHED, features[FeatureSet.PLR]);
        }
        double limited = mix.integrity().tops().limitedShare();
        if (limited > LIMITED_SHARE) {
            return new Material(Kind.LIMITED, limited);
        }
        return new Material(far ? Kind.UNUSUAL : Kind.USUAL, contentDistance);
    }

    /** Largest share of the power that lies within an octave. */
    private static double concentration(double[] features) {
        double[] powers = new double[FeatureSet.BANDS];
        Arrays.setAll(powers, b -> Decibels.toPower(features[FeatureSet.LTAS + b]));
        double most = 0.0;
        for (int b = 1; b < powers.length - 1; b++) {
            most = Math.max(most, powers[b - 1] + powers[b] + powers[b + 1]);
        }
        return most / Arrays.stream(powers).sum();
    }

    /** Median over the bands of how far their level swings between frames. */
    private static double spreadDb(double[] features) {
        double[] spreads = new double[END_STEADY - FIRST_STEADY];
        for (int b = FIRST_STEADY; b < END_STEADY; b++) {
            int low = FeatureSet.CONTENT_PERCENTILES + b;
            spreads[b - FIRST_STEADY] = features[low + 2 * FeatureSet.BANDS] - features[low];
        }
        Arrays.sort(spreads);
        return spreads[spreads.length / 2];
    }

    /** Whether there is no mix in it that could be shaped. */
    boolean leftAlone() {
        return kind == Kind.NOISE || kind == Kind.TONE || kind == Kind.NARROW;
    }

    /** Whether a limiter or clipper was at work already: the model has heard no such mix. */
    boolean finished() {
        return kind == Kind.CRUSHED || kind == Kind.LIMITED;
    }

    /** Share of every move of the model's. */
    double strength() {
        return switch (kind) {
            case USUAL -> 1.0;
            case UNUSUAL -> 0.5;
            case CRUSHED, LIMITED, UNLIKE, NOISE, TONE, NARROW -> 0.0;
        };
    }

    /** Tells the musician why less is done than usual. */
    void report(PlanDraft draft) {
        switch (kind) {
            case USUAL -> {}
            case UNUSUAL ->
                    draft.warn(
                            "unusual-music",
                            "This is unusual for the model: tone and dynamics move only half as"
                                    + " far.",
                            value,
                            "");
            case CRUSHED ->
                    draft.warn(
                            "finished-already",
                            "This is as dense as a finished loud master: " + HARDLY_TOUCHED,
                            value,
                            "dB");
            case LIMITED ->
                    draft.warn(
                            "finished-already",
                            Math.round(100.0 * value)
                                    + " % of all moments touch the highest level, as in a finished"
                                    + " loud master: "
                                    + HARDLY_TOUCHED,
                            value,
                            "share");
            case UNLIKE -> {
                if (alone) {
                    draft.warn(
                            "one-instrument",
                            "This sounds like one instrument alone, not like a mix: few notes at a"
                                    + " time, all from one place. It gets the safe preset, at most"
                                    + " 1.5 dB of tilt and gentle compression.",
                            value,
                            "");
                } else {
                    draft.warn(
                            "unlike-training-music",
                            "This is unlike the music that the model was trained on, for instance"
                                    + " speech or one instrument alone: it gets the safe preset, at"
                                    + " most 1.5 dB of tilt and gentle compression.",
                            value,
                            "");
                }
            }
            case NOISE ->
                    draft.warn(
                            "noise-like",
                            "This sounds like steady noise, no note or beat stands out: only"
                                    + " loudness and ceiling are set.",
                            value,
                            "dB");
            case TONE ->
                    draft.warn(
                            "single-tone",
                            "Nearly all of the sound lies within one octave, as in a test tone:"
                                    + " only loudness and ceiling are set.",
                            value,
                            "");
            case NARROW ->
                    draft.warn(
                            "narrow-band",
                            "Nothing sounds above "
                                    + Math.round(value)
                                    + " Hz, as on a telephone; what is not there cannot be"
                                    + " balanced, so only loudness and ceiling are set.",
                            value,
                            "Hz");
        }
    }
}
