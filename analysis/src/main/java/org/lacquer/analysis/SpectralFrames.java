// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Fft;

/**
 * Short-time spectra of mid = (L + R) / 2 and side = (L - R) / 2, gathered into third-octave bands.
 *
 * <p>Hann window of 2048 frames at 44.1 and 48 kHz, twice or half as long with every octave of the
 * rate, every half window. Powers are mean squares: a bin's power is divided by length · Σw² and
 * counted twice, but for DC and Nyquist. Bins that straddle the edge of a band are shared in
 * proportion to their width.
 */
final class SpectralFrames {
    private static final int LENGTH_48K = 2048;

    private final int length;
    private final double[] window;
    private final Fft fft;
    private final double[] mid;
    private final double[] side;
    private final double[] weighting;
    private final int[] bandStart = new int[ThirdOctaves.COUNT];
    private final double[][] bandShares = new double[ThirdOctaves.COUNT][];

    /** Powers of the last frame by bin, and Re(M · conj S). */
    final double[] midPower;

    final double[] sidePower;
    final double[] crossPower;

    /** Factor from a squared magnitude to a power, but for DC and Nyquist, which take half. */
    final double scale;

    final double[] midBands = new double[ThirdOctaves.COUNT];
    final double[] sideBands = new double[ThirdOctaves.COUNT];

    /** Re(M · conj S) by group. */
    final double[] crossGroups = new double[FeatureSet.GROUPS];

    /** Sum of frame powers by bin, mid and side together. */
    final double[] meanPower;

    double weightedPower;
    double weightedMidPower;
    double totalPower;
    private long frames;

    SpectralFrames(int sampleRateHz) {
        this.length = length(sampleRateHz);
        this.fft = new Fft(length);
        this.window = hann(length);
        this.scale = scale(window);
        this.mid = new double[length];
        this.side = new double[length];
        int bins = length / 2 + 1;
        this.midPower = new double[bins];
        this.sidePower = new double[bins];
        this.crossPower = new double[bins];
        this.meanPower = new double[bins];
        this.weighting = new double[bins];
        for (int k = 0; k < bins; k++) {
            weighting[k] = Bs1770.weightingPowerAt(binHz(k, sampleRateHz), sampleRateHz);
        }
        for (int b = 0; b < ThirdOctaves.COUNT; b++) {
            share(b, sampleRateHz);
        }
    }

    /** Periodic Hann window. */
    static double[] hann(int length) {
        double[] window = new double[length];
        for (int i = 0; i < length; i++) {
            double sine = StrictMath.sin(StrictMath.PI * i / length);
            window[i] = sine * sine;
        }
        return window;
    }

    /** Factor from the squared magnitude of a bin to its mean square; half of it at DC, Nyquist. */
    static double scale(double[] window) {
        double squares = 0.0;
        for (double value : window) {
            squares += value * value;
        }
        return 2.0 / (window.length * squares);
    }

    /** Frames of a window at a rate: the power of two nearest to 2048 · rate / 46 kHz. */
    static int length(int sampleRateHz) {
        int length = LENGTH_48K;
        while (sampleRateHz > 65_000.0 * length / LENGTH_48K) {
            length *= 2;
        }
        while (sampleRateHz < 32_500.0 * length / LENGTH_48K) {
            length /= 2;
        }
        return length;
    }

    int length() {
        return length;
    }

    int hop() {
        return length / 2;
    }

    /** Transform of the last windowed mid signal, as {@link Fft#forward} leaves it. */
    double[] midSpectrum() {
        return mid;
    }

    /** Transform of the last windowed side signal. */
    double[] sideSpectrum() {
        return side;
    }

    /** Frames transformed so far. */
    long frames() {
        return frames;
    }

    double binHz(int bin, double sampleRateHz) {
        return bin * sampleRateHz / length;
    }

    /** Mean power density by bin over all frames, mid and side together. */
    double meanPower(int bin) {
        return meanPower[bin] / frames;
    }

    /** Transforms {@code length()} frames and fills the fields. */
    void transform(float[] left, float[] right) {
        for (int i = 0; i < length; i++) {
            double l = 0.5 * left[i];
            double r = 0.5 * right[i];
            mid[i] = window[i] * (l + r);
            side[i] = window[i] * (l - r);
        }
        fft.forward(mid);
        fft.forward(side);
        binPowers();
        bandPowers();
        frames++;
    }

    private void binPowers() {
        int last = length / 2;
        binPower(0, mid[0], 0.0, side[0], 0.0, 0.5 * scale);
        binPower(last, mid[1], 0.0, side[1], 0.0, 0.5 * scale);
        for (int k = 1; k < last; k++) {
            binPower(k, mid[2 * k], mid[2 * k + 1], side[2 * k], side[2 * k + 1], scale);
        }
        double weighted = 0.0;
        double weightedMid = 0.0;
        double total = 0.0;
        for (int k = 0; k <= last; k++) {
            double power = midPower[k] + sidePower[k];
            meanPower[k] += power;
            total += power;
            weighted += weighting[k] * power;
            weightedMid += weighting[k] * midPower[k];
        }
        totalPower = total;
        weightedPower = weighted;
        weightedMidPower = weightedMid;
    }

    private void binPower(int k, double mr, double mi, double sr, double si, double factor) {
        midPower[k] = factor * (mr * mr + mi * mi);
        sidePower[k] = factor * (sr * sr + si * si);
        crossPower[k] = factor * (mr * sr + mi * si);
    }

    private void bandPowers() {
        for (int g = 0; g < FeatureSet.GROUPS; g++) {
            double groupCross = 0.0;
            for (int b = ThirdOctaves.groupStart(g); b < ThirdOctaves.groupEnd(g); b++) {
                double[] shares = bandShares[b];
                double m = 0.0;
                double s = 0.0;
                double cross = 0.0;
                for (int i = 0; i < shares.length; i++) {
                    int k = bandStart[b] + i;
                    m += shares[i] * midPower[k];
                    s += shares[i] * sidePower[k];
                    cross += shares[i] * crossPower[k];
                }
                midBands[b] = m;
                sideBands[b] = s;
                groupCross += cross;
            }
            crossGroups[g] = groupCross;
        }
    }

    /** Part of each bin's width that lies in the band. */
    private void share(int band, double sampleRateHz) {
        double low = ThirdOctaves.lowerEdgeHz(band) * length / sampleRateHz;
        double high =
                Math.min(ThirdOctaves.upperEdgeHz(band) * length / sampleRateHz, length / 2.0);
        int first = (int) Math.floor(low + 0.5);
        int last = (int) Math.floor(high + 0.5);
        bandStart[band] = first;
        bandShares[band] = new double[high <= low ? 0 : last - first + 1];
        for (int i = 0; i < bandShares[band].length; i++) {
            double from = Math.max(low, first + i - 0.5);
            double to = Math.min(high, first + i + 0.5);
            bandShares[band][i] = Math.max(0.0, to - from);
        }
    }
}
