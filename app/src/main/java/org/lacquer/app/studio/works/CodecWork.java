// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.works;

import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.jobs.Work;
import org.lacquer.app.studio.store.JobRecord;
import org.lacquer.app.studio.store.Store;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A version as an encoder leaves it. */
public final class CodecWork implements Work {
    private final Store store;

    public CodecWork(Store store) {
        this.store = store;
    }

    @Override
    public Map<String, Object> request(JobRecord job, Path out) {
        JsonNode detail = StudioJson.tree(WorkSupport.version(store, job).detail());
        Map<String, Object> request = WorkSupport.request("codec", out);
        request.put("codec", StudioJson.tree(job.request()).path("codec").asString());
        request.put(
                "master", WorkSupport.versionFolder(store, job).resolve("master.wav").toString());
        request.put("playFrames", detail.path("playFrames"));
        request.put(
                "playRateHz",
                Objects.requireNonNull(store.projects().get(job.project()).playRateHz()));
        return request;
    }

    @Override
    public void publish(JobRecord job, Path out, JsonNode result) throws IOException {
        String codec = StudioJson.tree(job.request()).path("codec").asString();
        Durable.publishFile(
                out.resolve("codec.wav"),
                WorkSupport.versionFolder(store, job).resolve("codec-" + codec + ".wav"));
    }
}
