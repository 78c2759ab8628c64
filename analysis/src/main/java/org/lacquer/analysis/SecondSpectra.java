// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.BiquadCoefficients;

import java.util.Arrays;
import java.util.List;

/**
 * Sums of spectra over each second of a stream: powers of mid and side and their cross spectrum, at
 * lines of frequency. Above 1 kHz a line is a bin of {@link SpectralFrames}, below one of the eight
 * times finer {@link Zoom}: the slope of a small loudspeaker lies within two of the wide bins. A
 * frame belongs to the second that holds its middle. What comes after is paid once a second and not
 * once a frame.
 */
final class SecondSpectra implements FrameListener {
    /** Lines of a bin's width below the split. */
    static final int FINER = 8;

    private static final double SPLIT_HZ = 1_000.0;

    /** The middle of the fine window lies this many frames before the one that completes it. */
    private static final int FINE_LAG_FRAMES = 8;

    /** Part of its frames that a last second must have to count as one. */
    private static final double COMPLETE = 0.9;

    private final int sampleRateHz;
    private final int hop;
    private final int firstBin;
    private final int fineLines;
    private final Listener[] listeners;
    private long frames;
    private long fineFrames;
    private Bins current;
    private Bins waiting;
    private final double[] fineMid;
    private final double[] fineSide;
    private final double[] fineCross;
    private int fineCount;

    /** Multiple of binHz / {@link #FINER} at which each line stands. */
    final int[] steps;

    /** Power of (L + R) / 2 by line, summed over the frames of the second. */
    final double[] mid;

    /** Power of (L - R) / 2 by line. */
    final double[] side;

    /** Re(M · conj S) by line. */
    final double[] crossReal;

    /** K-weighting by line. */
    final double[] weighting;

    /** Hears every second in order, the last one also when it is not complete. */
    interface Listener {
        /**
         * @param sums valid during the call
         */
        void second(SecondSpectra sums);
    }

    /**
     * @param cosines of at least {@link #FINER} frames of {@link SpectralFrames}
     */
    SecondSpectra(int sampleRateHz, BinCosines cosines, Listener... listeners) {
        int length = SpectralFrames.length(sampleRateHz);
        int bins = length / 2 + 1;
        this.sampleRateHz = sampleRateHz;
        this.hop = length / 2;
        this.listeners = listeners.clone();
        this.current = new Bins(bins);
        this.waiting = new Bins(bins);
        this.firstBin = (int) Math.ceil(SPLIT_HZ / binHz());
        this.fineLines = FINER * firstBin - FINER / 2;
        int lines = fineLines + bins - firstBin;
        this.steps = new int[lines];
        for (int i = 0; i < lines; i++) {
            steps[i] = i < fineLines ? i : FINER * (firstBin + i - fineLines);
        }
        this.fineMid = new double[fineLines];
        this.fineSide = new double[fineLines];
        this.fineCross = new double[fineLines];
        this.mid = new double[lines];
        this.side = new double[lines];
        this.crossReal = new double[lines];
        List<BiquadCoefficients> sections =
                List.of(Bs1770.shelf(sampleRateHz), Bs1770.highPass(sampleRateHz));
        this.weighting = cosines.powers(sections, 1.0, steps);
    }

    @Override
    public void frame(SpectralFrames spectra, @Nullable FineSpectrum fine) {
        long second = (frames + 1) * hop / sampleRateHz;
        if (second > current.second) {
            if (waiting.count > 0) {
                endSecond();
            }
            Bins old = waiting;
            waiting = current;
            current = old;
            current.second = second;
        }
        current.add(spectra);
        frames++;
        if (fine == null) {
            return;
        }
        Zoom zoom = fine.middle();
        if (zoom.frames() > fineFrames) {
            fineFrames = zoom.frames();
            long middle = Math.max(0, frames - FINE_LAG_FRAMES) * hop / sampleRateHz;
            if (waiting.count > 0 && middle > waiting.second) {
                endSecond();
            }
            addFine(zoom);
        }
    }

