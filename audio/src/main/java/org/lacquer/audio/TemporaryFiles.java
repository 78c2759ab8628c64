// SPDX-License-Identifier: Apache-2.0
package org.lacquer.audio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows every temporary file in use and deletes what is left when the JVM ends, Ctrl-C included.
 */
final class TemporaryFiles {
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();
    private static final Object MAKING = new Object();

    /** Guarded by {@link #MAKING}. */
    private static boolean ending;

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(TemporaryFiles::deleteAll, "lacquer-temporary-files"));
    }

    private TemporaryFiles() {}

    /** Something that makes files. */
    @FunctionalInterface
    interface Making<T, X extends Exception> {
        T make() throws IOException, X;
    }

    /**
     * Makes files, or opens them in a way that would make them anew, so that none appears after the
     * last have been deleted. When the JVM is already ending, this never returns: whoever wanted a
     * file has nothing left to do.
     */
    static <T, X extends Exception> T make(Making<T, X> making) throws IOException, X {
        synchronized (MAKING) {
            while (ending) {
                try {
                    MAKING.wait();
                } catch (InterruptedException whileEnding) {
                    Thread.currentThread().interrupt();
                    throw new IOException("the program is ending", whileEnding);
                }
            }
            return making.make();
        }
    }

    static void register(Path file) {
        OPEN.add(file);
    }

    /** The file is no longer temporary, for instance because it was moved. */
    static void release(Path file) {
        OPEN.remove(file);
    }

    /** Deletes the file, if it is there, and forgets it. */
    static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        OPEN.remove(file);
    }

    private static void deleteAll() {
        synchronized (MAKING) {
            ending = true;
        }
        for (Path file : OPEN) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException ignored) {
                // The JVM is ending: nobody is left to hear of it.
            }
        }
    }
}
