// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stage of a recovered plan and what speaks for it.
 *
 * @param stage its name in the plan
 * @param confidence 0 to 1: how much of what was seen the stage explains, not a probability
 * @param because a sentence that a musician understands
 * @param evidence figures behind it, by name with unit
 */
public record ExplainedStage(
        String stage, double confidence, String because, Map<String, Double> evidence) {
    public ExplainedStage {
        evidence = Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    }
}
