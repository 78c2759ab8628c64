// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * What the figures of a whole song need of its spectral frames: fine bins, resonances, onsets and
 * sections. Memory: 0.25 kB a second of audio, and up to 5 MB.
 */
final class SongFrames {
    private final double hopSeconds;
    private final FineSpectrum fine;
    private final ResonanceSearch resonances;
    private final OnsetEnvelope onsets;
    private final SectionRows sections;

    SongFrames(SpectralFrames spectra, int sampleRateHz) {
        this.hopSeconds = (double) spectra.hop() / sampleRateHz;
        this.fine = new FineSpectrum(spectra, sampleRateHz);
        this.resonances = new ResonanceSearch(fine, spectra, sampleRateHz);
        this.onsets = new OnsetEnvelope();
        this.sections = new SectionRows(hopSeconds);
    }

    /** Hears a frame as {@link SpectralFrames#transform} left it. */
    void hear(SpectralFrames spectra) {
        onsets.hear(spectra);
        sections.hear(spectra);
        if (fine.hear()) {
            resonances.hear();
        }
    }

    /** Time between frames. */
    double hopSeconds() {
        return hopSeconds;
    }

    FineSpectrum fine() {
        return fine;
    }

    ResonanceSearch resonances() {
        return resonances;
    }

    OnsetEnvelope onsets() {
        return onsets;
    }

    SectionRows sections() {
        return sections;
    }
}
