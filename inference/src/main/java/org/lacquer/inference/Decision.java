// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import java.util.Map;

/**
 * One setting of a plan and why it is so. Explained values are exactly the values in the plan.
 *
 * @param setting path in the plan, for instance {@code parametric-eq.bands[2].gainDb}
 * @param value as in the plan
 * @param unit of the value, empty for ratios
 * @param because a sentence that a musician understands
 * @param evidence figures behind the sentence, by name with unit, for instance {@code mixDb}
 */
public record Decision(
        String setting, double value, String unit, String because, Map<String, Double> evidence) {
    public Decision {
        evidence = Map.copyOf(evidence);
    }
}
