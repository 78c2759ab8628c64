// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits, compresses each band with a stereo-linked detector, and sums.
 *
 * <p>With all gains at 0 dB the sum is an all-pass: flat in magnitude, shifted in phase. No
 * latency. Crossovers that do not fit below half the sample rate are left out together with the
 * band above.
 */
final class MultibandCompressor implements Processor {
    private static final int CHUNK = 1_024;

    private final BandSplitter[] splitters;
    private final List<BandCompressor> compressors;
    private final double[][][] bands;

    MultibandCompressor(MultibandCompressorSettings settings, StreamFormat format) {
        List<Double> crossovers =
                settings.crossoversHz().stream()
                        .filter(crossover -> crossover < 0.45 * format.sampleRateHz())
                        .toList();
        int count = crossovers.size() + 1;
        this.splitters = new BandSplitter[format.channels()];
        this.bands = new double[count][format.channels()][CHUNK];
        for (int c = 0; c < splitters.length; c++) {
            splitters[c] = new BandSplitter(crossovers, format.sampleRateHz());
        }
        this.compressors = new ArrayList<>();
        for (int b = 0; b < count; b++) {
            compressors.add(new BandCompressor(settings.bands().get(b), format));
        }
    }

    @Override
    public void process(AudioBlock block) {
        for (int start = 0; start < block.frames(); start += CHUNK) {
            process(block, start, Math.min(CHUNK, block.frames() - start));
        }
    }

    private void process(AudioBlock block, int start, int count) {
        for (int c = 0; c < splitters.length; c++) {
            splitters[c].split(block.channel(c), start, count, bands, c);
        }
        for (int b = 0; b < bands.length; b++) {
            compressors.get(b).process(bands[b], count);
        }
        for (int c = 0; c < splitters.length; c++) {
            float[] out = block.channel(c);
            for (int i = 0; i < count; i++) {
                double sum = 0.0;
                for (double[][] band : bands) {
                    sum += band[c][i];
                }
                out[start + i] = (float) sum;
            }
        }
    }

    /** Gain reduction of each band so far, from low to high. */
    List<GainReduction> reductions() {
        return compressors.stream().map(band -> band.reduction().result()).toList();
    }

    @Override
    public void reset() {
        for (BandSplitter splitter : splitters) {
            splitter.reset();
        }
        compressors.forEach(BandCompressor::reset);
    }

    @Override
    public int latencyFrames() {
        return 0;
    }
}
