// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.duplicates;

/**
 * Two tracks that hold the same sound at one distance in time.
 *
 * @param first index of a track
 * @param second index of a later track
 * @param offsetSeconds how much later the second track has the sound; negative: earlier
 * @param bitErrorRate wrong bits in the blocks that agree, 0 to 0.35
 * @param share sound in blocks that agree, of all sound of the shorter track, 0 to 1
 */
record SameRecording(
        int first, int second, double offsetSeconds, double bitErrorRate, double share) {
    /**
     * From this share on a pair counts as the same recording. Tracks that share a loop or a sample
     * agree at one distance for as long as it lasts, and at other distances elsewhere.
     */
    static final double MOST = 0.5;

    /** Whether most of the shorter track is in the other one. */
    boolean duplicate() {
        return share >= MOST;
    }
}
