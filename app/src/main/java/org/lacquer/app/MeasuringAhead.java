// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.jspecify.annotations.Nullable;
import org.lacquer.analysis.Figures;
import org.lacquer.audio.Progress;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Figures of several files in their order, while the files after them are measured already, one a
 * processor: memory holds the figures of as many files as there are processors.
 */
final class MeasuringAhead implements AutoCloseable {
    private static final long REDRAW_MILLIS = 100;

    private final List<Path> files;
    private final Figures figures;
    private final int threads;
    private final ExecutorService pool;
    private final Deque<Task> started = new ArrayDeque<>();
    private int next;

    MeasuringAhead(List<Path> files, Figures figures) {
        this.files = files;
        this.figures = figures;
        this.threads = Math.min(files.size(), Runtime.getRuntime().availableProcessors());
        this.pool =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("lacquer-file-", 0).factory());
    }

    /**
     * The next file's figures.
     *
     * @param progress of that file, on the calling thread
     * @throws IOException why that file cannot be measured; the next call is about the next file
     */
    Measured next(Progress progress) throws IOException {
        while (next < files.size() && started.size() < threads) {
            started.add(new Task(files.get(next++), figures, pool));
        }
        Task task = started.remove();
        progress.at(task.fraction);
        while (true) {
            try {
                return task.result.get(REDRAW_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                progress.at(task.fraction);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("measuring was interrupted");
            } catch (ExecutionException e) {
                throw asThrown(e.getCause());
            }
        }
    }

    /** Gives up the files that are still being measured. */
    @Override
    public void close() {
        pool.shutdownNow();
    }

    private static IOException asThrown(@Nullable Throwable cause) {
        if (cause instanceof IOException failure) {
            return failure;
        }
        if (cause instanceof RuntimeException fault) {
            throw fault;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IOException(cause);
    }

    /** A file that is being measured. */
    private static final class Task {
        private final Future<Measured> result;
        private volatile double fraction;

        Task(Path file, Figures figures, ExecutorService pool) {
            result = pool.submit(() -> Measured.read(file, figures, part -> fraction = part));
        }
    }
}
