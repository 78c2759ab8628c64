// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import com.sun.net.httpserver.HttpExchange;

import org.lacquer.app.studio.base.Ids;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.http.Request;
import org.lacquer.app.studio.http.Response;
import org.lacquer.app.studio.http.Router;
import org.lacquer.app.studio.http.WebServer;
import org.lacquer.app.studio.jobs.Events.Subscription;
import org.lacquer.app.studio.jobs.Job;
import org.lacquer.app.studio.jobs.Jobs;
import org.lacquer.app.studio.store.Store;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Jobs and their events. */
final class JobsApi {
    private static final int LISTED = 100;

    private final Store store;
    private final Jobs jobs;
    private final JobRequests requests;

    JobsApi(Store store, Jobs jobs, JobRequests requests) {
        this.store = store;
        this.jobs = jobs;
        this.requests = requests;
    }

    void addTo(Router router) {
        router.get("/projects/{project}/jobs", this::list)
                .post("/projects/{project}/jobs", this::start)
                .get("/projects/{project}/events", this::projectEvents)
                .get("/jobs/{job}", this::get)
                .delete("/jobs/{job}", this::cancel)
                .get("/jobs/{job}/events", this::jobEvents);
    }

    private Response list(Request request) {
        String project = store.projects().get(request.path("project")).id();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(
                "items",
                store.jobs().latest(project, LISTED).stream()
                        .map(job -> jobs.seen(job).json())
                        .toList());
        return Response.json(object);
    }

    private Response start(Request request) throws IOException {
        String project = store.projects().get(request.path("project")).id();
        JsonNode body = request.json(JobRequests.MEMBERS);
        JobRequests.Checked checked = requests.check(project, body);
        Job job =
                jobs.submit(
                        Ids.next(),
                        project,
                        checked.type(),
                        body.toString(),
                        checked.file(),
                        checked.version());
        return Response.json(202, job.json())
                .header("Location", WebServer.API + "/jobs/" + job.record().id());
    }

    private Response get(Request request) {
        return Response.json(jobs.job(request.path("job")).json());
    }

    private Response cancel(Request request) {
        return Response.json(jobs.cancel(request.path("job")).json());
    }

    private Response projectEvents(Request request) {
        String project = store.projects().get(request.path("project")).id();
        return exchange -> {
            try (Subscription subscription = jobs.events().subscribe(project, null);
                    EventStream stream = new EventStream(exchange)) {
                store.jobs().unfinished(project).forEach(job -> subscription.put(jobs.seen(job)));
                while (true) {
                    tell(subscription, stream);
                }
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private Response jobEvents(Request request) {
        Job now = jobs.job(request.path("job"));
        if (now.record().ended() && request.header("Last-Event-ID").isPresent()) {
            return Response.empty();
        }
        return exchange -> follow(exchange, now.record().id());
    }

    private void follow(HttpExchange exchange, String id) throws IOException {
        try (Subscription subscription = jobs.events().subscribe(null, id);
                EventStream stream = new EventStream(exchange)) {
            subscription.put(jobs.job(id));
            while (!tell(subscription, stream)) {
                // Until the job has ended.
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether the last thing told was an end. */
    private static boolean tell(Subscription subscription, EventStream stream)
            throws IOException, InterruptedException {
        Job changed = subscription.next(EventStream.BEAT_MILLIS);
        if (changed == null) {
            stream.beat();
            return false;
        }
        stream.tell("job", changed.json());
        return changed.record().ended();
    }

    /** For what is not built into this server. */
    static RuntimeException unknownType(String type) {
        return Problem.badField("type", "there are no jobs of type '" + type + "'").exception();
    }
}
