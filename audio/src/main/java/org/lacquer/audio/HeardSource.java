// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.io.IOException;

/** A source that tells a sink what is read from it. */
record HeardSource(AudioSource source, AudioSink sink) implements AudioSource {
    @Override
    public StreamFormat format() {
        return source.format();
    }

    @Override
    public int read(AudioBlock block) throws IOException {
        int frames = source.read(block);
        if (frames > 0) {
            sink.write(block);
        }
        return frames;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
