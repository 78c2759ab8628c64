// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.inference.MasteringRequest;

import java.nio.file.Path;
import java.util.List;

/**
 * What shall be compared, and against what.
 *
 * @param candidates at least one; the same one twice is allowed
 * @param mastering genre, references and platform: the target of all, and what the AI is asked for
 * @param folder where renders and players go; created when it is missing
 * @param overwrite whether files of an earlier comparison may be replaced
 */
public record ComparisonRequest(
        Path mix,
        List<CandidateChoice> candidates,
        MasteringRequest mastering,
        Path folder,
        boolean overwrite) {
    public ComparisonRequest {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("candidates must hold at least one");
        }
    }
}
