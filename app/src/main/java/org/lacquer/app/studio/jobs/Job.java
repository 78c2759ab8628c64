// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.jobs;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.StudioJson;
import org.lacquer.app.studio.store.JobRecord;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A job as clients see it.
 *
 * @param stage what is being done; queued before, and the state's name after
 * @param fraction of the whole
 * @param position jobs that will start before it; null unless queued
 */
public record Job(JobRecord record, String stage, double fraction, @Nullable Integer position) {

    public Map<String, Object> json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", record.id());
        object.put("project", record.project());
        object.put("type", record.type());
        object.put("state", record.state());
        object.put("stage", stage);
        object.put("fraction", Math.rint(fraction * 1e4) / 1e4);
        object.put("position", position);
        object.put("createdAt", record.createdAt());
        object.put("startedAt", record.startedAt());
        object.put("endedAt", record.endedAt());
        object.put("request", StudioJson.tree(record.request()));
        object.put("file", record.file());
        object.put("version", record.version());
        object.put("export", record.export());
        object.put("comparison", record.comparison());
        String error = record.error();
        object.put("error", error == null ? null : StudioJson.tree(error));
        return object;
    }
}