    /** Hands out what is left. */
    void finish() {
        if (waiting.count > 0) {
            endSecond();
        }
        Bins old = waiting;
        waiting = current;
        current = old;
        if (waiting.count > 0) {
            endSecond();
        }
    }

    /** The second in bins of {@link SpectralFrames}. */
    Bins bins() {
        return waiting;
    }

    /** Frames in the sums. */
    int count() {
        return waiting.count;
    }

    /** Width of a bin of {@link SpectralFrames}. */
    double binHz() {
        return 0.5 * sampleRateHz / hop;
    }

    /** Lower edge of what a line stands for, in steps. */
    double lowerEdge(int line) {
        return steps[line] - (line < fineLines ? 0.5 : 0.5 * FINER);
    }

    /** Upper edge of what a line stands for, in steps. */
    double upperEdge(int line) {
        return steps[line] + (line < fineLines ? 0.5 : 0.5 * FINER);
    }

    /** Whether so many frames are a second. */
    boolean complete(double frameCount) {
        return frameCount >= COMPLETE * sampleRateHz / hop;
    }

    /** First line at or above a frequency, at most the number of lines. */
    int lineAbove(double frequencyHz) {
        double step = Math.ceil(frequencyHz / binHz() * FINER);
        if (step < fineLines) {
            return (int) Math.max(0.0, step);
        }
        double bin = Math.max(firstBin, Math.ceil(frequencyHz / binHz()));
        return (int) Math.min(steps.length, fineLines + bin - firstBin);
    }

    private void endSecond() {
        fill(fineMid, waiting.mid, mid);
        fill(fineSide, waiting.side, side);
        fill(fineCross, waiting.crossReal, crossReal);
        fineCount = 0;
        for (Listener listener : listeners) {
            listener.second(this);
        }
        waiting.clear();
    }

    /** Lines from the fine sums, or from a share of the wide bins when there is no fine frame. */
    private void fill(double[] fine, double[] wide, double[] lines) {
        for (int i = 0; i < fineLines; i++) {
            lines[i] =
                    fineCount > 0
                            ? fine[i] * waiting.count / fineCount
                            : wide[(i + FINER / 2) / FINER] / FINER;
        }
        System.arraycopy(wide, firstBin, lines, fineLines, lines.length - fineLines);
        Arrays.fill(fine, 0.0);
    }

    private void addFine(Zoom zoom) {
        double[] m = zoom.mid;
        double[] s = zoom.side;
        for (int k = 1; k < fineLines; k++) {
            double mr = m[2 * k];
            double mi = m[2 * k + 1];
            double sr = s[2 * k];
            double si = s[2 * k + 1];
            fineMid[k] += zoom.scale * (mr * mr + mi * mi);
            fineSide[k] += zoom.scale * (sr * sr + si * si);
            fineCross[k] += zoom.scale * (mr * sr + mi * si);
        }
        fineCount++;
    }

    /** Sums in bins of {@link SpectralFrames}. */
    static final class Bins {
        final double[] mid;
        final double[] side;
        final double[] crossReal;

        /** Im(M · conj S). */
        final double[] crossImaginary;

        int count;
        private long second;

        Bins(int bins) {
            this.mid = new double[bins];
            this.side = new double[bins];
            this.crossReal = new double[bins];
            this.crossImaginary = new double[bins];
        }

        private void add(SpectralFrames spectra) {
            add(mid, spectra.midPower);
            add(side, spectra.sidePower);
            add(crossReal, spectra.crossPower);
            double[] m = spectra.midSpectrum();
            double[] s = spectra.sideSpectrum();
            for (int k = 1; k < crossImaginary.length - 1; k++) {
                crossImaginary[k] +=
                        spectra.scale * (m[2 * k + 1] * s[2 * k] - m[2 * k] * s[2 * k + 1]);
            }
            count++;
        }

        private static void add(double[] sums, double[] powers) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += powers[k];
            }
        }

        private void clear() {
            Arrays.fill(mid, 0.0);
            Arrays.fill(side, 0.0);
            Arrays.fill(crossReal, 0.0);
            Arrays.fill(crossImaginary, 0.0);
            count = 0;
        }
    }
}
