// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

/**
 * Where a recording lies in time against another at the same sample rate: frame n of the one is
 * frame n · (1 + driftPpm / 10^6) + offsetFrames of the other.
 *
 * @param offsetFrames positive when the other begins later
 * @param driftPpm how much slower the other's clock ran, in parts per million
 * @param inverted whether the other has the opposite polarity
 * @param confidence 0 to 1: how alike the two are where they lie on each other; below {@link
 *     #DOUBTFUL} they may be different recordings
 */
public record Alignment(double offsetFrames, double driftPpm, boolean inverted, double confidence) {
    /** Two recordings of other songs, or of other takes, stay below this. */
    public static final double DOUBTFUL = 0.25;

    /** Nothing to move. */
    public static final Alignment NONE = new Alignment(0.0, 0.0, false, 1.0);

    /** Frame of the other for a frame of the one. */
    double at(double frame) {
        return frame * (1.0 + driftPpm * 1e-6) + offsetFrames;
    }

    /** The same for a stretch of the one that begins at a frame of it. */
    Alignment from(long frame) {
        return new Alignment(at(frame), driftPpm, inverted, confidence);
    }

    /** Whether frames need only to be counted, not interpolated. */
    boolean whole() {
        return driftPpm == 0.0 && offsetFrames == Math.rint(offsetFrames);
    }
}
