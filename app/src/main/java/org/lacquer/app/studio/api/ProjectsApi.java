// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.lacquer.app.studio.http.Request;
import org.lacquer.app.studio.http.Response;
import org.lacquer.app.studio.http.Router;
import org.lacquer.app.studio.http.WebServer;
import org.lacquer.app.studio.jobs.Jobs;
import org.lacquer.app.studio.store.Project;
import org.lacquer.app.studio.store.Store;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /projects}. */
final class ProjectsApi {
    private static final int LONGEST_NAME = 200;

    private final Store store;
    private final Jobs jobs;
    private final Views views;

    ProjectsApi(Store store, Jobs jobs, Views views) {
        this.store = store;
        this.jobs = jobs;
        this.views = views;
    }

    void addTo(Router router) {
        router.get("/projects", this::list)
                .post("/projects", this::create)
                .get("/projects/{project}", this::get)
                .patch("/projects/{project}", this::rename)
                .delete("/projects/{project}", this::delete)
                .post("/projects/{project}/restore", this::restore);
    }

    private Response list(Request request) {
        String search = request.query("search").orElse("");
        boolean deleted = request.queryFlag("deleted");
        int page = request.queryInt("page", 1, 1, 1_000_000);
        int size = request.queryInt("size", 20, 1, 100);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(
                "items",
                store.projects().list(search, deleted, page, size).stream()
                        .map(views::summary)
                        .toList());
        object.put("page", page);
        object.put("size", size);
        object.put("total", store.projects().count(search, deleted));
        return Response.json(object);
    }

    private Response create(Request request) throws IOException {
        String name = Fields.text(request.json(List.of("name")), "name", LONGEST_NAME);
        Project project = store.projects().create(name);
        return Response.created(
                WebServer.API + "/projects/" + project.id(), views.project(project));
    }

    private Response get(Request request) {
        return Response.json(views.project(store.projects().get(request.path("project"))));
    }

    private Response rename(Request request) throws IOException {
        String id = request.path("project");
        store.projects()
                .rename(id, Fields.text(request.json(List.of("name")), "name", LONGEST_NAME));
        return Response.json(views.project(store.projects().get(id)));
    }

    private Response delete(Request request) throws IOException {
        String id = request.path("project");
        if (request.queryFlag("permanent")) {
            jobs.cancelAll(id);
            store.projects().remove(id);
        } else {
            store.projects().delete(id);
            jobs.cancelAll(id);
        }
        return Response.empty();
    }

    private Response restore(Request request) {
        return Response.json(views.project(store.projects().restore(request.path("project"))));
    }
}
