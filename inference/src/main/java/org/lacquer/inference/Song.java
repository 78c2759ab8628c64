// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.analysis.Analysis;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.SourceInfo;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A mix that was read and measured once, so that it can be mastered several times: {@link
 * Masterer#read}. Keeps the decoded samples until {@link #close()}.
 */
public final class Song implements AutoCloseable {
    private final Path file;
    private final MixReader.Mix mix;

    Song(Path file, MixReader.Mix mix) {
        this.file = file;
        this.mix = mix;
    }

    /** Where it was read from. */
    public Path file() {
        return file;
    }

    /** The same song after its file was moved; this one must not be used or closed any more. */
    public Song movedTo(Path place) {
        return new Song(place, mix);
    }

    /** What the file says of itself. */
    public SourceInfo info() {
        return mix.info();
    }

    /** Everything measured. */
    public Analysis figures() {
        return mix.figures();
    }

    /** The decoded samples. */
    public AudioSpool audio() {
        return mix.audio();
    }

    /** For one master: closing it leaves the samples here. */
    MixReader.Mix lent() {
        return new MixReader.Mix(mix.info(), mix.figures(), mix.audio(), mix.sha256(), true);
    }

    @Override
    public void close() throws IOException {
        mix.close();
    }
}
