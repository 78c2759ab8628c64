// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.base.StudioJson;

import tools.jackson.databind.JsonNode;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A child process that decodes, masters and writes, one task at a time. It is ended when a task
 * takes too long, takes too much memory, does not hear that it was cancelled, or has failed in a
 * way that leaves doubts; the next task starts another.
 */
public final class WorkerProcess implements AutoCloseable {
    /** How a task can end. */
    public sealed interface Outcome {
        record Done(JsonNode result) implements Outcome {}

        record Failed(Problem problem) implements Outcome {}

        record Cancelled() implements Outcome {}
    }

    /** Hears of progress, on the thread that runs the task. */
    @FunctionalInterface
    public interface Listener {
        void at(String stage, double fraction);
    }

    private static final int MAX_LINE = 16 << 20;
    private static final long MERCY_MILLIS = 2_000;

    /** Beside the heap: natives, compiled code, buffers. */
    private static final long OUTSIDE_HEAP_BYTES = 1_500L << 20;

    private final WorkerCommand command;
    private final Path temporary;
    private final boolean debug;
    private @Nullable Running running;
    private volatile Set<String> songs = Set.of();
    private volatile boolean closed;

    /** A process and its ends. */
    private record Running(Process process, InputStream in, OutputStream out) {}

    /**
     * @param temporary a folder of its own
     * @param debug whether the worker may write to standard error
     */
    public WorkerProcess(WorkerCommand command, Path temporary, boolean debug) {
        this.command = command;
        this.temporary = temporary;
        this.debug = debug;
    }

    /** Whether a song is decoded and measured there. */
    public boolean holds(String song) {
        return songs.contains(song);
    }

    /** Starts the process, so that the first task need not wait. */
    public void prepare() throws IOException {
        started();
    }

    /**
     * Runs a task to its end; one at a time.
     *
     * @param limit after which it is ended
     */
    public Outcome run(Map<String, Object> request, Listener listener, Duration limit)
            throws IOException {
        Running worker = started();
        Watch watch = new Watch(worker.process(), limit);
        try {
            worker.out().write((StudioJson.text(request) + "\n").getBytes(StandardCharsets.UTF_8));
            worker.out().flush();
            while (true) {
                String line = line(worker.in());
                if (line == null) {
                    return died(worker, watch);
                }
                JsonNode message = StudioJson.tree(line);
                if (message.has("fraction")) {
                    listener.at(
                            message.path("stage").asString(""),
                            message.path("fraction").asDouble(0.0));
                } else {
                    return outcome(message);
                }
            }
        } catch (IOException | IllegalArgumentException broken) {
            worker.process().destroyForcibly();
            return died(worker, watch);
        } finally {
            watch.end();
        }
    }

    /** Ends the task that runs, kindly first. Called from another thread than {@link #run}. */
    public void cancel() {
        Running worker;
        synchronized (this) {
            worker = running;
        }
        if (worker == null) {
            return;
        }
        try {
            worker.out().write("cancel\n".getBytes(StandardCharsets.UTF_8));
            worker.out().flush();
        } catch (IOException alreadyGone) {
            return;
        }
    }

    /** Ends the process, whatever it does. */
    public void kill() {
        Running worker;
        synchronized (this) {
            worker = running;
        }
        if (worker != null) {
            worker.process().destroyForcibly();
        }
    }

    @Override
    public void close() {
        closed = true;
        kill();
    }

    private Outcome outcome(JsonNode message) {
        Set<String> held = new java.util.HashSet<>();
        message.path("songs").forEach(id -> held.add(id.asString()));
        songs = Set.copyOf(held);
        if (message.path("broken").asBoolean(false)) {
            kill();
        }
        if (message.has("done")) {
            return new Outcome.Done(message.path("done"));
        }
        if (message.has("failed")) {
            JsonNode failed = message.path("failed");
            return new Outcome.Failed(
                    new Problem(
                            failed.path("status").asInt(500),
                            failed.path("code").asString("fault"),
                            failed.path("detail").asString("")));
        }
        return new Outcome.Cancelled();
    }

    private Outcome died(Running worker, Watch watch) {
        forget(worker);
        Problem reason = watch.reason;
        if (reason != null) {
            return new Outcome.Failed(reason);
        }
        int code = exitCode(worker.process());
        if (code == 3) {
            return new Outcome.Failed(
                    new Problem(
                            500,
                            "out-of-memory",
                            "the job needs more memory than a worker may have; a shorter or less"
                                    + " finely sampled file needs less"));
        }
        return new Outcome.Failed(
                new Problem(
                        500,
                        "worker-crashed",
                        "the process that worked on this file ended in the middle (code "
                                + code
                                + "); the file may be damaged: export it again, or try another"
                                + " format"));
    }

    private static int exitCode(Process process) {
        try {
            return process.waitFor(MERCY_MILLIS, TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private synchronized void forget(Running worker) {
        if (running == worker) {
            running = null;
            songs = Set.of();
        }
    }

    private synchronized Running started() throws IOException {
        Running worker = running;
        if (worker != null && worker.process().isAlive()) {
            return worker;
        }
        if (closed) {
            throw new IOException("the server is ending");
        }
        songs = Set.of();
        Durable.deleteTree(temporary);
        Files.createDirectories(temporary);
        List<String> words = command.words(temporary);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.redirectError(
                debug ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        Running fresh =
                new Running(
                        process,
                        new BufferedInputStream(process.getInputStream()),
                        process.getOutputStream());
        running = fresh;
        String line = line(fresh.in());
        if (line == null || !line.contains("ready")) {
            process.destroyForcibly();
            running = null;
            throw new IOException("a worker process does not start; see: lacquer doctor");
        }
        return fresh;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        while ((next = in.read()) != '\n') {
            if (next < 0) {
                return null;
            }
            line.write(next);
            if (line.size() > MAX_LINE) {
                throw new IOException("a worker says too much at once");
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Looks after time and memory of one task. */
    private final class Watch {
        private final Process process;
        private final long endNanos;
        private final Thread thread;
        private volatile @Nullable Problem reason;
        private volatile boolean ended;

        Watch(Process process, Duration limit) {
            this.process = process;
            this.endNanos = System.nanoTime() + limit.toNanos();
            this.thread = Thread.ofVirtual().name("lacquer-watch").start(this::watch);
        }

        void end() {
            ended = true;
            thread.interrupt();
        }

        private void watch() {
            try {
                while (!ended) {
                    Thread.sleep(500);
                    if (System.nanoTime() - endNanos > 0) {
                        stop(
                                new Problem(
                                        500,
                                        "timed-out",
                                        "the job took longer than it may; try a shorter file"));
                    } else if (residentBytes(process.pid()) > memoryBytes()) {
                        stop(
                                new Problem(
                                        500,
                                        "out-of-memory",
                                        "the job needs more memory than a worker may have"));
                    }
                }
            } catch (InterruptedException taskEnded) {
                return;
            }
        }

        private void stop(Problem why) {
            if (!ended) {
                reason = why;
                process.destroyForcibly();
            }
        }

        private long memoryBytes() {
            return ((long) command.heapMegabytes() << 20) + OUTSIDE_HEAP_BYTES;
        }

        /** From Linux's own table; 0 elsewhere, where only the heap is limited. */
        private static long residentBytes(long pid) {
            try {
                String[] pages = Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ");
                return Long.parseLong(pages[1]) * 4_096L;
            } catch (NoSuchFileException notLinux) {
                return 0;
            } catch (IOException | RuntimeException unreadable) {
                return 0;
            }
        }
    }
}
