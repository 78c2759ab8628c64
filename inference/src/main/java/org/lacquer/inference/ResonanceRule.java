// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Resonance;
import org.lacquer.audio.Decibels;
import org.lacquer.engine.ChannelPlacement;
import org.lacquer.engine.DynamicEqBand;
import org.lacquer.engine.DynamicEqSettings;
import org.lacquer.engine.EqBand;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Dynamic notches for narrow peaks that stay while the music changes, which third octaves cannot
 * see, and one for highs that bite when they are loud.
 *
 * <p>A notch takes away six tenths of what stands out beyond 4 dB, at most 3 dB, and less while the
 * resonance sounds less. Limits are the project's own.
 */
public final class ResonanceRule {
    private static final int MOST_NOTCHES = 3;
    private static final double LEAST_EXCESS_DB = 5.0;
    private static final double LEAST_Q = 3.0;
    private static final double MOST_Q = 16.0;
    private static final double LEFT_ALONE_DB = 4.0;
    private static final double PART = 0.6;

    /** It may be a note that never ends; a cut of 3 dB this narrow does it little harm. */
    private static final double MOST_DB = 3.0;

    private static final double SMALLEST_DB = 0.8;
    private static final double RATIO = 4.0;
    private static final double KNEE_DB = 6.0;
    private static final double ATTACK_MS = 10.0;
    private static final double RELEASE_MS = 120.0;

    /** The finding's own limit is 4 dB. */
    private static final double HARSH_DB = 6.0;

    /** One finished track in fourteen bites more. */
    private static final double BITE_DB = 2.5;

    private static final double BITE_LEFT_ALONE_DB = 1.0;

    /** Third octaves from 2.5 to 5 kHz, and those on both sides that they are compared with. */
    private static final int[] BITING = {20, 21, 22, 23};

    private static final int[] BESIDE = {16, 17, 18, 25, 26};

    /** A level that is always high bites half as much as one that comes and goes. */
    private static final double STEADY_PART = 0.5;

    private static final double HARSH_HZ = 3_200.0;
    private static final double HARSH_Q = 0.8;
    private static final double MOST_HARSH_DB = 2.5;

    /** Bounds of 2 to 5 kHz, as third octaves have them. */
    private static final double HARSH_FROM_HZ = 1_780.0;

    private static final double HARSH_TO_HZ = 5_620.0;

    private ResonanceRule() {}

    /**
     * @param harshDb how far 2 to 5 kHz lie above the usual balance, as the pre-flight finds it; 0
     *     when it does not
     * @param strength share of every move
     */
    static void apply(PlanDraft draft, double harshDb, double strength) {
        double share = strength * draft.amount(DynamicEqSettings.class);
        List<DynamicEqBand> bands = new ArrayList<>();
        for (Resonance resonance : draft.mix.spectrum().resonances()) {
            double cutDb = share * cutDb(resonance);
            if (bands.size() < MOST_NOTCHES && cutDb >= SMALLEST_DB) {
                draft.decisions.add(explain(resonance, bands.size(), Words.rounded(cutDb, 0.1)));
                bands.add(notch(draft, resonance, Words.rounded(cutDb, 0.1)));
            }
        }
        double biteDb = biteDb(draft.features);
        double softerDb = share * softerDb(harshDb, biteDb);
        if (softerDb >= SMALLEST_DB) {
            double rangeDb = Words.rounded(softerDb, 0.1);
            draft.decide(
                    "dynamic-eq.bands[" + bands.size() + "].rangeDb",
                    -rangeDb,
                    "dB",
                    harshDb > HARSH_DB
                            ? "2 to 5 kHz lie "
                                    + Words.db(harshDb)
                                    + " above the usual balance: turned down while they are loud."
                            : "2.5 to 5 kHz jump out "
                                    + Words.db(biteDb)
                                    + " further than the highs and mids beside them: turned down"
                                    + " while they are loud.",
                    Map.of(
                            "harshDb", Words.rounded(harshDb, 0.01),
                            "biteDb", Words.rounded(biteDb, 0.01)));
            double levelDb = levelDb(draft, HARSH_FROM_HZ, HARSH_TO_HZ);
            bands.add(band(HARSH_HZ, HARSH_Q, levelDb, rangeDb));
        }
        if (!bands.isEmpty()) {
            draft.stages.add(new DynamicEqSettings(bands));
        }
    }

    /** Depth of the notch that a resonance gets at full strength, dB; 0 for none. */
    public static double cutDb(Resonance resonance) {
        if (resonance.excessDb() < LEAST_EXCESS_DB || resonance.q() < LEAST_Q) {
            return 0.0;
        }
        double cutDb = Math.min(MOST_DB, PART * (resonance.excessDb() - LEFT_ALONE_DB));
        return cutDb >= SMALLEST_DB ? cutDb : 0.0;
    }

