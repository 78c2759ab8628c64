// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;

import java.util.List;

/**
 * Splits the sound into bands, lets a stage work on each, and sums.
 *
 * <p>While no stage changes anything the sum is an all-pass: flat in magnitude, shifted in phase
 * ({@link BandSplitter}). A single band is not split at all. Latency: that of the stages.
 */
final class BandChain implements Processor {
    static final int CHUNK = 1_024;

    private final List<? extends BandStage> stages;
    private final BandSplitter splitter;
    private final double[][][] bands;

    /** Place in the current chunk; chunks are counted from the start of the stream. */
    private int position;

    /**
     * @param crossoversHz those that {@link BandSplitter#fitting} leaves
     * @param stages from the low to the high band, one more than crossovers
     */
    BandChain(List<Double> crossoversHz, List<? extends BandStage> stages, StreamFormat format) {
        this.stages = List.copyOf(stages);
        this.splitter = new BandSplitter(crossoversHz, format);
        this.bands = new double[stages.size()][format.channels()][CHUNK];
    }

    @Override
    public void process(AudioBlock block) {
        for (int start = 0; start < block.frames(); ) {
            int count = Math.min(CHUNK - position, block.frames() - start);
            process(block, start, count);
            start += count;
            position += count;
            if (position == CHUNK) {
                position = 0;
                splitter.flush();
            }
        }
    }

    private void process(AudioBlock block, int start, int count) {
        double[][] top = bands[bands.length - 1];
        for (int c = 0; c < top.length; c++) {
            float[] in = block.channel(c);
            double[] all = top[c];
            for (int i = 0; i < count; i++) {
                all[i] = in[start + i];
            }
        }
        splitter.split(bands, count);
        for (int b = 0; b < bands.length; b++) {
            stages.get(b).process(bands[b], count);
        }
        for (int c = 0; c < top.length; c++) {
            double[] sum = bands[0][c];
            for (int b = 1; b < bands.length; b++) {
                double[] band = bands[b][c];
                for (int i = 0; i < count; i++) {
                    sum[i] += band[i];
                }
            }
            float[] out = block.channel(c);
            for (int i = 0; i < count; i++) {
                out[start + i] = (float) sum[i];
            }
        }
    }

    @Override
    public void reset() {
        splitter.reset();
        stages.forEach(BandStage::reset);
        position = 0;
    }

    @Override
    public int latencyFrames() {
        return stages.getFirst().latencyFrames();
    }
}
