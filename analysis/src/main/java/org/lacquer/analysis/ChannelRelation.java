// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * What the two channels are to each other. NaN is undefined; for one channel everything is.
 *
 * @param balanceDb K-weighted power of left over right, positive when left is louder, limited to
 *     ±100
 * @param balanceDbOverTime the same over windows of 3 s every second, at the end of the window
 * @param delayMs positive when the right channel comes later than the left; NaN unless one delay
 *     stands out ({@link ChannelDelay} tells how it is found); -10 to 10
 * @param delayCoherence height of the peak that gives the delay: 1 when one channel is the other,
 *     moved or not; NaN when less than a second is audible
 * @param polarityInverted one channel is the other's negative, moved or not
 * @param dualMono both channels carry the same: side is at least 60 dB below mid
 * @param dead the channel that is silent or at least 60 dB below the other
 */
public record ChannelRelation(
        double balanceDb,
        Series balanceDbOverTime,
        double delayMs,
        double delayCoherence,
        boolean polarityInverted,
        boolean dualMono,
        DeadChannel dead) {

    /** One channel, or nothing to measure. */
    public static final ChannelRelation NONE =
            new ChannelRelation(
                    Double.NaN,
                    Series.EMPTY,
                    Double.NaN,
                    Double.NaN,
                    false,
                    false,
                    DeadChannel.NONE);

    /** A channel that is not there. */
    public enum DeadChannel {
        NONE,
        LEFT,
        RIGHT
    }
}
