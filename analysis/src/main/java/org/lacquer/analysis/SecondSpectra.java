// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.BiquadCoefficients;

import java.util.Arrays;
import java.util.List;

/**
 * Sums of spectra over each second of a stream: powers of mid and side, their cross spectrum, by
 * bin. A frame belongs to the second that holds its middle. What comes after is paid once a second
 * and not once a frame.
 */
final class SecondSpectra implements FrameListener {
    /** Part of its frames that a last second must have to count as one. */
    private static final double COMPLETE = 0.9;

    private final int sampleRateHz;
    private final int hop;
    private final Listener[] listeners;
    private long frames;
    private long second;

    /** Power of (L + R) / 2 by bin. */
    final double[] mid;

    /** Power of (L - R) / 2 by bin. */
    final double[] side;

    /** Re(M · conj S) by bin. */
    final double[] crossReal;

    /** Im(M · conj S) by bin. */
    final double[] crossImaginary;

    /** K-weighting by bin. */
    final double[] weighting;

    /** Frames in the sums. */
    int count;

    /** Hears every second in order, the last one also when it is not complete. */
    interface Listener {
        /**
         * @param sums valid during the call
         */
        void second(SecondSpectra sums);
    }

    SecondSpectra(int sampleRateHz, DeviceResponse.BinCosines cosines, Listener... listeners) {
        int length = SpectralFrames.length(sampleRateHz);
        int bins = length / 2 + 1;
        this.sampleRateHz = sampleRateHz;
        this.hop = length / 2;
        this.listeners = listeners.clone();
        this.mid = new double[bins];
        this.side = new double[bins];
        this.crossReal = new double[bins];
        this.crossImaginary = new double[bins];
        List<BiquadCoefficients> sections =
                List.of(Bs1770.shelf(sampleRateHz), Bs1770.highPass(sampleRateHz));
        this.weighting = cosines.powers(sections, 1.0);
    }

    @Override
    public void frame(SpectralFrames spectra) {
        long middle = (frames + 1) * hop / sampleRateHz;
        if (middle > second) {
            endSecond();
            second = middle;
        }
        add(mid, spectra.midPower);
        add(side, spectra.sidePower);
        add(crossReal, spectra.crossPower);
        addImaginary(spectra.midSpectrum(), spectra.sideSpectrum(), spectra.scale);
        count++;
        frames++;
    }

    /** Hands out the last second. */
    void finish() {
        endSecond();
    }

    double binHz() {
        return 0.5 * sampleRateHz / hop;
    }

    /** Whether so many frames are a second. */
    boolean complete(double frameCount) {
        return frameCount >= COMPLETE * sampleRateHz / hop;
    }

    /** First bin at or above a frequency, at most the number of bins. */
    int binAbove(double frequencyHz) {
        return (int) Math.min(mid.length, Math.ceil(frequencyHz / binHz()));
    }

    private void endSecond() {
        if (count > 0) {
            for (Listener listener : listeners) {
                listener.second(this);
            }
        }
        Arrays.fill(mid, 0.0);
        Arrays.fill(side, 0.0);
        Arrays.fill(crossReal, 0.0);
        Arrays.fill(crossImaginary, 0.0);
        count = 0;
    }

    private static void add(double[] sums, double[] powers) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += powers[k];
        }
    }

    private void addImaginary(double[] m, double[] s, double scale) {
        for (int k = 1; k < crossImaginary.length - 1; k++) {
            crossImaginary[k] += scale * (m[2 * k + 1] * s[2 * k] - m[2 * k] * s[2 * k + 1]);
        }
    }
}
