// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

/**
 * Finds clicks: second differences far above all others within 20 ms on both sides.
 *
 * <p>A drum is no click, since its attack goes on: its own high frequencies keep the second
 * difference up, or the level after it is higher than before, or the attack takes more than a few
 * samples. What is left are jumps: bad edits, dropped buffers, crackle. In dense, bright music
 * small clicks drown, and are not found.
 */
final class ClickMeter {
    /** Above the largest of its surroundings. Tuned on 60 finished tracks, see docs/analysis.md. */
    private static final float RATIO = 10f;

    /** -40 dBFS of second difference: a single sample of -46 dBFS. */
    private static final float LOWEST = 0.01f;

    /** The power after a click may be this much higher. */
    private static final double RISE = 4.0;

    /**
     * A click is over after three samples; half a millisecond around it must be this much calmer.
     */
    private static final float SHARPNESS = 3f;

    private static final int CORE = 3;
    private static final int NEIGHBOURHOOD = 24;

    private static final int HOPS = 5;
    private static final int MIDDLE = 2;
    private static final int REACH = 2 * Chunk.SEGMENTS;

    private final StreamFormat format;
    private final Channel[] channels;
    private long count;
    private long lastHop = Long.MIN_VALUE;
    private long firstFrame = -1;
    private long largestFrame = -1;
    private float largest;

    ClickMeter(StreamFormat format, Chunk chunk) {
        this.format = format;
        this.channels = new Channel[format.channels()];
        for (int c = 0; c < channels.length; c++) {
            channels[c] = new Channel(chunk.hopFrames);
        }
    }

    void write(Chunk chunk) {
        for (int h = 0; h < chunk.frames / chunk.hopFrames; h++) {
            long hop = chunk.firstFrame / chunk.hopFrames + h;
            for (int c = 0; c < channels.length; c++) {
                channels[c].write(chunk, c, h);
                if (hop >= HOPS - 1) {
                    judge(channels[c], hop - MIDDLE, chunk);
                }
            }
        }
    }

    Integrity.Clicks result() {
        return new Integrity.Clicks(
                count,
                firstFrame < 0 ? Double.NaN : format.secondsOf(firstFrame),
                largestFrame < 0 ? Double.NaN : format.secondsOf(largestFrame),
                largestFrame < 0 ? Double.NaN : Decibels.fromGain(largest));
    }

    /** At most one click a hop, whatever the number of channels. */
    private void judge(Channel channel, long hop, Chunk chunk) {
        int segment = channel.clickInMiddle();
        if (segment < 0) {
            return;
        }
        float size = channel.differences[segment];
        long frame =
                hop * chunk.hopFrames
                        + (long) (segment - MIDDLE * Chunk.SEGMENTS) * chunk.segmentFrames;
        if (hop != lastHop) {
            count++;
            lastHop = hop;
        }
        firstFrame = firstFrame < 0 ? frame : firstFrame;
        if (size > largest) {
            largest = size;
            largestFrame = frame;
        }
    }

    /** The last five hops of a channel. */
    private static final class Channel {
        private final int hopFrames;
        private final float[] samples;

        /** Largest second difference by segment. */
        private final float[] differences = new float[HOPS * Chunk.SEGMENTS];

        private final double[] energies = new double[HOPS];

        Channel(int hopFrames) {
            this.hopFrames = hopFrames;
            this.samples = new float[HOPS * hopFrames];
        }

        void write(Chunk chunk, int channel, int hop) {
            int kept = (HOPS - 1) * Chunk.SEGMENTS;
            int keptFrames = (HOPS - 1) * hopFrames;
            System.arraycopy(differences, Chunk.SEGMENTS, differences, 0, kept);
            System.arraycopy(energies, 1, energies, 0, HOPS - 1);
            System.arraycopy(samples, hopFrames, samples, 0, keptFrames);
            System.arraycopy(
                    chunk.samples[channel], hop * hopFrames, samples, keptFrames, hopFrames);
            energies[HOPS - 1] = chunk.energies[channel][hop];
            for (int s = kept; s < differences.length; s++) {
                int from = s * chunk.segmentFrames;
                differences[s] = largest(from, from + chunk.segmentFrames);
            }
        }

        /** Segment of the middle hop that clicks, or -1. */
        int clickInMiddle() {
            int from = MIDDLE * Chunk.SEGMENTS;
            int loudest = from;
            for (int s = from; s < from + Chunk.SEGMENTS; s++) {
                loudest = differences[s] > differences[loudest] ? s : loudest;
            }
            float size = differences[loudest];
            boolean isolated =
                    size >= LOWEST
                            && size >= differences[loudest - 1]
                            && size >= differences[loudest + 1]
                            && energies[MIDDLE + 1] <= RISE * energies[MIDDLE - 1]
                            && size >= RATIO * around(loudest);
            return isolated && isSharp(loudest, size) ? loudest : -1;
        }

        private float around(int segment) {
            float around = 0f;
            for (int distance = 2; distance <= REACH; distance++) {
                around = Math.max(around, differences[segment - distance]);
                around = Math.max(around, differences[segment + distance]);
            }
            return around;
        }

        private boolean isSharp(int segment, float size) {
            int segmentFrames = hopFrames / Chunk.SEGMENTS;
            int peak = segment * segmentFrames;
            while (largest(peak, peak + 1) < size) {
                peak++;
            }
            float before = largest(peak - NEIGHBOURHOOD, peak - CORE);
            float after = largest(peak + CORE + 1, peak + NEIGHBOURHOOD + 1);
            return size >= SHARPNESS * Math.max(before, after);
        }

        private float largest(int from, int to) {
            float largest = 0f;
            for (int i = from; i < to; i++) {
                float second = samples[i] - 2f * samples[i - 1] + samples[i - 2];
                largest = Math.max(largest, Math.abs(second));
            }
            return largest;
        }
    }
}
