// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.audio.Progress;

/** Hears which step of mastering is running and how far it is. Calls come on the working thread. */
@FunctionalInterface
public interface MasteringProgress {
    /** Ignores everything. */
    MasteringProgress NONE = (step, fraction) -> {};

    /** Steps in order. */
    enum Step {
        READ,
        ANALYSE,
        INFER,
        RENDER,
        VERIFY
    }

    /**
     * @param fraction of this step, 0 to 1
     */
    void at(Step step, double fraction);

    /** Hears how far one step is. */
    default Progress within(Step step) {
        return fraction -> at(step, fraction);
    }
}
