// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

/**
 * Which part of a stereo signal a band works on. With another number of channels {@link #STEREO}
 * and {@link #MID} mean every channel, and bands on the others are left out.
 */
public enum ChannelPlacement {
    /** Both channels alike. */
    STEREO,
    /** Half the sum of left and right. */
    MID,
    /** Half the difference of left and right. */
    SIDE,
    LEFT,
    RIGHT
}
