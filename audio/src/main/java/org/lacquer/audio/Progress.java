// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/**
 * Hears how far a long task has come. Calls come on the task's own thread and must return quickly.
 */
@FunctionalInterface
public interface Progress {
    /** Ignores everything. */
    Progress NONE = fraction -> {};

    /**
     * @param fraction 0 to 1, never falling
     */
    void at(double fraction);
}
