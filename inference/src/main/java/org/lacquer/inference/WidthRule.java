// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.engine.StereoWidthSettings;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Width where it is beyond doubt, and mono bass where the bass is wide. */
final class WidthRule {
    private static final double SMALLEST_SIDE_DB = 0.1;
    private static final double WIDE_BASS_DB = -12.0;
    private static final double BASS_MONO_HZ = 100.0;
    private static final double NEAR_MONO_DB = -30.0;
    private static final double MONO_LOSS_LU = 2.0;

    private WidthRule() {}

    static boolean nearMono(Analysis mix) {
        return mix.channels() != 2 || !(mix.stereo().widthDb() > NEAR_MONO_DB);
    }

    static void apply(PlanDraft draft, Answer answer, Moves moves) {
        if (draft.bypassed(StereoWidthSettings.class) || nearMono(draft.mix)) {
            return;
        }
        double sideGainDb =
                Words.rounded(draft.amount(StereoWidthSettings.class) * moves.sideGainDb(), 0.01);
        if (Math.abs(sideGainDb) < SMALLEST_SIDE_DB
                || sideGainDb > 0.0 && draft.mix.stereo().monoLossLu() > MONO_LOSS_LU) {
            sideGainDb = 0.0;
        }
        double bassWidth = draft.features[FeatureSet.WIDTH];
        boolean wideBass = bassWidth > WIDE_BASS_DB;
        if (sideGainDb == 0.0 && !wideBass) {
            return;
        }
        draft.stages.add(new StereoWidthSettings(sideGainDb, wideBass ? BASS_MONO_HZ : 0.0));
        if (sideGainDb != 0.0) {
            draft.decisions.add(explain(draft, answer, moves, sideGainDb));
        }
        if (wideBass) {
            draft.decide(
                    "stereo-width.bassMonoHz",
                    BASS_MONO_HZ,
                    "Hz",
                    "Below 160 Hz the sides are only "
                            + Words.db(-bassWidth)
                            + " under the middle; mono bass is firmer, and survives clubs and"
                            + " vinyl.",
                    Map.of("bassWidthDb", Words.rounded(bassWidth, 0.01)));
        }
    }

    private static Decision explain(
            PlanDraft draft, Answer answer, Moves moves, double sideGainDb) {
        double mean = Moves.side(answer.toward().mean());
        double reach = Answer.SIGMAS_90 * Moves.side(answer.toward().sigma());
        return new Decision(
                "stereo-width.sideGainDb",
                sideGainDb,
                "dB",
                "The mix is "
                        + (sideGainDb > 0.0 ? "narrower" : "wider")
                        + " than masters of the target, beyond doubt.",
                Map.of("mixWidthDb", Words.rounded(draft.mix.stereo().widthDb(), 0.01)),
                Optional.of(Answer.interval(mean - reach, mean + reach)),
                answer.causes(Moves.MID_SIDE_GAIN, "dB"),
                OptionalDouble.of(1.0),
                moves.sideCap());
    }
}
