// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.io.IOException;

/** Takes audio from front to back. Not thread-safe. */
public interface AudioSink {
    /** Takes all frames of {@code block} and leaves it unchanged. */
    void write(AudioBlock block) throws IOException;
}
