// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.jspecify.annotations.Nullable;

/** Hears every spectral frame of a stream, in order. */
@FunctionalInterface
interface FrameListener {
    /**
     * @param spectra as {@link SpectralFrames#transform} left it; valid during the call
     * @param fine has heard the frame already; null when only the rows are recorded
     */
    void frame(SpectralFrames spectra, @Nullable FineSpectrum fine);
}
