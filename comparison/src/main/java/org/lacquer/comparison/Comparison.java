// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.inference.Target;

import java.nio.file.Path;
import java.util.List;

/**
 * Candidates side by side.
 *
 * @param target genre or references that tone is held against
 * @param reference the mix itself, measured as a candidate is
 * @param candidates in the order of the request
 * @param matchedLufs the common loudness of listening
 * @param rankings one a criterion, no sum of them
 */
public record Comparison(
        Path mix,
        Target target,
        Candidate reference,
        List<Candidate> candidates,
        double matchedLufs,
        List<Ranking> rankings) {
    public Comparison {
        candidates = List.copyOf(candidates);
        rankings = List.copyOf(rankings);
    }
}
