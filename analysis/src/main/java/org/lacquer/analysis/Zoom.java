// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Fft;

/**
 * The low end of a stream in finer bins: what {@link LowBand} leaves of the frames above, seen
 * through a Hann window of as many points, every half window. Powers are mean squares as in {@link
 * SpectralFrames}, mid and side together.
 */
final class Zoom {
    /** Samples that a frame of the level above becomes. */
    private static final int STEP_LENGTH = 256;

    private final int length;
    private final int stepSamples;
    private final double binHz;
    private final double[] window;
    private final Fft fft;
    private final LowBand midBand;
    private final LowBand sideBand;
    private final double[] midSamples;
    private final double[] sideSamples;
    private int filled;

    /** Factor from a squared magnitude to a power, but for DC, which takes half. */
    final double scale;

    /** Spectra of the last frame. */
    final double[] mid;

    final double[] side;

    /** Sums of powers by bin. */
    private final double[] sum;

    private long frames;

    /**
     * @param length points of the transform
     * @param aboveLength points of the frames above
     * @param aboveRateHz their sample rate
     */
    Zoom(int length, int aboveLength, double aboveRateHz) {
        int step = Math.min(STEP_LENGTH, aboveLength);
        this.length = length;
        this.binHz = aboveRateHz * step / aboveLength / length;
        this.window = SpectralFrames.hann(length);
        this.scale = SpectralFrames.scale(window);
        this.fft = new Fft(length);
        this.midBand = new LowBand(aboveLength, step);
        this.sideBand = new LowBand(aboveLength, step);
        this.midSamples = new double[length];
        this.sideSamples = new double[length];
        this.mid = new double[length];
        this.side = new double[length];
        this.sum = new double[length / 2];
        this.stepSamples = step / 2;
    }

    double rateHz() {
        return binHz * length;
    }

    double binHz() {
        return binHz;
    }

    int length() {
        return length;
    }

    long frames() {
        return frames;
    }

    /** Sum over all frames of the power of a bin. */
    double sum(int bin) {
        return sum[bin];
    }

    int bins() {
        return sum.length;
    }

    /** Hears a frame of the level above; true when it completes a frame of this one. */
    boolean hear(double[] midAbove, double[] sideAbove) {
        midBand.next(midAbove, midSamples, filled);
        sideBand.next(sideAbove, sideSamples, filled);
        filled += stepSamples;
        if (filled < length) {
            return false;
        }
        transform();
        int half = length / 2;
        System.arraycopy(midSamples, half, midSamples, 0, half);
        System.arraycopy(sideSamples, half, sideSamples, 0, half);
        filled = half;
        return true;
    }

    private void transform() {
        for (int i = 0; i < length; i++) {
            mid[i] = window[i] * midSamples[i];
            side[i] = window[i] * sideSamples[i];
        }
        fft.forward(mid);
        fft.forward(side);
        for (int k = 1; k < sum.length; k++) {
            double mr = mid[2 * k];
            double mi = mid[2 * k + 1];
            double sr = side[2 * k];
            double si = side[2 * k + 1];
            sum[k] += scale * (mr * mr + mi * mi + sr * sr + si * si);
        }
        sum[0] += 0.5 * scale * (mid[0] * mid[0] + side[0] * side[0]);
        frames++;
    }
}
