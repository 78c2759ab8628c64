// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.works;

import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.jobs.Work;
import org.lacquer.app.studio.store.JobRecord;
import org.lacquer.app.studio.store.Store;
import org.lacquer.app.studio.store.Version;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What is measured of a version after it can be heard: its spectrum, and the report with it. */
public final class DescribeWork implements Work {
    /** Of its jobs. */
    public static final String TYPE = JobRecord.QUIET;

    private final Store store;

    public DescribeWork(Store store) {
        this.store = store;
    }

    @Override
    public Map<String, Object> request(JobRecord job, Path out) {
        Version version =
                store.versions().get(job.project(), Objects.requireNonNull(job.version()));
        JsonNode detail = StudioJson.tree(version.detail());
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("task", "describe");
        request.put("out", out.toString());
        request.put("version", folder(job).toString());
        request.put("key", detail.path("key"));
        request.put("platform", detail.path("platform").asString(""));
        return request;
    }

    @Override
    public void publish(JobRecord job, Path out, JsonNode result) throws IOException {
        store.versions().get(job.project(), Objects.requireNonNull(job.version()));
        for (String name : List.of("spectrum.json", "report.html")) {
            if (Files.exists(out.resolve(name))) {
                Durable.publishFile(out.resolve(name), folder(job).resolve(name));
            }
        }
    }

    private Path folder(JobRecord job) {
        return store.folders().version(job.project(), Objects.requireNonNull(job.version()));
    }
}
