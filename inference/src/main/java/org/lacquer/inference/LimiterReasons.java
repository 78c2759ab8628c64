// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Finding;
import org.lacquer.analysis.Severity;
import org.lacquer.engine.GainReduction;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.Rendered;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is known of the limiter once a master is rendered. */
final class LimiterReasons {
    /** A limiter that turns down further than this on average deserves a word. */
    private static final double MUCH_LIMITING_DB = 4.0;

    private LimiterReasons() {}

    static List<Finding> findings(Rendered rendered) {
        List<Finding> findings = new ArrayList<>();
        double sum = 0.0;
        for (GainReduction reduction : rendered.reductions().getOrDefault("limiter", List.of())) {
            sum += reduction.meanDb();
        }
        if (sum > MUCH_LIMITING_DB) {
            findings.add(
                    new Finding(
                            Severity.WARNING,
                            "much-limiting",
                            "The demanded loudness takes "
                                    + Words.db(sum)
                                    + " of limiting on average; a lower loudness would keep more"
                                    + " punch, and most platforms turn down anyway.",
                            sum,
                            "dB",
                            Double.NaN));
        }
        return findings;
    }

    static List<Decision> decisions(Analysis mix, Rendered rendered) {
        LimiterSettings limiter = rendered.plan().limiter().orElseThrow();
        List<Decision> decisions = new ArrayList<>();
        decisions.add(
                new Decision(
                        "limiter.driveDb",
                        limiter.driveDb().orElseThrow(),
                        "dB",
                        "Found by rendering: with it the master measures "
                                + Words.number(rendered.integratedLufs())
                                + " LUFS through the limiter.",
                        Map.of(
                                "mixLufs", mix.loudness().integratedLufs(),
                                "masterLufs", rendered.integratedLufs(),
                                "masterDbtp", rendered.truePeakDbtp())));
        if (limiter.fastDb() > 0.0) {
            decisions.add(
                    new Decision(
                            "limiter.fastDb",
                            limiter.fastDb(),
                            "dB",
                            "The slow gain alone would have to work too hard for this loudness;"
                                    + " short dips take the tips of the peaks.",
                            Map.of()));
        }
        return decisions;
    }
}
