// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

/** What is added before rounding to an integer bit depth. */
public enum DitherKind {
    /** Plain rounding to the nearest code. */
    NONE,
    /**
     * Triangular noise, 2 LSB peak to peak: the error's mean and power no longer follow the music.
     */
    TPDF
}
