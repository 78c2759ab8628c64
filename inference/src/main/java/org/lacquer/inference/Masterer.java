// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.engine.MasteringPlan;

import java.io.IOException;
import java.nio.file.Path;

/**
 * From a file to a master: read, analyse, infer, render, verify. The library's front door.
 *
 * <p>The model is loaded once, at first use. Not thread-safe.
 */
public final class Masterer implements AutoCloseable {
    private final long memoryLimitBytes;

    /**
     * Caches streams in memory up to a quarter of the heap each, longer ones in temporary files.
     */
    public Masterer() {
        this.memoryLimitBytes = Runtime.getRuntime().maxMemory() / 4;
    }

    /**
     * Masters a file.
     *
     * @param output where the master goes; its extension chooses the format; empty for a dry run
     *     that infers a plan
     * @throws IllegalArgumentException for an unknown genre, platform or stage
     * @throws org.lacquer.audio.FailureException for what the world does to us; nothing is left
     *     behind
     */
    public Mastered master(
            Path mix,
            java.util.Optional<Path> output,
            MasteringRequest request,
            boolean overwrite,
            MasteringProgress progress)
            throws IOException {
        throw new UnsupportedOperationException(String.valueOf(memoryLimitBytes));
    }

    /**
     * Applies a plan exactly; no model is loaded. The output's extension must agree with the plan's
     * format.
     */
    public Mastered render(
            Path mix,
            MasteringPlan plan,
            Path output,
            boolean overwrite,
            MasteringProgress progress)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
