// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.works;

import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.jobs.Work;
import org.lacquer.app.studio.store.JobRecord;
import org.lacquer.app.studio.store.Project;
import org.lacquer.app.studio.store.SongFile;
import org.lacquer.app.studio.store.Store;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Measures a file that was uploaded, or makes a mix of stems and measures that. */
public final class AnalyseWork implements Work {
    /** Takes the place of the upload while a mix of stems is made. */
    private static final String MIX = "mix.wav";

    private final Store store;

    public AnalyseWork(Store store) {
        this.store = store;
    }

    @Override
    public Map<String, Object> request(JobRecord job, Path out) {
        SongFile file = store.files().get(job.project(), Objects.requireNonNull(job.file()));
        Project project = store.projects().get(job.project());
        Map<String, Object> request = WorkSupport.request("analyse", out);
        request.put("song", WorkSupport.song(store, file));
        if (file.stems() != null) {
            addStems(request, file, out);
        }
        if (project.playRateHz() != null) {
            request.put("playRateHz", project.playRateHz());
        }
        return request;
    }

    private void addStems(Map<String, Object> request, SongFile mix, Path out) {
        Map<String, Object> song = WorkSupport.song(store, mix);
        song.put("file", out.resolve(MIX).toString());
        request.put("song", song);
        List<Map<String, Object>> stems = new ArrayList<>();
        Map<String, Object> names = new LinkedHashMap<>();
        for (JsonNode asked : StudioJson.tree(Objects.requireNonNull(mix.stems()))) {
            SongFile file = WorkSupport.usable(store, mix.project(), asked.path("file").asString());
            Map<String, Object> stem = WorkSupport.song(store, file);
            names.put(String.valueOf(stem.get("file")), file.name());
            stem.put("gainDb", asked.path("gainDb"));
            stem.put("muted", asked.path("muted"));
            stems.add(stem);
        }
        request.put("stems", stems);
        store.files().list(mix.project()).stream()
                .filter(file -> file.role().equals("mix") && file.stems() == null)
                .filter(file -> file.state().equals("ready"))
                .findFirst()
                .ifPresent(file -> request.put("rough", WorkSupport.song(store, file)));
        request.put("names", names);
    }

    @Override
    public void publish(JobRecord job, Path out, JsonNode result) throws IOException {
        String file = Objects.requireNonNull(job.file());
        // Fails when it was deleted for good meanwhile, so that nothing of it comes back.
        store.files().get(job.project(), file);
        Path mix = out.resolve(MIX);
        long bytes = Files.exists(mix) ? Files.size(mix) : -1;
        if (bytes >= 0) {
            Durable.publishFile(mix, store.folders().upload(job.project(), file));
        }
        Path place = store.folders().measured(job.project(), file);
        Durable.deleteTree(place);
        Durable.publishFolder(out, place);
        store.transaction(
                () -> {
                    store.projects().setPlayRate(job.project(), result.path("playRateHz").asInt());
                    if (bytes >= 0) {
                        store.files().setBytes(file, bytes);
                    }
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
