// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.Require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that decides how a mix becomes a master: stages in order, and delivery.
 *
 * <p>A plan that a model inferred and one that a person wrote are the same record; the engine
 * cannot tell them apart. A plan whose limiter has a drive is solved: rendering it gives the same
 * samples again. A plan without a drive names a target loudness, and rendering solves it first.
 *
 * @param stages in the order of processing; a limiter, if any, is the last
 */
public record MasteringPlan(
        int schemaVersion, List<StageSettings> stages, Delivery delivery, Provenance provenance) {
    /** The plan format that this version reads and writes. */
    public static final int SCHEMA_VERSION = 1;

    public MasteringPlan {
        Require.that(
                schemaVersion == SCHEMA_VERSION,
                "schemaVersion must be "
                        + SCHEMA_VERSION
                        + " for this version of Lacquer, got "
                        + schemaVersion);
        stages = List.copyOf(stages);
        for (int k = 0; k < stages.size() - 1; k++) {
            Require.that(
                    !(stages.get(k) instanceof LimiterSettings),
                    "limiter must be the last stage, found it at position "
                            + (k + 1)
                            + " of "
                            + stages.size());
        }
    }

    /** A plan of the current schema. */
    public static MasteringPlan of(
            List<StageSettings> stages, Delivery delivery, Provenance provenance) {
        return new MasteringPlan(SCHEMA_VERSION, stages, delivery, provenance);
    }

    public Optional<LimiterSettings> limiter() {
        return !stages.isEmpty() && stages.getLast() instanceof LimiterSettings limiter
                ? Optional.of(limiter)
                : Optional.empty();
    }

    /** All stages but the limiter. */
    public List<StageSettings> stagesBeforeLimiter() {
        return limiter().isPresent() ? stages.subList(0, stages.size() - 1) : stages;
    }

    /** Whether nothing is left to solve. */
    public boolean solved() {
        return limiter().map(limiter -> limiter.driveDb().isPresent()).orElse(true);
    }

    /** This plan with another limiter in place of its own. */
    public MasteringPlan withLimiter(LimiterSettings limiter) {
        List<StageSettings> changed = new ArrayList<>(stagesBeforeLimiter());
        changed.add(limiter);
        return new MasteringPlan(schemaVersion, changed, delivery, provenance);
    }

    public MasteringPlan withDelivery(Delivery value) {
        return new MasteringPlan(schemaVersion, stages, value, provenance);
    }

    public MasteringPlan withProvenance(Provenance value) {
        return new MasteringPlan(schemaVersion, stages, delivery, value);
    }
}
