// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.works;

import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.Ids;
import org.lacquer.app.studio.base.Plans;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.jobs.Work;
import org.lacquer.app.studio.store.JobRecord;
import org.lacquer.app.studio.store.Projects;
import org.lacquer.app.studio.store.SongFile;
import org.lacquer.app.studio.store.Store;
import org.lacquer.app.studio.store.Version;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanYaml;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Makes a version: by inference ({@code master}) or with a plan ({@code render}). */
public final class MasterWork implements Work {
    private final Store store;
    private final Consumer<Version> whenMade;

    /**
     * @param whenMade what happens after a version can be heard
     */
    public MasterWork(Store store, Consumer<Version> whenMade) {
        this.store = store;
        this.whenMade = whenMade;
    }

    @Override
    public Map<String, Object> request(JobRecord job, Path out) {
        SongFile file = store.files().ready(job.project(), Objects.requireNonNull(job.file()));
        JsonNode asked = StudioJson.tree(job.request());
        Map<String, Object> request = new LinkedHashMap<>(StudioJson.map(job.request()));
        request.put("task", "master");
        request.put("song", WorkSupport.song(store, file));
        request.put("out", out.toString());
        request.put(
                "playRateHz",
                Objects.requireNonNull(store.projects().get(job.project()).playRateHz()));
        List<String> references = new ArrayList<>();
        Map<String, Object> names = new LinkedHashMap<>();
        for (JsonNode id : asked.path("references")) {
            SongFile reference = WorkSupport.usable(store, job.project(), id.asString());
            String path = store.folders().upload(job.project(), reference.id()).toString();
            references.add(path);
            names.put(path, reference.name());
        }
        request.put("references", references);
        request.put("names", names);
        if (job.type().equals("render")) {
            MasteringPlan plan =
                    Plans.forVersion(
                            Plans.read(asked.path("plan").toString()),
                            asked.path("keepLoudness").asBoolean(true));
            request.put("plan", PlanYaml.write(plan));
        }
        return request;
    }

    @Override
    public void publish(JobRecord job, Path out, JsonNode result) throws IOException {
        // Fails when it was deleted for good meanwhile, so that nothing of it comes back.
        store.files().get(job.project(), Objects.requireNonNull(job.file()));
        String id = Ids.next();
        JsonNode asked = StudioJson.tree(job.request());
        boolean given = job.type().equals("render");
        Map<String, Object> detail = new LinkedHashMap<>(StudioJson.map(result));
        detail.put("request", asked);
        detail.put("platform", asked.path("platform").asString(given ? "" : "streaming"));
        String parent =
                given && asked.path("parent").isString() ? asked.path("parent").asString() : null;
        if (parent != null) {
            JsonNode old = StudioJson.tree(store.versions().get(job.project(), parent).detail());
            detail.put("genre", old.path("genre"));
            detail.put("platform", old.path("platform"));
            Inherited.add(out, store.folders().version(job.project(), parent));
        }
        detail.put("intensity", given ? null : asked.path("intensity").asInt(50));
        detail.put("bytes", Durable.bytesIn(out));
        String name = asked.path("name").asString("").strip();
        String usual = "Version " + (store.versions().countAll(job.project()) + 1);
        Version version =
                new Version(
                        id,
                        job.project(),
                        name.isEmpty() ? usual : name,
                        Objects.requireNonNull(job.file()),
                        parent,
                        given ? "rendered" : "mastered",
                        Projects.now(),
                        null,
                        StudioJson.text(detail));
        Durable.publishFolder(out, store.folders().version(job.project(), id));
        store.transaction(
                () -> {
                    store.versions().create(version);
                    store.jobs().made(job.id(), id, null, null);
                    store.projects().touch(job.project());
                });
        whenMade.accept(version);
    }
}