    /**
     * How far 2.5 to 5 kHz are turned down while they are loud, dB at full strength; 0 for not.
     *
     * @param harshDb how far they lie above the usual balance, as the pre-flight finds it
     * @param biteDb see {@link #biteDb}
     */
    public static double softerDb(double harshDb, double biteDb) {
        double steadyDb = harshDb > HARSH_DB ? harshDb - LEFT_ALONE_DB : 0.0;
        double comingDb = biteDb > BITE_DB ? biteDb - BITE_LEFT_ALONE_DB : 0.0;
        double softerDb = Math.min(MOST_HARSH_DB, PART * Math.max(steadyDb, comingDb));
        return softerDb >= SMALLEST_DB ? softerDb : 0.0;
    }

    /**
     * How much more 2.5 to 5 kHz rise from the median to the 90th percentile of their level than 1
     * to 1.6 and 8 to 10 kHz do, and half of how far they lie above these, dB.
     *
     * @param features those of {@link FeatureSet}
     */
    public static double biteDb(double[] features) {
        return riseDb(features, BITING)
                - riseDb(features, BESIDE)
                + STEADY_PART * (levelDb(features, BITING) - levelDb(features, BESIDE));
    }

    private static double riseDb(double[] features, int[] bands) {
        double sum = 0.0;
        for (int b : bands) {
            int low = FeatureSet.CONTENT_PERCENTILES + b;
            sum += features[low + 2 * FeatureSet.BANDS] - features[low + FeatureSet.BANDS];
        }
        return sum / bands.length;
    }

    private static double levelDb(double[] features, int[] bands) {
        double sum = 0.0;
        for (int b : bands) {
            sum += features[FeatureSet.LTAS + b];
        }
        return sum / bands.length;
    }

    private static DynamicEqBand notch(PlanDraft draft, Resonance resonance, double cutDb) {
        double hz = resonance.frequencyHz();
        double q = Words.rounded(Math.min(MOST_Q, resonance.q()), 0.1);
        double half = Math.max(hz / 12.0, hz / (2.0 * q));
        double levelDb = levelDb(draft, hz - half, hz + half);
        return band(Words.rounded(hz, 0.1), q, levelDb, cutDb);
    }

    /** A band that turns down by its range when what it hears is at its mean level. */
    private static DynamicEqBand band(double hz, double q, double levelDb, double rangeDb) {
        double thresholdDb = levelDb - rangeDb / (1.0 - 1.0 / RATIO);
        return new DynamicEqBand(
                EqBand.Shape.BELL,
                hz,
                q,
                Words.rounded(Math.max(-100.0, Math.min(0.0, thresholdDb)), 0.1),
                RATIO,
                -rangeDb,
                KNEE_DB,
                ATTACK_MS,
                RELEASE_MS,
                DynamicEqBand.Trigger.ABOVE,
                ChannelPlacement.STEREO,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /** Mean level of the sixth octaves between two frequencies, at the working loudness. */
    private static double levelDb(PlanDraft draft, double fromHz, double toHz) {
        List<Double> centres = draft.mix.spectrum().sixthCentresHz();
        double power = 0.0;
        for (int b = 0; b < centres.size(); b++) {
            if (centres.get(b) > fromHz && centres.get(b) < toHz) {
                power += Decibels.toPower(draft.mix.spectrum().sixthLevelsDbfs().get(b));
            }
        }
        double gainDb = FrontRules.WORKING_LUFS - draft.mix.loudness().integratedLufs();
        return power == 0.0 ? -100.0 : Decibels.fromPower(power) + gainDb;
    }

    private static Decision explain(Resonance resonance, int place, double cutDb) {
        return new Decision(
                "dynamic-eq.bands[" + place + "].rangeDb",
                -cutDb,
                "dB",
                "A narrow peak at "
                        + Math.round(resonance.frequencyHz())
                        + " Hz stands out by "
                        + Words.db(resonance.excessDb())
                        + " for "
                        + Math.round(100.0 * resonance.share())
                        + " % of the time, whatever is played: a resonance, or a note that never"
                        + " ends. A notch softens it while it sounds.",
                Map.of(
                        "frequencyHz", Words.rounded(resonance.frequencyHz(), 0.1),
                        "excessDb", Words.rounded(resonance.excessDb(), 0.01),
                        "q", Words.rounded(resonance.q(), 0.1),
                        "share", Words.rounded(resonance.share(), 0.01)));
    }
}
