// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.inference.Target;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Candidates side by side.
 *
 * @param target genre or references that tone is held against; empty when nobody named one and the
 *     model was not asked
 * @param candidates in the order of the request
 * @param matchedLufs the common loudness of listening
 * @param rankings one a criterion, no sum of them
 */
public record Comparison(
        Path mix,
        Optional<Target> target,
        List<Candidate> candidates,
        double matchedLufs,
        List<Ranking> rankings) {
    public Comparison {
        candidates = List.copyOf(candidates);
        rankings = List.copyOf(rankings);
    }
}
