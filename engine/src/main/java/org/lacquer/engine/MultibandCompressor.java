// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.StreamFormat;

import java.util.List;

/**
 * Splits, compresses each band, and sums.
 *
 * <p>With all gains at 0 dB the sum is an all-pass: flat in magnitude, shifted in phase. No
 * latency. Crossovers that do not fit below half the sample rate are left out together with the
 * band above.
 */
final class MultibandCompressor implements ReducingProcessor {
    private final List<BandCompressor> compressors;
    private final BandChain chain;

    MultibandCompressor(MultibandCompressorSettings settings, StreamFormat format) {
        List<Double> crossoversHz =
                BandSplitter.fitting(settings.crossoversHz(), format.sampleRateHz());
        this.compressors =
                settings.bands().subList(0, crossoversHz.size() + 1).stream()
                        .map(band -> new BandCompressor(band, format))
                        .toList();
        this.chain = new BandChain(crossoversHz, compressors, format);
    }

    @Override
    public void process(AudioBlock block) {
        chain.process(block);
    }

    /** By band, from low to high. */
    @Override
    public List<GainReduction> reductions() {
        return compressors.stream().map(BandCompressor::reduction).toList();
    }

    @Override
    public void reset() {
        chain.reset();
    }

    @Override
    public int latencyFrames() {
        return chain.latencyFrames();
    }
}
