// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.inference.match.Sound;

import java.util.Map;
import java.util.OptionalDouble;

/** The limiter at the end of every plan, and the loudness that its drive is solved for. */
final class LimiterRule {
    /** Denser references are followed no further. */
    private static final double LEAST_PLR_DB = 6.0;

    private static final double LOWEST_CEILING_DBTP = -24.0;

    private LimiterRule() {}

    static void apply(PlanDraft draft, Demand demand) {
        apply(draft, demand, demand.ceilingDbtp(), demand.because());
    }

    /** Leaves the peaks no further above the loudness than the references have them. */
    static void asDense(PlanDraft draft, Demand demand, Sound references) {
        double plrDb = Math.max(LEAST_PLR_DB, references.plrDb());
        double denseDbtp =
                Math.max(LOWEST_CEILING_DBTP, Words.rounded(demand.loudnessLufs() + plrDb, 0.01));
        if (denseDbtp >= demand.ceilingDbtp()) {
            apply(draft, demand);
            return;
        }
        apply(
                draft,
                demand,
                denseDbtp,
                "In the references peaks stand "
                        + Words.db(references.plrDb())
                        + " above the loudness; at this loudness that is below the "
                        + Words.number(demand.ceilingDbtp())
                        + " dBTP asked for by "
                        + demand.source()
                        + ".");
    }

    private static void apply(
            PlanDraft draft, Demand demand, double ceilingDbtp, String ceilingBecause) {
        double releaseMs = LimiterSettings.DEFAULT.releaseMs();
        if (draft.features.length > 0) {
            double density = draft.features[FeatureSet.TRANSIENT_DENSITY];
            releaseMs = Words.rounded(Math.max(60.0, Math.min(220.0, 220.0 - 40.0 * density)), 1.0);
            draft.decide(
                    "limiter.releaseMs",
                    releaseMs,
                    "ms",
                    "The music has "
                            + Words.number(density)
                            + " attacks a second: the gain recovers "
                            + (releaseMs < 120.0
                                    ? "quickly, so that it is back before the next one."
                                    : "slowly, so that it is not heard."),
                    Map.of("transientsPerSecond", Words.rounded(density, 0.01)));
        }
        draft.stages.add(
                new LimiterSettings(
                        OptionalDouble.empty(),
                        ceilingDbtp,
                        LimiterSettings.DEFAULT.fastDb(),
                        LimiterSettings.DEFAULT.lookaheadMs(),
                        LimiterSettings.DEFAULT.holdMs(),
                        releaseMs));
        draft.decide("limiter.ceilingDbtp", ceilingDbtp, "dBTP", ceilingBecause, Map.of());
        draft.decide(
                "delivery.targetLufs",
                demand.loudnessLufs(),
                "LUFS",
                demand.because(),
                Map.of("mixLufs", draft.mix.loudness().integratedLufs()));
    }
}
