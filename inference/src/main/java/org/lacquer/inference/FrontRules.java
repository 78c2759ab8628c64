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

    /** Less than this of the whole mix costs no headroom: 0.0004 dB. */
    private static final double RUMBLE_BELOW_MIX_DB = 40.0;

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
        Spectrum spectrum = draft.mix.spectrum();
        double rumble = rumbleDb(spectrum);
        if (!(rumble > -RUMBLE_BELOW_BASS_DB && rumbleInMixDb(spectrum) > -RUMBLE_BELOW_MIX_DB)) {
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
        double bass = 0.0;
        for (int b = 0; b + 1 < spectrum.sixthCentresHz().size(); b += 2) {
            if (within(spectrum, b, BASS_FROM_HZ, BASS_TO_HZ)) {
                bass = Math.max(bass, thirdPower(spectrum, b));
            }
        }
        return Decibels.fromPower(rumblePower(spectrum) / bass);
    }

    /** Level around 25 Hz against everything. */
    private static double rumbleInMixDb(Spectrum spectrum) {
        double all = spectrum.sixthLevelsDbfs().stream().mapToDouble(Decibels::toPower).sum();
        return Decibels.fromPower(rumblePower(spectrum) / all);
    }

    private static double rumblePower(Spectrum spectrum) {
        double rumble = 0.0;
        for (int b = 0; b + 1 < spectrum.sixthCentresHz().size(); b += 2) {
            if (within(spectrum, b, RUMBLE_FROM_HZ, RUMBLE_TO_HZ)) {
                rumble = thirdPower(spectrum, b);
            }
        }
        return rumble;
    }

    /** Whether the third octave of two sixths lies between two frequencies. */
    private static boolean within(Spectrum spectrum, int sixth, double fromHz, double toHz) {
        List<Double> centres = spectrum.sixthCentresHz();
        double hz = Math.sqrt(centres.get(sixth) * centres.get(sixth + 1));
        return hz > fromHz && hz < toHz;
    }

    private static double thirdPower(Spectrum spectrum, int sixth) {
        List<Double> levels = spectrum.sixthLevelsDbfs();
        return Decibels.toPower(levels.get(sixth)) + Decibels.toPower(levels.get(sixth + 1));
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
