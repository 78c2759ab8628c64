// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
import java.util.List;

/**
 * Dynamic bands in series, on left and right or on mid and side. Sums are double; samples are
 * rounded to float once. No latency.
 */
final class DynamicEq implements Processor {
    private static final int CHUNK = 512;

    private final List<DynamicBand> bands = new ArrayList<>();
    private final List<ChannelPlacement> placements = new ArrayList<>();
    private final double[][] samples;

    /** Views of {@link #samples} that a band may work on. */
    private final double[][] first;

    private final double[][] second;

    DynamicEq(DynamicEqSettings settings, StreamFormat format) {
        this.samples = new double[format.channels()][CHUNK];
        this.first = new double[][] {samples[0]};
        this.second = new double[][] {samples[format.channels() - 1]};
        for (DynamicEqBand band : settings.bands()) {
            ChannelPlacement placement =
                    format.channels() != 2 && band.placement() == ChannelPlacement.MID
                            ? ChannelPlacement.STEREO
                            : band.placement();
            boolean fits = format.channels() == 2 || placement == ChannelPlacement.STEREO;
            if (fits && DynamicBand.works(band, format.sampleRateHz())) {
                int channels = placement == ChannelPlacement.STEREO ? format.channels() : 1;
                bands.add(new DynamicBand(band, format.sampleRateHz(), channels, CHUNK));
                placements.add(placement);
            }
        }
    }

    @Override
    public void process(AudioBlock block) {
        for (int start = 0; start < block.frames(); start += CHUNK) {
            int count = Math.min(CHUNK, block.frames() - start);
            for (int c = 0; c < samples.length; c++) {
                for (int i = 0; i < count; i++) {
                    samples[c][i] = block.channel(c)[start + i];
                }
            }
            for (int k = 0; k < bands.size(); k++) {
                process(bands.get(k), placements.get(k), count);
            }
            for (int c = 0; c < samples.length; c++) {
                for (int i = 0; i < count; i++) {
                    block.channel(c)[start + i] = (float) samples[c][i];
                }
            }
        }
    }

    private void process(DynamicBand band, ChannelPlacement placement, int count) {
        switch (placement) {
            case STEREO -> band.process(samples, count);
            case LEFT -> band.process(first, count);
            case RIGHT -> band.process(second, count);
            case MID, SIDE -> {
                MidSide.encode(samples[0], samples[1], count);
                band.process(placement == ChannelPlacement.MID ? first : second, count);
                MidSide.decode(samples[0], samples[1], count);
            }
        }
    }

    @Override
    public void reset() {
        bands.forEach(DynamicBand::reset);
    }

    @Override
    public int latencyFrames() {
        return 0;
    }
}
