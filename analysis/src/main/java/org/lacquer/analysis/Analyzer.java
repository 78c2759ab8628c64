// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.BlockRelay;
import org.lacquer.audio.Progress;

import java.io.IOException;

/**
 * Measures a whole stream in one pass with bounded memory.
 *
 * <p>The source is read on the calling thread; where there is more than one processor, a second
 * thread works through half of the meters meanwhile. It ends before the call returns, and the
 * figures are the same, bit for bit.
 */
public final class Analyzer {
    private static final int BLOCK_FRAMES = 8192;

    private Analyzer() {}

    /**
     * Reads {@code source} to its end and leaves closing to the caller.
     *
     * @param progress hears only the end, since a source does not tell its length
     */
    public static Analysis analyze(AudioSource source, Figures figures, Progress progress)
            throws IOException {
        return analyze(source, -1, figures, progress);
    }

    /**
     * Reads {@code source} to its end and leaves closing to the caller.
     *
     * @param expectedFrames length for the progress, -1 when unknown; the figures do not depend on
     *     it
     */
    public static Analysis analyze(
            AudioSource source, long expectedFrames, Figures figures, Progress progress)
            throws IOException {
        boolean alone = Runtime.getRuntime().availableProcessors() < 2;
        return analyze(source, expectedFrames, figures, progress, alone);
    }

    /**
     * @param alone whether everything happens on the calling thread
     */
    static Analysis analyze(
            AudioSource source,
            long expectedFrames,
            Figures figures,
            Progress progress,
            boolean alone)
            throws IOException {
        Measurement measurement = new Measurement(source.format(), figures);
        Frames frames = new Frames(expectedFrames, progress);
        if (alone) {
            measure(source, measurement, frames);
        } else {
            measureByTwo(source, measurement, frames);
        }
        progress.at(1.0);
        return measurement.finish();
    }

    private static void measure(AudioSource source, Measurement measurement, Frames frames)
            throws IOException {
        AudioBlock block = new AudioBlock(source.format().channels(), BLOCK_FRAMES);
        while (source.read(block) > 0) {
            measurement.write(block);
            frames.add(block.frames());
        }
    }

    private static void measureByTwo(AudioSource source, Measurement measurement, Frames frames)
            throws IOException {
        int channels = source.format().channels();
        try (BlockRelay relay = new BlockRelay(channels, BLOCK_FRAMES, measurement::writeSecond)) {
            AudioBlock block = relay.take();
            while (source.read(block) > 0) {
                measurement.clean(block);
                int count = block.frames();
                relay.pass(block);
                measurement.writeFirst(block);
                frames.add(count);
                block = relay.take();
            }
            relay.finish();
        }
    }

    /** Tells how far the measuring is. */
    private static final class Frames {
        private final long expected;
        private final Progress progress;
        private long measured;

        Frames(long expected, Progress progress) {
            this.expected = expected;
            this.progress = progress;
        }

        void add(int frames) {
            measured += frames;
            if (expected > 0) {
                progress.at(Math.min(1.0, (double) measured / expected));
            }
        }
    }
}
