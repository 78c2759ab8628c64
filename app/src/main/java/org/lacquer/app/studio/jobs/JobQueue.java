// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.jobs;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.store.JobRecord;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Jobs that wait, fair between projects: each project has its own line, and the lines are served in
 * turn. Two jobs of one song never run at once. Among the next few lines a runner prefers one whose
 * song it has decoded already.
 */
final class JobQueue {
    /** How far a runner may look past the line whose turn it is. */
    private static final int LOOKAHEAD = 4;

    private final int limit;
    private final int projectLimit;
    private final Map<String, Deque<JobRecord>> lines = new LinkedHashMap<>();
    private final Set<String> busySongs = new HashSet<>();
    private final Set<Taker> idle = new HashSet<>();
    private int size;
    private boolean closed;

    /** Somebody who runs jobs. */
    interface Taker {
        /** Whether a song is decoded there. */
        boolean holds(String song);
    }

    JobQueue(int limit, int projectLimit) {
        this.limit = limit;
        this.projectLimit = projectLimit;
    }

    /** Refuses when there is no room for one more. */
    synchronized void requireRoom(String project) {
        Deque<JobRecord> line = lines.get(project);
        if (size >= limit || line != null && line.size() >= projectLimit) {
            throw new Problem(
                            429,
                            "queue-full",
                            "too many jobs wait already; try again when some are done")
                    .with("limit", size >= limit ? limit : projectLimit)
                    .exception();
        }
    }

    synchronized void add(JobRecord job) {
        lines.computeIfAbsent(job.project(), project -> new ArrayDeque<>()).add(job);
        size++;
        notifyAll();
    }

    /** Takes a waiting job out; false when it does not wait. */
    synchronized boolean remove(String job) {
        for (Iterator<Deque<JobRecord>> all = lines.values().iterator(); all.hasNext(); ) {
            Deque<JobRecord> line = all.next();
            if (line.removeIf(record -> record.id().equals(job))) {
                size--;
                if (line.isEmpty()) {
                    all.remove();
                }
                return true;
            }
        }
        return false;
    }

    /** Waits for a job; null when the queue was closed. */
    synchronized @Nullable JobRecord take(Taker taker) throws InterruptedException {
        idle.add(taker);
        try {
            while (!closed) {
                JobRecord job = choose(taker);
                if (job != null) {
                    return job;
                }
                wait();
            }
            return null;
        } finally {
            idle.remove(taker);
        }
    }

    /** The song of a job may be worked on again. */
    synchronized void release(JobRecord job) {
        busySongs.remove(song(job));
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized int size() {
        return size;
    }

    /** How many jobs will start before this one; -1 when it does not wait. */
    synchronized int position(String job) {
        List<Deque<JobRecord>> all = new ArrayList<>(lines.values());
        for (int own = 0; own < all.size(); own++) {
            int depth = 0;
            for (JobRecord record : all.get(own)) {
                if (record.id().equals(job)) {
                    return before(all, own, depth);
                }
                depth++;
            }
        }
        return -1;
    }

    /** Lines are served in turn: those in front have one more round. */
    private static int before(List<Deque<JobRecord>> all, int own, int depth) {
        int count = depth;
        for (int other = 0; other < all.size(); other++) {
            if (other != own) {
                count += Math.min(all.get(other).size(), other < own ? depth + 1 : depth);
            }
        }
        return count;
    }

    private @Nullable JobRecord choose(Taker taker) {
        String chosen = null;
        int looked = 0;
        for (Map.Entry<String, Deque<JobRecord>> line : lines.entrySet()) {
            JobRecord first = line.getValue().getFirst();
            String song = song(first);
            if (busySongs.contains(song)) {
                continue;
            }
            if (taker.holds(song)) {
                chosen = line.getKey();
                break;
            }
            if (chosen == null && idle.stream().noneMatch(other -> other.holds(song))) {
                chosen = line.getKey();
            }
            if (++looked == LOOKAHEAD) {
                break;
            }
        }
        return chosen == null ? null : takeFrom(chosen);
    }

    /** The line that was served goes to the end. */
    private JobRecord takeFrom(String project) {
        Deque<JobRecord> line = lines.remove(project);
        if (line == null) {
            throw new IllegalStateException("a line has gone");
        }
        JobRecord job = line.removeFirst();
        if (!line.isEmpty()) {
            lines.put(project, line);
        }
        size--;
        busySongs.add(song(job));
        return job;
    }

    private static String song(JobRecord job) {
        String file = job.file();
        return file == null ? job.id() : file;
    }
}
