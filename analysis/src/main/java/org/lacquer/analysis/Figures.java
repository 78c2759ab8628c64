// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/** How much {@link Analyzer} measures. */
public enum Figures {
    /** Loudness, peaks, levels, PLR and PSR. */
    LOUDNESS,
    /** Everything. */
    ALL
}
