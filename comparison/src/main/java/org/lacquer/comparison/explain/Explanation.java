// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison.explain;

import org.lacquer.analysis.Finding;
import org.lacquer.engine.MasteringPlan;

import java.util.List;

/**
 * What was done to a mix to get a master.
 *
 * @param plan a plan that comes close; there are others that come as close
 * @param stages what speaks for each of its stages, in the order of the plan
 * @param toneHz centres of bands, third octaves up to 100 Hz and sixths above
 * @param toneDb what the steady stages do there, level aside; NaN where the music has nothing
 * @param compressionDb mean gain reduction where there is sound, of the band that has most
 * @param limitingDb mean gain reduction of the limiter
 * @param limitingMaxDb its largest
 * @param left what the plan does not explain
 * @param startSeconds where the stretch begins that was looked at
 * @param endSeconds where it ends
 * @param findings what a plan cannot say
 */
public record Explanation(
        MasteringPlan plan,
        List<ExplainedStage> stages,
        List<Double> toneHz,
        List<Double> toneDb,
        double compressionDb,
        double limitingDb,
        double limitingMaxDb,
        Leftover left,
        double startSeconds,
        double endSeconds,
        List<Finding> findings) {
    public Explanation {
        stages = List.copyOf(stages);
        toneHz = List.copyOf(toneHz);
        toneDb = List.copyOf(toneDb);
        findings = List.copyOf(findings);
    }
}
