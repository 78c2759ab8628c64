// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.jobs;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.Ids;
import org.lacquer.app.studio.base.Limits;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.store.JobRecord;
import org.lacquer.app.studio.store.Store;
import org.lacquer.app.studio.work.WorkerCommand;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Everything about jobs: waiting, running, progress, cancelling, and what a restart finds. */
public final class Jobs implements AutoCloseable {
    /** A job that ended the server twice is not begun again. */
    private static final int ATTEMPTS = 2;

    private final Store store;
    private final Map<String, Work> works;
    private final JobQueue queue;
    private final Events events;
    private final List<Runner> runners = new ArrayList<>();
    private final Map<String, Progress> progress = new ConcurrentHashMap<>();

    /** How far a running job is. */
    record Progress(String stage, double fraction) {}

    /**
     * @param works by type of job
     * @param runnerCount jobs at once
     */
    public Jobs(
            Store store,
            Map<String, Work> works,
            Limits limits,
            WorkerCommand command,
            int runnerCount,
            PrintStream faults) {
        this.store = store;
        this.works = Map.copyOf(works);
        this.queue = new JobQueue(limits.queuedJobs(), limits.queuedJobsPerProject());
        this.events = new Events(limits.streamsAtOnce());
        for (int i = 0; i < runnerCount; i++) {
            runners.add(new Runner(this, queue, store, command, limits, i, faults));
        }
    }

    /** Takes up what was left at the last end, then works. */
    public void start() {
        for (JobRecord job : store.jobs().unfinished()) {
            if (job.state().equals("running") && job.attempts() >= ATTEMPTS) {
                store.jobs()
                        .end(
                                job.id(),
                                "interrupted",
                                StudioJson.text(
                                        new Problem(
                                                        500,
                                                        "interrupted",
                                                        "the server ended twice while this ran;"
                                                                + " start it again if you want to"
                                                                + " try once more")
                                                .json(null)));
                work(job).failed(job, "");
            } else {
                store.jobs().requeue(job.id());
                queue.add(store.jobs().get(job.id()));
            }
        }
        runners.forEach(Runner::start);
    }

    /** Refuses when there is no room for one more job. */
    public void requireRoom(String project) {
        queue.requireRoom(project);
    }

    /** Queues a job. */
    public Job submit(
            String id,
            String project,
            String type,
            String request,
            @Nullable String file,
            @Nullable String version) {
        queue.requireRoom(project);
        JobRecord job = store.jobs().create(id, project, type, request, file, version);
        Job seen = new Job(job, "queued", 0.0, queue.size());
        queue.add(job);
        tell(seen);
        return job(job.id());
    }

    /** Queues work that nobody asked for and nobody hears of. */
    public void submitQuietly(String project, String type, String file, String version) {
        String request = StudioJson.text(Map.of("type", type));
        queue.add(store.jobs().create(Ids.next(), project, type, request, file, version));
    }

    /** A job as it is now. */
    public Job job(String id) {
        return seen(store.jobs().get(id));
    }

    /** With progress or place in the queue. */
    public Job seen(JobRecord job) {
        if (job.state().equals("queued")) {
            int position = queue.position(job.id());
            return new Job(job, "queued", 0.0, Math.max(0, position));
        }
        if (job.state().equals("running")) {
            Progress now = progress.getOrDefault(job.id(), new Progress("read", 0.0));
            return new Job(job, now.stage(), now.fraction(), null);
        }
        return new Job(job, job.state(), job.state().equals("done") ? 1.0 : 0.0, null);
    }

    /** Ends a job, whether it waits or runs; what has ended stays. */
    public Job cancel(String id) {
        JobRecord job = store.jobs().get(id);
        if (queue.remove(id)) {
            store.jobs().end(id, "cancelled", null);
            changed(id);
        } else if (!job.ended()) {
            runners.forEach(runner -> runner.cancel(id));
        }
        return job(id);
    }

    /** Ends all jobs of a project. */
    public void cancelAll(String project) {
        store.jobs().unfinished(project).forEach(job -> cancel(job.id()));
    }

    public Events events() {
        return events;
    }

    public int queued() {
        return queue.size();
    }

    public int running() {
        return progress.size();
    }

    public int runners() {
        return runners.size();
    }

    /** Ends running jobs without a word in the database: the next start takes them up again. */
    @Override
    public void close() {
        queue.close();
        runners.forEach(Runner::close);
    }

    Work work(JobRecord job) {
        Work work = works.get(job.type());
        if (work == null) {
            throw new IllegalStateException("nobody knows jobs of type " + job.type());
        }
        return work;
    }

    void begun(JobRecord job) {
        progress.put(job.id(), new Progress("read", 0.0));
        store.jobs().start(job.id());
        changed(job.id());
    }

    void progress(JobRecord running, String stage, double fraction) {
        progress.put(running.id(), new Progress(stage, fraction));
        tell(new Job(running, stage, fraction, null));
    }

    void ended(JobRecord job, String state, @Nullable Problem problem) throws IOException {
        String error = problem == null ? null : StudioJson.text(problem.json(null));
        if (error != null) {
            work(job).failed(job, error);
        }
        store.jobs().end(job.id(), state, error);
        progress.remove(job.id());
        changed(job.id());
    }

    /** Of a job that will be taken up after the next start. */
    void forget(JobRecord job) {
        progress.remove(job.id());
    }

    private void changed(String id) {
        store.jobs().find(id).ifPresent(job -> tell(seen(job)));
    }

    private void tell(Job job) {
        if (!job.record().quiet()) {
            events.tell(job);
        }
    }
}
