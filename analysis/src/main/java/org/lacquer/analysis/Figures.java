// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/** How much {@link Analyzer} measures. */
public enum Figures {
    /** Loudness, peaks, levels, PLR and PSR. */
    LOUDNESS,
    /** As {@link #LOUDNESS}, and the dynamic range: what is told of a finished master. */
    MASTER,
    /** Everything. */
    ALL
}
