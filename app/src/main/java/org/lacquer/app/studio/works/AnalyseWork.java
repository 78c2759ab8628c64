// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.works;

import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.jobs.Work;
import org.lacquer.app.studio.store.JobRecord;
import org.lacquer.app.studio.store.Project;
import org.lacquer.app.studio.store.SongFile;
import org.lacquer.app.studio.store.Store;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Measures an uploaded file. */
public final class AnalyseWork implements Work {
    private final Store store;

    public AnalyseWork(Store store) {
        this.store = store;
    }

    @Override
    public Map<String, Object> request(JobRecord job, Path out) {
        SongFile file = store.files().get(job.project(), Objects.requireNonNull(job.file()));
        Project project = store.projects().get(job.project());
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("task", "analyse");
        request.put("song", WorkSupport.song(store, file));
        request.put("out", out.toString());
        if (project.playRateHz() != null) {
            request.put("playRateHz", project.playRateHz());
        }
        return request;
    }

    @Override
    public void publish(JobRecord job, Path out, JsonNode result) throws IOException {
        String file = Objects.requireNonNull(job.file());
        // Fails when it was deleted for good meanwhile, so that nothing of it comes back.
        store.files().get(job.project(), file);
        Path place = store.folders().measured(job.project(), file);
        Durable.deleteTree(place);
        Durable.publishFolder(out, place);
        store.transaction(
                () -> {
                    store.projects().setPlayRate(job.project(), result.path("playRateHz").asInt());
                    store.files().setState(file, "ready", null, result.toString());
                    store.projects().touch(job.project());
                });
    }

    @Override
    public void failed(JobRecord job, String problem) {
        if (!problem.isEmpty()) {
            store.files().setState(Objects.requireNonNull(job.file()), "refused", problem, null);
        }
    }
}
