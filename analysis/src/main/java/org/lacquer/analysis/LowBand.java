// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Fft;

/**
 * Decimates a signal that comes as spectra of its frames, by eight at 44.1 kHz.
 *
 * <p>Hann windows at every half window add up to one. So the lowest bins of each frame, transformed
 * back by a shorter transform and overlapped, are the signal below a cutoff at a lower rate: no
 * filter runs over the samples. Bins of the upper quarter fade out by a raised cosine, which keeps
 * the ringing of the cutoff within the frame; the lower three quarters are exact but for the
 * window's side lobes (below -100 dB two tenths of the band away from the fade).
 */
final class LowBand {
    /** Bins above this part of the new band fade out. */
    static final double PASS = 0.75;

    private final int length;
    private final Fft fft;
    private final double[] gains;
    private final double[] buffer;
    private final double[] tail;

    /**
     * @param frameLength frames of the window behind the spectra
     * @param length samples that a frame becomes, at most {@code frameLength}
     */
    LowBand(int frameLength, int length) {
        this.length = length;
        this.fft = new Fft(length);
        this.buffer = new double[length];
        this.tail = new double[length / 2];
        this.gains = new double[length / 2];
        boolean whole = length == frameLength;
        for (int k = 0; k < gains.length; k++) {
            double place = (k / (0.5 * length) - PASS) / (1.0 - PASS);
            double fade = place <= 0.0 ? 1.0 : 0.5 + 0.5 * StrictMath.cos(StrictMath.PI * place);
            gains[k] = (whole ? 1.0 : fade) * length / frameLength;
        }
    }

    /**
     * Turns a frame into {@code length / 2} samples.
     *
     * @param spectrum as {@link Fft#forward} leaves it
     */
    void next(double[] spectrum, double[] out, int offset) {
        buffer[0] = gains[0] * spectrum[0];
        buffer[1] = 0.0;
        for (int k = 1; k < gains.length; k++) {
            buffer[2 * k] = gains[k] * spectrum[2 * k];
            buffer[2 * k + 1] = gains[k] * spectrum[2 * k + 1];
        }
        fft.inverse(buffer);
        for (int i = 0; i < tail.length; i++) {
            out[offset + i] = tail[i] + buffer[i];
            tail[i] = buffer[length / 2 + i];
        }
    }
}
