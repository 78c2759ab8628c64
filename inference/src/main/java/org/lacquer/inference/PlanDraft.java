// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Finding;
import org.lacquer.analysis.Severity;
import org.lacquer.engine.StageSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One plan in the making: its stages, reasons and findings so far. */
final class PlanDraft {
    final List<StageSettings> stages = new ArrayList<>();
    final List<Decision> decisions = new ArrayList<>();
    final List<Finding> findings = new ArrayList<>();
    final Analysis mix;
    final Target target;
    final MasteringRequest request;

    /** Of the mix; empty where it has none. */
    final double[] features;

    PlanDraft(Analysis mix, Target target, MasteringRequest request, double[] features) {
        this.mix = mix;
        this.target = target;
        this.request = request;
        this.features = features;
    }

    /** Share of a stage's move that was asked for; 0 when the stage is left out. */
    double amount(Class<? extends StageSettings> kind) {
        String name = StageSettings.stageName(kind);
        return request.bypass().contains(name)
                ? 0.0
                : request.amounts().getOrDefault(name, 100) / 100.0;
    }

    /** Whether a stage is left out, by its name or with an amount of 0. */
    boolean bypassed(Class<? extends StageSettings> kind) {
        return amount(kind) == 0.0;
    }

    /** A decision by rule. */
    void decide(
            String setting,
            double value,
            String unit,
            String because,
            Map<String, Double> evidence) {
        decisions.add(new Decision(setting, value, unit, because, evidence));
    }

    /** Something to know, about which nothing is wrong. */
    void inform(String code, String message, double value, String unit) {
        findings.add(new Finding(Severity.INFO, code, message, value, unit, Double.NaN));
    }

    void warn(String code, String message, double value, String unit) {
        findings.add(new Finding(Severity.WARNING, code, message, value, unit, Double.NaN));
    }
}
