// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.inference.model.Causes;
import org.lacquer.inference.model.Prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the model said about a mix, and how that becomes part of a reason.
 *
 * @param toward with the target
 * @param without for the same mix without any target
 * @param causes of the answer with the target
 */
record Answer(Prediction toward, Prediction without, Causes causes) {
    /** Two-sided 90 %. */
    static final double SIGMAS_90 = 1.645;

    private static final int CAUSES_TOLD = 3;

    /** An answer without the smallest part of it is not worth telling of. */
    private static final double SMALLEST_CAUSE = 0.005;

    /** A decision about a value that is the model's answer for one setting, in dB. */
    Decision decibels(
            String setting,
            int index,
            double valueDb,
            String because,
            Map<String, Double> evidence,
            double gate,
            Optional<String> cap) {
        double mean = toward.mean()[index];
        double reach = SIGMAS_90 * toward.sigma()[index];
        return new Decision(
                setting,
                valueDb,
                "dB",
                because,
                evidence,
                Optional.of(interval(mean - reach, mean + reach)),
                causes(index, "dB"),
                OptionalDouble.of(Words.rounded(gate, 0.01)),
                cap);
    }

    /** A decision about a ratio, of which the model answers the slope 1/ratio. */
    Decision ratio(
            String setting,
            int index,
            double ratio,
            String because,
            Map<String, Double> evidence,
            double gate,
            Optional<String> cap) {
        double mean = toward.mean()[index];
        double reach = SIGMAS_90 * toward.sigma()[index];
        return new Decision(
                setting,
                ratio,
                "",
                because,
                evidence,
                Optional.of(interval(1.0 / (mean + reach), 1.0 / Math.max(0.05, mean - reach))),
                causes(index, "slope"),
                OptionalDouble.of(Words.rounded(gate, 0.01)),
                cap);
    }

    static Decision.Interval interval(double low, double high) {
        return new Decision.Interval(Words.rounded(low, 0.01), Words.rounded(high, 0.01));
    }

    List<Decision.Cause> causes(int index, String unit) {
        double[] values = causes.of(index);
        List<Decision.Cause> told = new ArrayList<>();
        for (int group : causes.strongest(index, CAUSES_TOLD)) {
            double amount = values[group];
            if (Math.abs(amount) >= SMALLEST_CAUSE) {
                told.add(
                        new Decision.Cause(
                                Causes.GROUPS.get(group), Words.rounded(amount, 0.01), unit));
            }
        }
        return told;
    }
}
