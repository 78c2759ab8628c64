// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.engine.GainSettings;
import org.lacquer.engine.HighPassSettings;

import java.util.Map;

/** What comes in front of every plan: working level, rumble, constant offset. */
final class FrontRules {
    /** Level that every plan brings the mix to before its other stages. */
    static final double WORKING_LUFS = -20.0;

    private static final double RUMBLE_BELOW_BASS_DB = 12.0;
    private static final double DC_WORTH_REMOVING = 5e-4;

    private FrontRules() {}

    static void trim(PlanDraft draft) {
        double loudness = draft.mix.loudness().integratedLufs();
        double gainDb = Words.rounded(WORKING_LUFS - loudness, 0.01);
        draft.stages.add(new GainSettings(gainDb));
        draft.decide(
                "gain.gainDb",
                gainDb,
                "dB",
                "Brings the mix from "
                        + Words.number(loudness)
                        + " to "
                        + Words.number(WORKING_LUFS)
                        + " LUFS, the level at which the following stages work.",
                Map.of("mixLufs", loudness));
    }

    /** Takes rumble out, else a constant offset. */
    static void highPass(PlanDraft draft) {
        if (draft.bypassed(HighPassSettings.class)) {
            return;
        }
        double bass = Double.NEGATIVE_INFINITY;
        for (int b = 2; b <= 7; b++) {
            bass = Math.max(bass, draft.features[FeatureSet.LTAS + b]);
        }
        double rumble = draft.features[FeatureSet.LTAS] - bass;
        if (rumble <= -RUMBLE_BELOW_BASS_DB) {
            centre(draft);
            return;
        }
        HighPassSettings settings = new HighPassSettings(25.0, 12);
        draft.stages.add(settings);
        draft.decide(
                "high-pass.cutoffHz",
                settings.cutoffHz(),
                "Hz",
                "Around 25 Hz there is rumble only "
                        + Words.db(-rumble)
                        + " under the strongest bass; it costs headroom and few speakers play it.",
                Map.of("rumbleDb", rumble));
    }

    /** Takes a constant offset out. */
    static void centre(PlanDraft draft) {
        if (draft.bypassed(HighPassSettings.class) || centred(draft.mix)) {
            return;
        }
        HighPassSettings settings = new HighPassSettings(10.0, 12);
        draft.stages.add(settings);
        draft.decide(
                "high-pass.cutoffHz",
                settings.cutoffHz(),
                "Hz",
                "The waveform is off centre (DC); removing that gains headroom and changes nothing"
                        + " audible.",
                Map.of("dcOffset", dcOffset(draft.mix)));
    }

    /** Whether there is too little constant offset to be worth removing. */
    static boolean centred(Analysis analysis) {
        return !(dcOffset(analysis) > DC_WORTH_REMOVING);
    }

    private static double dcOffset(Analysis analysis) {
        return analysis.channelLevels().stream()
                .mapToDouble(level -> Math.abs(level.dcOffset()))
                .max()
                .orElse(0.0);
    }
}
