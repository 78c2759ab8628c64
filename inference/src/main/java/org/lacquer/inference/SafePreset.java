// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Features;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.ParametricEqSettings;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What can hardly do harm to any sound: at most 1.5 dB of tilt where the balance is outside the
 * usual, and 1.3:1 of compression where peaks stand far out.
 */
final class SafePreset {
    private static final double MOST_TILT_DB = 1.5;

    /** Spread of tilts between tracks of training music: 1.8 dB an octave. */
    private static final double USUAL_TILT_DB_PER_OCTAVE = 1.8;

    private static final double SMALLEST_TILT_DB = 0.3;
    private static final double RATIO = 1.3;
    private static final double LIVELY_PSR_DB = 10.0;

    /** 100 Hz to 10 kHz. */
    private static final int FIRST = 6;

    private static final int END = 27;

    private SafePreset() {}

    /**
     * Tilts what is darker or brighter than nearly all music.
     *
     * @param averageMusic mean features of all music
     * @param strength 0 to 1, share of the move
     */
    static void tilt(PlanDraft draft, double[] averageMusic, double strength) {
        double share = strength * draft.amount(ParametricEqSettings.class);
        double mix = slope(draft.features);
        double usual = slope(averageMusic);
        double beyond = Math.max(0.0, Math.abs(usual - mix) - USUAL_TILT_DB_PER_OCTAVE);
        double wanted = Math.copySign(Math.min(MOST_TILT_DB, beyond), usual - mix);
        double gainDb = Words.rounded(share * wanted, 0.01);
        if (Math.abs(gainDb) < SMALLEST_TILT_DB) {
            return;
        }
        EqBand band = new EqBand(EqBand.Shape.TILT, 1_000.0, gainDb, 0.3);
        draft.stages.add(new ParametricEqSettings(List.of(band)));
        draft.decide(
                "parametric-eq.bands[0].gainDb",
                gainDb,
                "dB",
                "The whole balance is "
                        + (gainDb > 0.0 ? "darker" : "brighter")
                        + " than nearly all music; a gentle tilt about 1 kHz.",
                Map.of(
                        "mixTiltDbPerOctave", Words.rounded(mix, 0.01),
                        "usualTiltDbPerOctave", Words.rounded(usual, 0.01)));
    }

    /** Slope of the line through the third octaves. */
    private static double slope(double[] features) {
        double middle = 0.5 * (FIRST + END - 1);
        double sum = 0.0;
        double squares = 0.0;
        for (int b = FIRST; b < END; b++) {
            double octaves = (b - middle) / 3.0;
            sum += octaves * features[FeatureSet.LTAS + b];
            squares += octaves * octaves;
        }
        return sum / squares;
    }

    /**
     * Compresses gently where peaks stand far out.
     *
     * @param strength 0 to 1, share of the move
     */
    static void glue(PlanDraft draft, Features heard, double strength) {
        double share = strength * draft.amount(MultibandCompressorSettings.class);
        double psrDb = draft.features[FeatureSet.PSR];
        if (psrDb <= LIVELY_PSR_DB || share == 0.0) {
            return;
        }
        double[] slopes = new double[Moves.BANDS];
        Arrays.fill(slopes, 1.0 - share * (1.0 - 1.0 / RATIO));
        for (int b = 0; b < slopes.length; b++) {
            slopes[b] = Moves.boundReduction(draft.features, b, slopes[b]);
        }
        MultibandCompressorSettings settings = DynamicsRule.settings(draft.features, heard, slopes);
        if (settings.neutral()) {
            return;
        }
        draft.stages.add(settings);
        for (int b = 0; b < slopes.length; b++) {
            draft.decide(
                    "multiband-compressor.bands[" + b + "].ratio",
                    settings.bands().get(b).ratio(),
                    "",
                    "Peaks stand "
                            + Words.db(psrDb)
                            + " above the loudness; gentle compression of the "
                            + Words.COMPRESSOR_BANDS.get(b)
                            + " band holds the sound together.",
                    Map.of("psrDb", Words.rounded(psrDb, 0.01)));
        }
    }
}
