// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

/**
 * Where the parts of a feature vector lie: the order of {@code org.lacquer.analysis.FeatureSet}.
 */
public final class Layout {
    /** Third-octave bands from 25 Hz to 20 kHz. */
    public static final int BANDS = 30;

    public static final int LTAS = 0;

    /** Side over mid, dB, in six groups of third octaves. */
    public static final int SIDE_MID = 30;

    /** Left-right correlation in the same groups. */
    public static final int CORRELATION = 36;

    /** Eight level quantiles in each of three bands. */
    public static final int LEVELS = 42;

    public static final int PLR = 71;

    /** Features that a target describes; the content descriptors follow. */
    public static final int TARGET_WIDTH = 76;

    /** Flag for no target, and 1 / (1 + effective tracks). */
    public static final int CODE_WIDTH = 2;

    public static final int CONTENT_WIDTH = 235;
    public static final int WIDTH = TARGET_WIDTH + CONTENT_WIDTH;

    /** First third octave of each group, and the end. */
    static final int[] GROUP_STARTS = {0, 9, 15, 20, 24, 27, 30};

    private Layout() {}
}
