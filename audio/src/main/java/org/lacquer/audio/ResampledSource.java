// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.io.IOException;

/** A source at another sample rate; closes the one it reads from. */
final class ResampledSource implements AudioSource {
    private static final int READ_FRAMES = 4_096;

    private final AudioSource source;
    private final Resampler resampler;
    private final AudioBlock input;

    /** Output that nobody has read yet: frames {@link #start} to {@link #end}. */
    private float[][] pending;

    private int start;
    private int end;
    private boolean ended;

    ResampledSource(AudioSource source, Resampler resampler) {
        this.source = source;
        this.resampler = resampler;
        this.input = new AudioBlock(source.format().channels(), READ_FRAMES);
        this.pending = new float[source.format().channels()][READ_FRAMES];
    }

    @Override
    public StreamFormat format() {
        return resampler.outputFormat();
    }

    @Override
    public int read(AudioBlock block) throws IOException {
        while (start == end && !ended) {
            start = 0;
            end = 0;
            if (source.read(input) > 0) {
                resampler.write(input, this::append);
            } else {
                resampler.finish(this::append);
                ended = true;
            }
        }
        int count = Math.min(block.capacity(), end - start);
        block.setFrames(count);
        for (int c = 0; c < pending.length; c++) {
            System.arraycopy(pending[c], start, block.channel(c), 0, count);
        }
        start += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private void append(AudioBlock block) {
        if (end + block.frames() > pending[0].length) {
            float[][] larger = new float[pending.length][2 * (end + block.frames())];
            for (int c = 0; c < pending.length; c++) {
                System.arraycopy(pending[c], 0, larger[c], 0, end);
            }
            pending = larger;
        }
        for (int c = 0; c < pending.length; c++) {
            System.arraycopy(block.channel(c), 0, pending[c], end, block.frames());
        }
        end += block.frames();
    }
}
