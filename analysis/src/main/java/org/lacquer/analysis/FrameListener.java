// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/** Hears every spectral frame of a stream, in order. */
@FunctionalInterface
interface FrameListener {
    /**
     * @param spectra as {@link SpectralFrames#transform} left it; valid during the call
     */
    void frame(SpectralFrames spectra);
}
