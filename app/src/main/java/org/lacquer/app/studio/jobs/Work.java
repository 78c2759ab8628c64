// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.jobs;

import org.lacquer.app.studio.store.JobRecord;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What a type of job asks of a worker, and what becomes of the result. */
public interface Work {
    /**
     * The request to the worker.
     *
     * @param out empty folder for what is made
     */
    Map<String, Object> request(JobRecord job, Path out) throws IOException;

    /** Puts what was made where it belongs, on disk first and then into the database. */
    void publish(JobRecord job, Path out, JsonNode result) throws IOException;

    /** The worker has refused or failed; {@code problem} as JSON. */
    default void failed(JobRecord job, String problem) {}
}
