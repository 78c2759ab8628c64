// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

/**
 * Looks at the highest samples, at whatever level they lie: a mix that was clipped and turned down
 * afterwards has flat tops below full scale, and a limited one touches its highest level all the
 * time.
 *
 * <p>The top is not known before the end. Runs are counted at the highest level so far, and the
 * count begins anew when a higher one comes.
 */
final class TopsMeter {
    /** One step of 16 bits, so that dither does not hide a run. */
    private static final float STEP = 1f / 32_768f;

    /** What a rounded peak cannot do: the slope of a clipped wave breaks off. */
    private static final float BREAK = 0.01f;

    private static final int SHORTEST_RUN = 3;

    private static final double LOWEST_DB = -60.0;
    private static final double HIGHEST_DB = 20.0;
    private static final int BINS_PER_DB = 50;
    private static final double LIMITED_DB = 0.3;

    private final StreamFormat format;
    private final FlatRuns[] runs;
    private final long[] peaks = new long[(int) ((HIGHEST_DB - LOWEST_DB) * BINS_PER_DB) + 1];

    TopsMeter(StreamFormat format) {
        this.format = format;
        this.runs = new FlatRuns[format.channels()];
        for (int c = 0; c < runs.length; c++) {
            runs[c] = new FlatRuns();
        }
    }

    void write(Chunk chunk) {
        for (int h = 0; h < chunk.hops(); h++) {
            float peak = 0f;
            for (int c = 0; c < runs.length; c++) {
                float own = chunk.peaks[c][h];
                peak = Math.max(peak, own);
                int start = h * chunk.hopFrames;
                runs[c].write(
                        own, chunk.samples[c], start, chunk.hopEnd(h), chunk.firstFrame + start);
            }
            count(peak);
        }
    }

    Integrity.Tops result() {
        FlatRuns most = runs[0];
        for (FlatRuns channel : runs) {
            most = channel.count > most.count ? channel : most;
        }
        return new Integrity.Tops(
                most.top > 0f ? Decibels.fromGain(most.top) : Double.NaN,
                most.count,
                most.count > 0 ? format.secondsOf(most.firstFrame) : Double.NaN,
                limitedShare());
    }

    private void count(float peak) {
        double level = peak > 0f ? Decibels.fromGain(peak) : Double.NEGATIVE_INFINITY;
        if (level >= LOWEST_DB) {
            int bin = (int) ((level - LOWEST_DB) * BINS_PER_DB);
            peaks[Math.min(bin, peaks.length - 1)]++;
        }
    }

    private double limitedShare() {
        int highest = peaks.length - 1;
        while (highest > 0 && peaks[highest] == 0) {
            highest--;
        }
        long all = 0;
        long near = 0;
        for (int b = 0; b <= highest; b++) {
            all += peaks[b];
            near += b >= highest - LIMITED_DB * BINS_PER_DB ? peaks[b] : 0;
        }
        return all == 0 ? Double.NaN : (double) near / all;
    }

    /** Flat runs at the highest level of one channel. */
    private static final class FlatRuns {
        private float top;
        private long count;
        private long firstFrame;
        private int length;
        private boolean broken;
        private float last;

        void write(float peak, float[] samples, int from, int to, long frame) {
            if (peak < top - STEP) {
                endRun(samples[from], frame);
                last = samples[to - 1];
                return;
            }
            for (int i = from; i < to; i++) {
                hear(samples[i], frame + i - from);
            }
        }

        private void hear(float x, long frame) {
            float level = Math.abs(x);
            if (level > top + STEP) {
                top = level;
                count = 0;
                length = 0;
            }
            boolean high = level >= top - STEP;
            if (high && length > 0 && Math.abs(x - last) <= STEP) {
                length++;
            } else {
                endRun(x, frame);
                if (high) {
                    length = 1;
                    broken = Math.abs(x - last) > BREAK * top;
                }
            }
            top = Math.max(top, level);
            last = x;
        }

        private void endRun(float next, long frame) {
            boolean flat = broken || Math.abs(next - last) > BREAK * top;
            if (length >= SHORTEST_RUN && flat) {
                firstFrame = count == 0 ? frame - length : firstFrame;
                count++;
            }
            length = 0;
        }
    }
}
