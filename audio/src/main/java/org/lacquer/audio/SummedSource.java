// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Several sources of one rate that play together from their first frames: the sum of gain · source
 * in double precision, rounded to float once. A mono source plays on all channels, a shorter one
 * ends in silence. Closes what it reads from.
 */
public final class SummedSource implements AudioSource {
    private static final int BLOCK_FRAMES = 8_192;

    private final StreamFormat format;
    private final List<AudioSource> sources;
    private final double[] gains;
    private final AudioBlock[] blocks;
    private final double[][] sums;
    private final boolean[] ended;

    /**
     * @param sources at least one; mono or stereo, all of one rate
     * @param gains factors, one for each source; 0 for one that must not be heard
     */
    public SummedSource(List<AudioSource> sources, double[] gains) {
        Require.that(!sources.isEmpty(), "sources must not be empty");
        Require.that(gains.length == sources.size(), "each source must have a gain");
        this.sources = List.copyOf(sources);
        this.gains = gains.clone();
        int rateHz = sources.getFirst().format().sampleRateHz();
        int channels = 1;
        this.blocks = new AudioBlock[sources.size()];
        for (int k = 0; k < blocks.length; k++) {
            StreamFormat one = sources.get(k).format();
            Require.inRange("channels", one.channels(), 1, 2, "");
            Require.that(one.sampleRateHz() == rateHz, "rates must be equal");
            channels = Math.max(channels, one.channels());
            blocks[k] = new AudioBlock(one.channels(), BLOCK_FRAMES);
        }
        this.format = new StreamFormat(rateHz, channels);
        this.sums = new double[channels][BLOCK_FRAMES];
        this.ended = new boolean[blocks.length];
    }

    @Override
    public StreamFormat format() {
        return format;
    }

    @Override
    public int read(AudioBlock block) throws IOException {
        int wanted = Math.min(block.capacity(), BLOCK_FRAMES);
        for (double[] sum : sums) {
            Arrays.fill(sum, 0, wanted, 0.0);
        }
        int longest = 0;
        for (int k = 0; k < blocks.length; k++) {
            longest = Math.max(longest, add(k, wanted));
        }
        block.setFrames(longest);
        for (int c = 0; c < sums.length; c++) {
            float[] to = block.channel(c);
            for (int i = 0; i < longest; i++) {
                to[i] = (float) sums[c][i];
            }
        }
        return longest;
    }

    /** Frames that a source had left, at most {@code wanted}. */
    private int add(int place, int wanted) throws IOException {
        int filled = 0;
        while (!ended[place] && filled < wanted) {
            AudioBlock block = sized(place, wanted - filled);
            int count = sources.get(place).read(block);
            ended[place] = count == 0;
            for (int c = 0; c < sums.length; c++) {
                accumulate(
                        block.channel(Math.min(c, block.channels() - 1)),
                        count,
                        gains[place],
                        sums[c],
                        filled);
            }
            filled += count;
        }
        return filled;
    }

    private AudioBlock sized(int place, int frames) {
        // A read fills up to the capacity, so the last one of a round needs a block of its own.
        return frames == BLOCK_FRAMES
                ? blocks[place]
                : new AudioBlock(blocks[place].channels(), frames);
    }

    private static void accumulate(float[] from, int count, double gain, double[] to, int start) {
        for (int i = 0; i < count; i++) {
            to[start + i] += gain * from[i];
        }
    }

    @Override
    public void close() throws IOException {
        for (AudioSource source : sources) {
            source.close();
        }
    }
}
