// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One setting of a plan and why it is so. Explained values are exactly the values in the plan.
 *
 * @param setting path in the plan, for instance {@code parametric-eq.bands[2].gainDb}
 * @param value as in the plan
 * @param unit of the value, empty for ratios
 * @param because a sentence that a musician understands
 * @param evidence figures behind the sentence, by name with unit, for instance {@code mixDb}
 * @param interval where the model expects the right value in nine of ten cases, in the value's
 *     unit; empty for what follows a rule
 * @param causes the strongest reasons for the model's answer, the strongest first; empty for what
 *     follows a rule
 * @param gate share of the model's answer that doubt has left, 0 to 1; empty for what follows a
 *     rule
 * @param cap the bound that holds the value back, in words; empty when none does
 */
public record Decision(
        String setting,
        double value,
        String unit,
        String because,
        Map<String, Double> evidence,
        Optional<Interval> interval,
        List<Cause> causes,
        OptionalDouble gate,
        Optional<String> cap) {
    public Decision {
        evidence = Map.copyOf(evidence);
        causes = List.copyOf(causes);
    }

    /** By rule: nothing was predicted. */
    public Decision(
            String setting,
            double value,
            String unit,
            String because,
            Map<String, Double> evidence) {
        this(
                setting,
                value,
                unit,
                because,
                evidence,
                Optional.empty(),
                List.of(),
                OptionalDouble.empty(),
                Optional.empty());
    }

    /** Both ends of where the right value is expected. */
    public record Interval(double low, double high) {}

    /**
     * What a group of figures adds to the model's answer, compared with average music.
     *
     * @param name of the group, for instance {@code bass} or {@code target}
     * @param amount in {@code unit}; all groups together give the answer less that for average
     *     music
     * @param unit of the model's answer: dB, or the slope (1/ratio) of a compressor
     */
    public record Cause(String name, double amount, String unit) {}
}
