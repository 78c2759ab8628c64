// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.engine.EqBand;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.inference.tone.ToneBands;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The moves of tone as bands of the equaliser, tiny ones left out. */
final class ToneRule {
    private ToneRule() {}

    /**
     * @param withoutTarget what the moves would be without any target
     * @param averageMusic mean features of all music
     */
    static void apply(
            PlanDraft draft,
            Answer answer,
            Moves moves,
            Moves withoutTarget,
            double[] averageMusic) {
        double amount = draft.amount(ParametricEqSettings.class);
        ToneReasons reasons = new ToneReasons(draft.target, draft.features, averageMusic);
        List<EqBand> bands = new ArrayList<>();
        for (int k = 0; k < ToneBands.ALL.size(); k++) {
            double gainDb = Words.rounded(amount * moves.eqGainDb(k), 0.01);
            if (Math.abs(gainDb) < ToneReasons.SMALLEST_DB) {
                continue;
            }
            draft.decisions.add(
                    reasons.explain(
                            ToneBands.ALL.get(k),
                            k,
                            bands.size(),
                            gainDb,
                            amount * withoutTarget.eqGainDb(k),
                            answer,
                            moves));
            bands.add(ToneBands.ALL.get(k).withGainDb(gainDb));
        }
        if (!bands.isEmpty()) {
            draft.stages.add(new ParametricEqSettings(bands));
        } else if (amount > 0.0) {
            double largest =
                    Arrays.stream(answer.toward().mean(), 0, Moves.EQ_BANDS)
                            .map(Math::abs)
                            .max()
                            .orElse(0.0);
            draft.inform(
                    "tone-stays",
                    String.format(
                            Locale.ROOT,
                            "The tone stays as it is: the model would move no band by more than"
                                    + " %.1f dB, and that may as well be chance.",
                            largest),
                    largest,
                    "dB");
        }
    }
}
