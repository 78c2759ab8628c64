// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import java.nio.file.Path;
import java.util.Locale;

/** What shall be compared. */
public sealed interface CandidateChoice {
    /** The untouched mix. */
    record Mix() implements CandidateChoice {}

    /** The plan that the model infers. */
    record Ai() implements CandidateChoice {}

    /** A plan as a file. */
    record Plan(Path file) implements CandidateChoice {}

    /** A finished master as a file. */
    record Master(Path file) implements CandidateChoice {}

    /** {@code mix}, {@code ai}, a plan by its extension .yaml or .yml, else a master. */
    static CandidateChoice of(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals("mix")) {
            return new Mix();
        } else if (lower.equals("ai")) {
            return new Ai();
        }
        boolean plan = lower.endsWith(".yaml") || lower.endsWith(".yml");
        return plan ? new Plan(Path.of(text)) : new Master(Path.of(text));
    }
}
