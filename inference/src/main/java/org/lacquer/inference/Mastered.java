// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Finding;
import org.lacquer.audio.SourceInfo;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.Rendered;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What mastering did.
 *
 * @param output empty after a dry run
 * @param inputFigures of the mix, or of its excerpt
 * @param outputFigures measured on the written file; empty after a dry run
 * @param findings about the mix, and about the master where it deserves a warning
 * @param target empty when a given plan was rendered
 * @param plan complete: rendering it gives the same samples. After a dry run the limiter's drive is
 *     not solved
 * @param decisions why each setting is so; empty when a given plan was rendered
 * @param seconds wall-clock time
 */
public record Mastered(
        Path input,
        Optional<Path> output,
        SourceInfo inputInfo,
        Analysis inputFigures,
        Optional<Analysis> outputFigures,
        List<Finding> findings,
        Optional<Target> target,
        MasteringPlan plan,
        List<Decision> decisions,
        Optional<Rendered> rendered,
        double seconds) {
    public Mastered {
        findings = List.copyOf(findings);
        decisions = List.copyOf(decisions);
    }
}
