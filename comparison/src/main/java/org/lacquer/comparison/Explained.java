// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.analysis.Analysis;
import org.lacquer.comparison.explain.Explanation;

/**
 * A mix, its master, and what was done between them.
 *
 * @param alignment how the master lay against the mix
 * @param mix figures of the mix as a file
 * @param master figures of the master as it was delivered
 */
public record Explained(
        Alignment alignment, Analysis mix, Analysis master, Explanation explanation) {}
