// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.store;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.Problem;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The table of jobs. */
public final class JobRecords {
    private final Database database;

    public JobRecords(Database database) {
        this.database = database;
    }

    public JobRecord create(
            String id,
            String project,
            String type,
            String request,
            @Nullable String file,
            @Nullable String version) {
        database.update(
                "INSERT INTO job (id, project, type, state, created, request, file, version) VALUES"
                        + " (?, ?, ?, 'queued', ?, ?, ?, ?)",
                id,
                project,
                type,
                Projects.now(),
                request,
                file,
                version);
        return get(id);
    }

    public JobRecord get(String id) {
        return find(id).orElseThrow(() -> Problem.notFound("job").exception());
    }

    /** Empty when its project was deleted for good. */
    public Optional<JobRecord> find(String id) {
        return database.one("SELECT * FROM job WHERE id = ?", JobRecords::of, id);
    }

    public List<JobRecord> latest(String project, int count) {
        return database.list(
                "SELECT * FROM job WHERE project = ? AND type <> 'describe' ORDER BY number DESC"
                        + " LIMIT ?",
                JobRecords::of,
                project,
                count);
    }

    public List<JobRecord> unfinished(String project) {
        return database.list(
                "SELECT * FROM job WHERE project = ? AND type <> 'describe' AND state IN ('queued',"
                        + " 'running') ORDER BY number",
                JobRecords::of,
                project);
    }

    /** Of all projects that are not deleted. */
    public List<JobRecord> unfinished() {
        return database.list(
                "SELECT * FROM job WHERE state IN ('queued', 'running') ORDER BY number",
                JobRecords::of);
    }

    /** An unfinished job of a version, for instance one that prepares a codec. */
    public Optional<JobRecord> unfinished(String type, String version, String request) {
        return database.one(
                "SELECT * FROM job WHERE type = ? AND version = ? AND request = ? AND state IN"
                        + " ('queued', 'running')",
                JobRecords::of,
                type,
                version,
                request);
    }

    /** Whether something about a version is still being made. */
    public boolean describing(String version) {
        return database.number(
                        "SELECT count(*) FROM job WHERE type = 'describe' AND version = ? AND state"
                                + " IN ('queued', 'running')",
                        version)
                > 0;
    }

    public void start(String id) {
        database.update(
                "UPDATE job SET state = 'running', started = ?, attempts = attempts + 1 WHERE id ="
                        + " ?",
                Projects.now(),
                id);
    }

    /** Back into the queue, after the server ended in the middle. */
    public void requeue(String id) {
        database.update("UPDATE job SET state = 'queued', started = NULL WHERE id = ?", id);
    }

    public void end(String id, String state, @Nullable String error) {
        database.update(
                "UPDATE job SET state = ?, ended = ?, error = ? WHERE id = ?",
                state,
                Projects.now(),
                error,
                id);
    }

    /** What a job has made. */
    public void made(
            String id,
            @Nullable String version,
            @Nullable String export,
            @Nullable String comparison) {
        database.update(
                "UPDATE job SET version = coalesce(?, version), export = ?, comparison = ? WHERE id"
                        + " = ?",
                version,
                export,
                comparison,
                id);
    }

    private static JobRecord of(ResultSet row) throws SQLException {
        return new JobRecord(
                row.getLong("number"),
                row.getString("id"),
                row.getString("project"),
                row.getString("type"),
                row.getString("state"),
                row.getString("created"),
                row.getString("started"),
                row.getString("ended"),
                row.getString("request"),
                row.getString("file"),
                row.getString("version"),
                row.getString("export"),
                row.getString("comparison"),
                row.getString("error"),
                row.getInt("attempts"));
    }
}
