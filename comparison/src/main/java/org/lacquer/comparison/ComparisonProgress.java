// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

/** Hears what a comparison is doing. Calls come on the working thread. */
@FunctionalInterface
public interface ComparisonProgress {
    /** Ignores everything. */
    ComparisonProgress NONE = (what, fraction) -> {};

    /**
     * @param what a few words, for instance {@code rendering warm.yaml}
     * @param fraction of the whole comparison, 0 to 1
     */
    void at(String what, double fraction);
}
