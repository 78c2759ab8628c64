// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

/** Works on one band of a {@link BandChain}, at double precision. */
interface BandStage {
    /** Works in place on {@code channels[c][0 .. count)}. Never allocates. */
    void process(double[][] channels, int count);

    /** Forgets all audio heard. */
    void reset();

    /** Frames between an input and the output it causes; the same for all bands of a chain. */
    default int latencyFrames() {
        return 0;
    }
}
