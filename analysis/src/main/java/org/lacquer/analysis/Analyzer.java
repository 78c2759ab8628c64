// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Progress;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;

/** Measures a whole stream in one pass with bounded memory. */
public final class Analyzer {
    private static final int BLOCK_FRAMES = 8192;

    private Analyzer() {}

    /**
     * Reads {@code source} to its end, on the calling thread, and leaves closing to the caller.
     *
     * @param progress hears only the end, since a source does not tell its length
     */
    public static Analysis analyze(AudioSource source, Figures figures, Progress progress)
            throws IOException {
        return analyze(source, -1, figures, progress);
    }

    /**
     * Reads {@code source} to its end, on the calling thread, and leaves closing to the caller.
     *
     * @param expectedFrames length for the progress, -1 when unknown; the figures do not depend on
     *     it
     */
    public static Analysis analyze(
            AudioSource source, long expectedFrames, Figures figures, Progress progress)
            throws IOException {
        StreamFormat format = source.format();
        Measurement measurement = new Measurement(format, figures);
        AudioBlock block = new AudioBlock(format.channels(), BLOCK_FRAMES);
        long frames = 0;
        while (source.read(block) > 0) {
            measurement.write(block);
            frames += block.frames();
            if (expectedFrames > 0) {
                progress.at(Math.min(1.0, (double) frames / expectedFrames));
            }
        }
        progress.at(1.0);
        return measurement.finish();
    }
}
