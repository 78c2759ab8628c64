// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;

/** One channel as two equal ones; stereo as it is. Closes the source that it reads from. */
final class StereoSource implements AudioSource {
    private final AudioSource source;
    private final AudioBlock mono;

    StereoSource(AudioSource source) {
        this.source = source;
        this.mono = new AudioBlock(1, source.format().channels() == 1 ? 8_192 : 0);
    }

    @Override
    public StreamFormat format() {
        return new StreamFormat(source.format().sampleRateHz(), 2);
    }

    @Override
    public int read(AudioBlock block) throws IOException {
        if (source.format().channels() == 2) {
            return source.read(block);
        }
        AudioBlock input =
                block.capacity() >= mono.capacity() ? mono : new AudioBlock(1, block.capacity());
        int frames = source.read(input);
        block.setFrames(frames);
        for (int c = 0; c < 2; c++) {
            System.arraycopy(input.channel(0), 0, block.channel(c), 0, frames);
        }
        return frames;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
