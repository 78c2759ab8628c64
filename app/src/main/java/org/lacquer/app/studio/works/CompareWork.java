// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.works;

import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.Ids;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.jobs.Work;
import org.lacquer.app.studio.store.JobRecord;
import org.lacquer.app.studio.store.SongFile;
import org.lacquer.app.studio.store.Store;
import org.lacquer.app.studio.store.Version;
import org.lacquer.inference.MasteringRequest;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Versions and finished masters side by side. */
public final class CompareWork implements Work {
    private final Store store;

    public CompareWork(Store store) {
        this.store = store;
    }

    @Override
    public Map<String, Object> request(JobRecord job, Path out) {
        SongFile mix = store.files().ready(job.project(), Objects.requireNonNull(job.file()));
        JsonNode asked = StudioJson.tree(job.request());
        Map<String, Object> request = WorkSupport.request("compare", out);
        request.put("song", WorkSupport.song(store, mix));
        request.put("mix", asked.path("mix").asBoolean(true));
        request.put("genre", asked.path("genre").asString(MasteringRequest.AUTO));
        List<String> references = new ArrayList<>();
        for (JsonNode id : asked.path("references")) {
            SongFile file = WorkSupport.usable(store, job.project(), id.asString());
            references.add(store.folders().upload(job.project(), file.id()).toString());
        }
        request.put("references", references);
        List<Map<String, Object>> candidates = new ArrayList<>();
        for (JsonNode id : asked.path("versions")) {
            Version version = store.versions().get(job.project(), id.asString());
            Path folder = store.folders().version(job.project(), version.id());
            candidates.add(
                    Map.of(
                            "version",
                            true,
                            "name",
                            version.name(),
                            "file",
                            folder.resolve("master.wav").toString()));
        }
        for (JsonNode id : asked.path("masters")) {
            candidates.add(
                    WorkSupport.song(
                            store, WorkSupport.usable(store, job.project(), id.asString())));
        }
        request.put("candidates", candidates);
        return request;
    }

    @Override
    public void publish(JobRecord job, Path out, JsonNode result) throws IOException {
        String id = Ids.next();
        Durable.publishFolder(out, store.folders().comparison(job.project(), id));
        store.transaction(
                () -> {
                    store.shelf().addComparison(id, job.project(), result.toString());
                    store.jobs().made(job.id(), null, null, id);
                    store.projects().touch(job.project());
                });
    }
}
