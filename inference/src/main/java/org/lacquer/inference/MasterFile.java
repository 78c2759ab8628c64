// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import org.lacquer.audio.AudioSink;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.engine.Renderer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The output: begun anew for each attempt of the renderer, published once, gone if never published.
 */
final class MasterFile implements Renderer.Attempts, AutoCloseable {
    private final Path target;
    private final OutputSpec spec;
    private final boolean overwrite;
    private AudioWriter writer;

    /** Begins at once, so that an output which cannot be written is found before the work. */
    MasterFile(Path target, OutputSpec spec, boolean overwrite) throws IOException {
        this.target = target;
        this.spec = spec;
        this.overwrite = overwrite;
        this.writer = AudioWriter.create(target, spec, overwrite);
    }

    /** The format that an output's name asks for. */
    static FileFormat formatOf(Path output) {
        return FileFormat.ofName(output)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "cannot tell the format of "
                                                + output
                                                + "; known extensions: "
                                                + Arrays.stream(FileFormat.values())
                                                        .map(FileFormat::extensions)
                                                        .flatMap(List::stream)
                                                        .collect(Collectors.joining(", "))));
    }

    /** Refuses an output that is the input or that exists and may not be replaced. */
    static void requireWritable(Path mix, Path target, boolean overwrite) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (Files.isSameFile(mix, target)) {
            throw new FailureException(new Failure.OutputIsInput(target));
        }
        if (!overwrite) {
            throw new FailureException(new Failure.OutputExists(target));
        }
    }

    @Override
    public AudioSink begin() throws IOException {
        writer.close();
        writer = AudioWriter.create(target, spec, overwrite);
        return writer;
    }

    void commit() throws IOException {
        writer.commit();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
