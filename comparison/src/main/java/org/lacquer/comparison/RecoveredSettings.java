// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.audio.FailureException;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What was done to the mix to get the masters of a comparison: {@link MasterExplainer} on each. */
public final class RecoveredSettings {
    /** Of a copy nothing is left, and nothing is to explain. */
    private static final double COPY_DB = -110.0;

    private RecoveredSettings() {}

    /**
     * @param wanted which candidates; those that are not made of this mix, or too short, are left
     *     out all the same
     * @param progress hears the candidate's name
     * @return by the candidate's name
     */
    public static Map<String, Explained> of(
            Comparison comparison, Predicate<Candidate> wanted, ComparisonProgress progress)
            throws IOException {
        Map<String, Explained> recovered = new HashMap<>();
        for (Candidate candidate : comparison.candidates()) {
            if (!wanted.test(candidate) || !explicable(candidate)) {
                continue;
            }
            String words = "explaining " + candidate.name();
            try {
                recovered.put(
                        candidate.name(),
                        MasterExplainer.explain(
                                comparison.mix(),
                                candidate.file(),
                                part -> progress.at(words, part)));
            } catch (FailureException tooShort) {
                // The report then goes without its settings.
                progress.at(words, 1.0);
            }
        }
        return recovered;
    }

    private static boolean explicable(Candidate candidate) {
        boolean related =
                candidate
                        .alignment()
                        .map(alignment -> alignment.confidence() >= Alignment.DOUBTFUL)
                        .orElse(false);
        return related && candidate.difference().residualDb() > COPY_DB;
    }
}
