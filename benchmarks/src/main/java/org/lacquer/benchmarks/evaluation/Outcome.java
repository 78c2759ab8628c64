// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks.evaluation;

/**
 * One rendering.
 *
 * @param kept whether loudness within 0.2 LU, ceiling and length were kept
 * @param share of the inferred moves that backing off left, 1 when it did not
 */
record Outcome(Competitor competitor, boolean kept, double share, Distances distances) {
    /** The same under another competitor's name. */
    Outcome of(Competitor other) {
        return new Outcome(other, kept, share, distances);
    }
}
