// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.jobs;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.Limits;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.base.ProblemException;
import org.lacquer.app.studio.store.JobRecord;
import org.lacquer.app.studio.store.Store;
import org.lacquer.app.studio.work.WorkerCommand;
import org.lacquer.app.studio.work.WorkerProcess;
import org.lacquer.app.studio.work.WorkerProcess.Outcome;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** Takes jobs one after the other and has a worker process do them. */
final class Runner implements JobQueue.Taker, AutoCloseable {
    private static final long MERCY_MILLIS = 3_000;

    private final Jobs jobs;
    private final JobQueue queue;
    private final Store store;
    private final Limits limits;
    private final WorkerProcess worker;
    private final Thread thread;
    private final PrintStream faults;
    private volatile boolean closed;

    /** Guarded by this. */
    private @Nullable String current;

    /** Guarded by this. */
    private boolean cancelled;

    Runner(
            Jobs jobs,
            JobQueue queue,
            Store store,
            WorkerCommand command,
            Limits limits,
            int number,
            PrintStream faults) {
        this.jobs = jobs;
        this.queue = queue;
        this.store = store;
        this.limits = limits;
        this.faults = faults;
        this.worker =
                new WorkerProcess(
                        command,
                        store.folders().work().resolve("worker-" + number),
                        System.getenv("LACQUER_DEBUG") != null);
        this.thread =
                Thread.ofPlatform().daemon().name("lacquer-runner-" + number).unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    @Override
    public boolean holds(String song) {
        return worker.holds(song);
    }

    /** Ends a job if it is the one that runs here. */
    void cancel(String job) {
        synchronized (this) {
            if (!job.equals(current)) {
                return;
            }
            cancelled = true;
        }
        worker.cancel();
        Thread.ofVirtual().start(() -> insist(job));
    }

    @Override
    public void close() {
        closed = true;
        worker.close();
        thread.interrupt();
        try {
            thread.join(MERCY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void insist(String job) {
        try {
            Thread.sleep(MERCY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (!job.equals(current)) {
                return;
            }
        }
        worker.kill();
    }

    private void work() {
        try {
            worker.prepare();
        } catch (IOException notYet) {
            faults.println("lacquer: " + notYet.getMessage());
        }
        try {
            JobRecord job;
            while ((job = queue.take(this)) != null) {
                try {
                    run(job);
                } finally {
                    queue.release(job);
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(JobRecord waiting) {
        synchronized (this) {
            current = waiting.id();
            cancelled = false;
        }
        try {
            if (gone(waiting)) {
                return;
            }
            jobs.begun(waiting);
            finish(store.jobs().get(waiting.id()));
        } catch (IOException | RuntimeException | Error fault) {
            if (closed) {
                return;
            }
            if (gone(waiting)) {
                jobs.forget(waiting);
                return;
            }
            fault.printStackTrace(faults);
            end(waiting, Problem.fault(fault));
        } finally {
            synchronized (this) {
                current = null;
            }
        }
    }

    /** Whether the project was deleted for good in the meantime: nobody waits for the work. */
    private boolean gone(JobRecord job) {
        return store.jobs().find(job.id()).isEmpty();
    }

    private void end(JobRecord job, Problem problem) {
        try {
            jobs.ended(job, "failed", problem);
        } catch (IOException | RuntimeException worse) {
            worse.printStackTrace(faults);
        }
    }

    private void finish(JobRecord job) throws IOException {
        Path out = store.folders().workFolder();
        try {
            Outcome outcome =
                    worker.run(
                            jobs.work(job).request(job, out),
                            (stage, fraction) -> jobs.progress(job, stage, fraction),
                            Duration.ofSeconds(limits.jobSeconds()));
            if (closed) {
                jobs.forget(job);
                return;
            }
            boolean unwanted;
            synchronized (this) {
                unwanted = cancelled;
            }
            switch (outcome) {
                case Outcome.Done(var result) -> {
                    jobs.work(job).publish(job, out, result);
                    jobs.ended(job, "done", null);
                }
                case Outcome.Cancelled() -> jobs.ended(job, "cancelled", null);
                case Outcome.Failed(Problem problem) ->
                        jobs.ended(
                                job, unwanted ? "cancelled" : "failed", unwanted ? null : problem);
            }
        } catch (ProblemException refused) {
            jobs.ended(job, "failed", refused.problem());
        } finally {
            Durable.deleteTree(out);
        }
    }
}
