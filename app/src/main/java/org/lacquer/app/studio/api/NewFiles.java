// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.api;

import org.lacquer.app.studio.base.Ids;
import org.lacquer.app.studio.base.Limits;
import org.lacquer.app.studio.base.Problem;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.http.Response;
import org.lacquer.app.studio.http.WebServer;
import org.lacquer.app.studio.jobs.Jobs;
import org.lacquer.app.studio.store.Store;

import java.util.Map;

/** How a file comes into a project, uploaded or still to be mixed: within limits, and measured. */
final class NewFiles {
    private final Store store;
    private final Jobs jobs;
    private final Views views;
    private final Limits limits;

    NewFiles(Store store, Jobs jobs, Views views, Limits limits) {
        this.store = store;
        this.jobs = jobs;
        this.views = views;
        this.limits = limits;
    }

    /** Refuses when the project has no place for a file more, or for its job. */
    void requireRoom(String project) {
        if (store.files().count(project) >= limits.filesPerProject()) {
            throw Problem.conflict("a project holds " + limits.filesPerProject() + " files")
                    .with("limit", limits.filesPerProject())
                    .exception();
        }
        jobs.requireRoom(project);
    }

    /**
     * Adds the file and starts its measurement.
     *
     * @param row writes the file into its table
     */
    Response add(String project, String id, Runnable row) {
        String job = Ids.next();
        store.transaction(
                () -> {
                    row.run();
                    store.files().setJob(id, job);
                    store.projects().touch(project);
                });
        String request = StudioJson.text(Map.of("type", "analyse", "file", id));
        jobs.submit(job, project, "analyse", request, id, null);
        return Response.created(
                WebServer.API + "/projects/" + project + "/files/" + id, views.file(project, id));
    }
}
