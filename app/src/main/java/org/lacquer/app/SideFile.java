// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A plan, report or picture that is written beside the audio. It appears under its name only when
 * it is complete.
 */
final class SideFile {
    private SideFile() {}

    /**
     * Asks early what writing would find out late.
     *
     * @param input a file that is never overwritten
     * @throws FailureException when the file exists or its folder does not take it
     */
    static void requireFree(Path file, boolean overwrite, Path input) throws IOException {
        if (Files.exists(file) && Files.exists(input) && Files.isSameFile(file, input)) {
            throw new FailureException(new Failure.OutputIsInput(file));
        }
        requireFree(file, overwrite);
    }

    /** The same, without an input that must stay. */
    static void requireFree(Path file, boolean overwrite) throws FailureException {
        if (Files.isDirectory(file)) {
            throw unwritable(file, "it is a folder");
        }
        if (!overwrite && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FailureException(new Failure.OutputExists(file));
        }
        Path folder = folderOf(file);
        if (!Files.isDirectory(folder)) {
            throw unwritable(file, "there is no folder " + folder);
        }
        if (!Files.isWritable(folder)) {
            throw unwritable(file, "writing there is not permitted");
        }
    }

    static void write(Path file, byte[] content, boolean overwrite) throws IOException {
        requireFree(file, overwrite);
        // Not createTempFile: its files are private, and a result has the usual permissions.
        Path temporary = temporaryFor(file);
        try {
            Files.write(temporary, content, StandardOpenOption.CREATE_NEW);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            String reason = e.getReason();
            throw unwritable(file, reason == null ? e.getClass().getSimpleName() : reason);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static Path temporaryFor(Path file) {
        String name =
                ".lacquer-"
                        + ProcessHandle.current().pid()
                        + "-"
                        + Thread.currentThread().threadId();
        return folderOf(file).resolve(name + ".tmp");
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    private static FailureException unwritable(Path file, String reason) {
        return new FailureException(new Failure.UnwritableOutput(file, reason));
    }
}
