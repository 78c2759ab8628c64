// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.jobs;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.Problem;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells whoever listens that a job has changed; of several changes only the last. */
public final class Events {
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final int limit;

    /**
     * @param limit most listeners at once
     */
    public Events(int limit) {
        this.limit = limit;
    }

    /**
     * @param project whose jobs; null for one job
     * @param job which; null for all of the project
     */
    public Subscription subscribe(@Nullable String project, @Nullable String job) {
        if (subscriptions.size() >= limit) {
            throw new Problem(429, "too-many-requests", "too many pages listen at once; close some")
                    .with("limit", limit)
                    .exception();
        }
        Subscription subscription = new Subscription(project, job);
        subscriptions.add(subscription);
        return subscription;
    }

    void tell(Job job) {
        for (Subscription subscription : subscriptions) {
            if (subscription.wants(job)) {
                subscription.put(job);
            }
        }
    }

    /** One listener. Memory is bounded by the number of jobs: a newer state replaces an older. */
    public final class Subscription implements AutoCloseable {
        private final @Nullable String project;
        private final @Nullable String job;
        private final Map<String, Job> waiting = new LinkedHashMap<>();

        private Subscription(@Nullable String project, @Nullable String job) {
            this.project = project;
            this.job = job;
        }

        private boolean wants(Job changed) {
            return job == null
                    ? changed.record().project().equals(project)
                    : changed.record().id().equals(job);
        }

        /** Also puts what a new listener must know. */
        public synchronized void put(Job changed) {
            waiting.put(changed.record().id(), changed);
            notifyAll();
        }

        /** The next change, or null when there was none for a while. */
        public synchronized @Nullable Job next(long millis) throws InterruptedException {
            if (waiting.isEmpty()) {
                wait(millis);
            }
            Iterator<Job> first = waiting.values().iterator();
            if (!first.hasNext()) {
                return null;
            }
            Job changed = first.next();
            first.remove();
            return changed;
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }
}
