// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

/**
 * Long-term power of a stream in bins that are narrow enough for sixth octaves down to 25 Hz.
 *
 * <p>Three transforms share the work: that of {@link SpectralFrames} (bins of 21.5 Hz at 44.1 kHz)
 * above 1412 Hz, a {@link Zoom} of it (2.7 Hz) down to 178 Hz, and a zoom of that (0.67 Hz, 1.5 s)
 * below. A stream that is too short for the longer window is read from the shorter one.
 */
final class FineSpectrum {
    /** Edges of sixth octaves between the levels. */
    static final double UPPER_SPLIT_HZ = 1000.0 * StrictMath.pow(10.0, 0.15);

    static final double LOWER_SPLIT_HZ = 1000.0 * StrictMath.pow(10.0, -0.75);

    private static final int MIDDLE_LENGTH = 2048;
    private static final int LOW_LENGTH = 1024;

    private final SpectralFrames top;
    private final double topBinHz;
    private final Zoom middle;
    private final Zoom low;

    FineSpectrum(SpectralFrames top, int sampleRateHz) {
        this.top = top;
        this.topBinHz = top.binHz(1, sampleRateHz);
        this.middle = new Zoom(MIDDLE_LENGTH, top.length(), sampleRateHz);
        this.low = new Zoom(LOW_LENGTH, MIDDLE_LENGTH, middle.rateHz());
    }

    /** Hears the frame in {@code top}; true when it completes a frame of the middle level. */
    boolean hear() {
        if (!middle.hear(top.midSpectrum(), top.sideSpectrum())) {
            return false;
        }
        low.hear(middle.mid, middle.side);
        return true;
    }

    Zoom middle() {
        return middle;
    }

    Zoom low() {
        return low;
    }

    double topBinHz() {
        return topBinHz;
    }

    /** Mean power between two frequencies, not gated; the band lies on one side of each split. */
    double power(double lowHz, double highHz) {
        double middleHz = Math.sqrt(lowHz * highHz);
        if (middleHz < LOWER_SPLIT_HZ && low.frames() > 0) {
            return power(low, lowHz, highHz);
        }
        if (middleHz < UPPER_SPLIT_HZ && middle.frames() > 0) {
            return power(middle, lowHz, highHz);
        }
        double from = lowHz / topBinHz;
        double to = Math.min(highHz / topBinHz, top.length() / 2.0);
        double sum = 0.0;
        for (int k = (int) (from + 0.5); k <= top.length() / 2 && k - 0.5 < to; k++) {
            sum += overlap(k, from, to) * top.meanPower(k);
        }
        return sum;
    }

    private static double power(Zoom zoom, double lowHz, double highHz) {
        double from = lowHz / zoom.binHz();
        double to = highHz / zoom.binHz();
        double sum = 0.0;
        for (int k = (int) (from + 0.5); k < zoom.bins() && k - 0.5 < to; k++) {
            sum += overlap(k, from, to) * zoom.sum(k);
        }
        return sum / zoom.frames();
    }

    /** Part of bin k, from k - 0.5 to k + 0.5, between two edges. */
    static double overlap(int k, double from, double to) {
        return Math.max(0.0, Math.min(to, k + 0.5) - Math.max(from, k - 0.5));
    }
}
