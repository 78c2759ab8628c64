// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.io.IOException;

/** Audio that is read from front to back, once. Not thread-safe. */
public interface AudioSource extends AutoCloseable {
    StreamFormat format();

    /**
     * Fills {@code block} from its first frame and sets its frame count. Fewer frames than the
     * capacity may come at any time; 0 means the end.
     *
     * @return the frames read
     * @throws FailureException when the audio cannot be read
     */
    int read(AudioBlock block) throws IOException;

    /** This source; whoever reads from it, {@code sink} gets the same. */
    default AudioSource heardBy(AudioSink sink) {
        return new HeardSource(this, sink);
    }

    @Override
    void close() throws IOException;
}
