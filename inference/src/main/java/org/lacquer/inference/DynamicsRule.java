// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.CompressorBands;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.analysis.Features;
import org.lacquer.audio.Decibels;
import org.lacquer.engine.CompressorBand;
import org.lacquer.engine.MultibandCompressorSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Three bands of compression, where the mix is livelier than its target. */
final class DynamicsRule {
    private static final double KNEE_DB = 6.0;

    /** First third octave above each crossover (200 Hz and 4 kHz), and the end. */
    private static final int[] BAND_STARTS = {0, 9, 22, 30};

    private static final double SMALLEST_REDUCTION_DB = 0.15;

    private DynamicsRule() {}

    static void apply(PlanDraft draft, Features heard, Answer answer, Moves moves) {
        double amount = draft.amount(MultibandCompressorSettings.class);
        double[] slopes = new double[Moves.BANDS];
        for (int b = 0; b < Moves.BANDS; b++) {
            double slope = 1.0 - amount * (1.0 - moves.slope(b));
            boolean livelier = spread(draft.features, b) > spread(draft.target.mean(), b);
            boolean worthIt =
                    Moves.meanReductionDb(draft.features, b, slope) >= SMALLEST_REDUCTION_DB;
            slopes[b] = livelier && worthIt ? slope : 1.0;
        }
        MultibandCompressorSettings settings = settings(draft.features, heard, slopes);
        if (settings.neutral()) {
            overCompressed(draft, answer);
            return;
        }
        draft.stages.add(settings);
        for (int b = 0; b < Moves.BANDS; b++) {
            if (slopes[b] < 1.0) {
                double ratio = settings.bands().get(b).ratio();
                draft.decisions.add(explain(draft, answer, moves, b, ratio));
            }
        }
    }

    /** Bands above their median level, with the mean power given back. */
    static MultibandCompressorSettings settings(
            double[] features, Features heard, double[] slopes) {
        List<CompressorBand> bands = new ArrayList<>();
        for (int b = 0; b < Moves.BANDS; b++) {
            double thresholdDb =
                    Words.rounded(bandPowerDb(heard, b) + Moves.medianDb(features, b), 0.1);
            double makeupDb =
                    slopes[b] == 1.0
                            ? 0.0
                            : Words.rounded(Moves.makeupDb(features, b, slopes[b]), 0.1);
            bands.add(
                    new CompressorBand(
                            Math.max(-80.0, Math.min(0.0, thresholdDb)),
                            Words.rounded(1.0 / slopes[b], 0.01),
                            KNEE_DB,
                            CompressorBands.ATTACKS_MS.get(b),
                            CompressorBands.RELEASES_MS.get(b),
                            makeupDb));
        }
        return new MultibandCompressorSettings(CompressorBands.CROSSOVERS_HZ, bands);
    }

    private static Decision explain(
            PlanDraft draft, Answer answer, Moves moves, int b, double ratio) {
        double mixSpread = spread(draft.features, b);
        double targetSpread = spread(draft.target.mean(), b);
        int setting = Moves.FIRST_SLOPE + b;
        return answer.ratio(
                "multiband-compressor.bands[" + b + "].ratio",
                setting,
                ratio,
                "The "
                        + Words.COMPRESSOR_BANDS.get(b)
                        + " band's loud moments stand "
                        + Words.db(mixSpread)
                        + " above its usual level, in masters of the target "
                        + Words.db(targetSpread)
                        + "; about "
                        + Words.db(Moves.meanReductionDb(draft.features, b, 1.0 / ratio))
                        + " of reduction on average.",
                Map.of(
                        "mixSpreadDb", Words.rounded(mixSpread, 0.01),
                        "targetSpreadDb", Words.rounded(targetSpread, 0.01),
                        "modelSlope", Words.rounded(answer.toward().mean()[setting], 0.001),
                        "sigmaSlope", Words.rounded(answer.toward().sigma()[setting], 0.001)),
                moves.slopeGate(b),
                moves.slopeCap(b));
    }

    private static void overCompressed(PlanDraft draft, Answer answer) {
        double mean = 0.0;
        for (int b = 0; b < Moves.BANDS; b++) {
            mean += answer.toward().mean()[Moves.FIRST_SLOPE + b] / Moves.BANDS;
        }
        if (mean > 1.05) {
            draft.warn(
                    "over-compressed",
                    "The mix sounds compressed already; dynamics are left alone. A mix without bus"
                            + " compression would give a livelier master.",
                    mean,
                    "");
        }
    }

    /** Quantile 95 over the median of a band's level. */
    private static double spread(double[] values, int b) {
        int start = FeatureSet.LEVEL_QUANTILES + b * FeatureSet.QUANTILES;
        return values[start + 6] - values[start + 3];
    }

    /** Mean power of the detector's signal in a band at -20 LUFS: mid and side together. */
    private static double bandPowerDb(Features heard, int b) {
        double power = 0.0;
        for (int k = BAND_STARTS[b]; k < BAND_STARTS[b + 1]; k++) {
            power +=
                    Decibels.toPower(heard.midPowerDb().get(k))
                            + Decibels.toPower(heard.sidePowerDb().get(k));
        }
        return Decibels.fromPower(power);
    }
}
