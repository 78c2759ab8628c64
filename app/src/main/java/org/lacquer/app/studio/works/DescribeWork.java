// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.works;

import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.jobs.Work;
import org.lacquer.app.studio.store.JobRecord;
import org.lacquer.app.studio.store.Store;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
        JsonNode detail = StudioJson.tree(WorkSupport.version(store, job).detail());
        Map<String, Object> request = WorkSupport.request("describe", out);
        request.put("version", WorkSupport.versionFolder(store, job).toString());
        request.put("key", detail.path("key"));
        request.put("platform", detail.path("platform").asString(""));
        return request;
    }

    @Override
    public void publish(JobRecord job, Path out, JsonNode result) throws IOException {
        // Fails when it was deleted for good meanwhile, so that nothing of it comes back.
        WorkSupport.version(store, job);
        Path folder = WorkSupport.versionFolder(store, job);
        for (String name : List.of("spectrum.json", "report.html")) {
            if (Files.exists(out.resolve(name))) {
                Durable.publishFile(out.resolve(name), folder.resolve(name));
            }
        }
    }
}
