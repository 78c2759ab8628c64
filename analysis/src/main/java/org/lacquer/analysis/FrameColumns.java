// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/** What a row of the {@link FrameStore} holds for one spectral frame; all are powers. */
final class FrameColumns {
    /** Compressor detectors are read this often a frame. */
    static final int READINGS = 4;

    static final int WEIGHTED = 0;
    static final int WEIGHTED_MID = 1;
    static final int TOTAL = 2;
    static final int MID = 3;
    static final int SIDE = MID + ThirdOctaves.COUNT;
    static final int CROSS = SIDE + ThirdOctaves.COUNT;
    static final int ENVELOPES = CROSS + FeatureSet.GROUPS;
    static final int BAND_POWERS = ENVELOPES + CompressorBands.BANDS * READINGS;
    static final int WIDTH = BAND_POWERS + CompressorBands.BANDS;

    private FrameColumns() {}
}
