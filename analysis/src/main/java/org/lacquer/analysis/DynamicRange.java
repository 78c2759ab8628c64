// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.StreamFormat;

import java.util.Arrays;

/**
 * The "DR" figure of Algorithmix GmbH, "Measuring DR", version 1.3.
 *
 * <p>Blocks of 3 s (132,480 frames at 44.1 kHz, in proportion at other rates; a last block that is
 * not complete is left out). RMS = √(2 Σx² / n), so that a full-scale sine reads 0 dB. DR of a
 * channel is -20 log10(√(mean of the loudest 20 % of squared RMS) / second-highest block peak); the
 * result is the mean of the channels. Block RMS values are used as they are; the document rounds
 * them to 0.01 dB.
 */
final class DynamicRange implements AudioSink {
    private static final int BLOCK_FRAMES_44K1 = 132_480;
    private static final double LOUDEST_SHARE = 0.2;

    private final int blockFrames;
    private final Channel[] channels;

    DynamicRange(StreamFormat format) {
        this.blockFrames = (int) Math.round(BLOCK_FRAMES_44K1 / 44_100.0 * format.sampleRateHz());
        this.channels = new Channel[format.channels()];
        for (int c = 0; c < channels.length; c++) {
            channels[c] = new Channel(blockFrames);
        }
    }

    @Override
    public void write(AudioBlock block) {
        for (int c = 0; c < channels.length; c++) {
            channels[c].write(block.channel(c), block.frames());
        }
    }

    /** Mean over the channels in dB; NaN for less than one block or digital silence. */
    double unroundedDb() {
        double sum = 0.0;
        for (Channel channel : channels) {
            sum += channel.rangeDb();
        }
        return sum / channels.length;
    }

    /** Blocks of one channel. */
    private static final class Channel {
        private final int blockFrames;
        private double[] squares = new double[64];
        private float highest;
        private float second;
        private int blocks;
        private double sum;
        private float peak;
        private int heard;

        Channel(int blockFrames) {
            this.blockFrames = blockFrames;
        }

        void write(float[] samples, int count) {
            int position = 0;
            while (position < count) {
                int take = Math.min(count - position, blockFrames - heard);
                double energy = sum;
                float largest = peak;
                for (int i = position; i < position + take; i++) {
                    double x = samples[i];
                    energy += x * x;
                    largest = Math.max(largest, Math.abs(samples[i]));
                }
                sum = energy;
                peak = largest;
                position += take;
                heard += take;
                if (heard == blockFrames) {
                    endBlock();
                }
            }
        }

        private void endBlock() {
            if (blocks == squares.length) {
                squares = Arrays.copyOf(squares, 2 * blocks);
            }
            squares[blocks++] = 2.0 * sum / blockFrames;
            second = Math.max(second, Math.min(highest, peak));
            highest = Math.max(highest, peak);
            sum = 0.0;
            peak = 0f;
            heard = 0;
        }

        double rangeDb() {
            if (blocks == 0 || highest == 0f) {
                return Double.NaN;
            }
            double[] sorted = Arrays.copyOf(squares, blocks);
            Arrays.sort(sorted);
            int loudest = Math.max(1, (int) (blocks * LOUDEST_SHARE));
            double mean = 0.0;
            for (int i = blocks - loudest; i < blocks; i++) {
                mean += sorted[i] / loudest;
            }
            double reference = blocks == 1 ? highest : second;
            return -10.0 * StrictMath.log10(mean / (reference * reference));
        }
    }
}
