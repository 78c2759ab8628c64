// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Spectrum;
import org.lacquer.audio.Decibels;
import org.lacquer.engine.GainSettings;
import org.lacquer.engine.HighPassSettings;

import java.util.List;
import java.util.Map;

/** What comes in front of every plan: working level, rumble, constant offset. */
final class FrontRules {
    /** Level that every plan brings the mix to before its other stages. */
    static final double WORKING_LUFS = -20.0;

    /** 3 % of finished music have so much around 25 Hz, 14 % lie within 12 dB. */
    private static final double RUMBLE_BELOW_BASS_DB = 6.0;

    private static final double RUMBLE_FROM_HZ = 22.0;
    private static final double RUMBLE_TO_HZ = 28.5;
    private static final double BASS_FROM_HZ = 35.0;
    private static final double BASS_TO_HZ = 142.0;
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
        double rumble = rumbleDb(draft.mix.spectrum());
        if (!(rumble > -RUMBLE_BELOW_BASS_DB)) {
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
                Map.of("rumbleDb", Words.rounded(rumble, 0.01)));
    }

    /**
     * Level around 25 Hz above the strongest third octave of the bass, from sixth octaves; the
     * features' bands are too coarse there, bass leaks into them.
     */
    private static double rumbleDb(Spectrum spectrum) {
        List<Double> centres = spectrum.sixthCentresHz();
        List<Double> levels = spectrum.sixthLevelsDbfs();
        double rumble = 0.0;
        double bass = 0.0;
        for (int b = 0; b + 1 < centres.size(); b += 2) {
            double hz = Math.sqrt(centres.get(b) * centres.get(b + 1));
            double power = Decibels.toPower(levels.get(b)) + Decibels.toPower(levels.get(b + 1));
            if (hz > RUMBLE_FROM_HZ && hz < RUMBLE_TO_HZ) {
                rumble = power;
            } else if (hz > BASS_FROM_HZ && hz < BASS_TO_HZ) {
                bass = Math.max(bass, power);
            }
        }
        return Decibels.fromPower(rumble / bass);
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
