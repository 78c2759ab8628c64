// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.StreamFormat;

/**
 * Plain sums over all samples: mean, power, correlation of the first two channels, clip runs, and
 * silence at both ends.
 */
final class Levels implements AudioSink {
    /** -0.1 dBFS. */
    static final float CLIP_LEVEL = 0.98855f;

    /** Samples of a run are equal within one step of 16 bits, so that dither does not hide it. */
    private static final float CLIP_FLATNESS = 1f / 32_768f;

    private static final int SHORTEST_RUN = 3;

    /** -60 dBFS. */
    private static final float SILENCE_LEVEL = 0.001f;

    private final StreamFormat format;
    private final double[] sums;
    private final double[] squares;
    private final ClipRuns[] clips;
    private double products;
    private long frames;
    private long firstHeard = -1;
    private long lastHeard = -1;

    Levels(StreamFormat format) {
        this.format = format;
        this.sums = new double[format.channels()];
        this.squares = new double[format.channels()];
        this.clips = new ClipRuns[format.channels()];
        for (int c = 0; c < clips.length; c++) {
            clips[c] = new ClipRuns();
        }
    }

    @Override
    public void write(AudioBlock block) {
        int count = block.frames();
        for (int c = 0; c < sums.length; c++) {
            float[] samples = block.channel(c);
            float largest = FiniteSamples.largest(samples, 0, count);
            if (largest >= CLIP_LEVEL) {
                clips[c].write(samples, count, frames);
            } else if (count > 0) {
                clips[c].interrupt();
            }
            if (largest > SILENCE_LEVEL) {
                findEdges(samples, count);
            }
        }
        int first = 0;
        if (sums.length >= 2) {
            addPair(block.channel(0), block.channel(1), count);
            first = 2;
        }
        for (int c = first; c < sums.length; c++) {
            add(c, block.channel(c), count);
        }
        frames += count;
    }

    private void add(int channel, float[] samples, int count) {
        double sum = sums[channel];
        double square = squares[channel];
        for (int i = 0; i < count; i++) {
            double x = samples[i];
            sum += x;
            square += x * x;
        }
        sums[channel] = sum;
        squares[channel] = square;
    }

    /**
     * All sums of the first two channels in one loop, so that additions wait for each other once.
     */
    private void addPair(float[] left, float[] right, int count) {
        double sum0 = sums[0];
        double sum1 = sums[1];
        double square0 = squares[0];
        double square1 = squares[1];
        double product = products;
        for (int i = 0; i < count; i++) {
            double x = left[i];
            double y = right[i];
            sum0 += x;
            sum1 += y;
            square0 += x * x;
            square1 += y * y;
            product += x * y;
        }
        sums[0] = sum0;
        sums[1] = sum1;
        squares[0] = square0;
        squares[1] = square1;
        products = product;
    }

    long frames() {
        return frames;
    }

    double dcOffset(int channel) {
        return sums[channel] / frames;
    }

    /** Mean square of a channel. */
    double meanSquare(int channel) {
        return squares[channel] / frames;
    }

    /** Correlation of the first two channels; NaN for one channel or a silent one. */
    double correlation() {
        if (sums.length < 2 || squares[0] == 0.0 || squares[1] == 0.0) {
            return Double.NaN;
        }
        double value = products / Math.sqrt(squares[0] * squares[1]);
        return Math.max(-1.0, Math.min(1.0, value));
    }

    long clippedSamples() {
        long sum = 0;
        for (ClipRuns clip : clips) {
            sum += clip.samples;
        }
        return sum;
    }

    long clipRuns() {
        long sum = 0;
        for (ClipRuns clip : clips) {
            sum += clip.runs;
        }
        return sum;
    }

    /** NaN when nothing clips. */
    double firstClipSeconds() {
        long first = Long.MAX_VALUE;
        for (ClipRuns clip : clips) {
            first = Math.min(first, clip.firstFrame);
        }
        return first == Long.MAX_VALUE ? Double.NaN : format.secondsOf(first);
    }

    double leadingSilenceSeconds() {
        return format.secondsOf(firstHeard < 0 ? frames : firstHeard);
    }

    double trailingSilenceSeconds() {
        return format.secondsOf(firstHeard < 0 ? frames : frames - 1 - lastHeard);
    }

    private void findEdges(float[] samples, int count) {
        int first = 0;
        while (Math.abs(samples[first]) <= SILENCE_LEVEL) {
            first++;
        }
        int last = count - 1;
        while (Math.abs(samples[last]) <= SILENCE_LEVEL) {
            last--;
        }
        firstHeard = firstHeard < 0 ? frames + first : Math.min(firstHeard, frames + first);
        lastHeard = Math.max(lastHeard, frames + last);
    }

    /** Runs of equal samples at the ceiling, in one channel. */
    private static final class ClipRuns {
        private long samples;
        private long runs;
        private long firstFrame = Long.MAX_VALUE;
        private int length;
        private float last;

        void interrupt() {
            length = 0;
        }

        void write(float[] block, int count, long frame) {
            for (int i = 0; i < count; i++) {
                float x = block[i];
                boolean high = Math.abs(x) >= CLIP_LEVEL;
                boolean flat = high && length > 0 && Math.abs(x - last) <= CLIP_FLATNESS;
                length = flat ? length + 1 : high ? 1 : 0;
                last = x;
                if (length == SHORTEST_RUN) {
                    runs++;
                    samples += SHORTEST_RUN;
                    firstFrame = Math.min(firstFrame, frame + i - SHORTEST_RUN + 1);
                } else if (length > SHORTEST_RUN) {
                    samples++;
                }
            }
        }
    }
}
