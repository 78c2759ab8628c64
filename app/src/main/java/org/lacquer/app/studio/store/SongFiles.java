// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.store;

import org.jspecify.annotations.Nullable;
import org.lacquer.app.studio.base.Problem;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The table of uploaded files. */
public final class SongFiles {
    private final Database database;

    public SongFiles(Database database) {
        this.database = database;
    }

    public void create(String id, String project, String name, String role, long bytes) {
        database.update(
                "INSERT INTO file (id, project, name, role, bytes, created, state) VALUES (?, ?, ?,"
                        + " ?, ?, ?, 'waiting')",
                id,
                project,
                name,
                role,
                bytes,
                Projects.now());
    }

    /** A mix that is still to be made, of stems. */
    public void createMix(String id, String project, String name, String stems) {
        database.update(
                "INSERT INTO file (id, project, name, role, bytes, created, state, stems) VALUES"
                        + " (?, ?, ?, 'mix', 0, ?, 'waiting', ?)",
                id,
                project,
                name,
                Projects.now(),
                stems);
    }

    /** Deleted ones count too, so that a new one gets a new number. */
    public long mixesOfStems(String project) {
        return database.number(
                "SELECT count(*) FROM file WHERE project = ? AND stems IS NOT NULL", project);
    }

    public SongFile get(String project, String id) {
        return database.one(
                        "SELECT * FROM file WHERE project = ? AND id = ? AND deleted IS NULL",
                        SongFiles::of,
                        project,
                        id)
                .orElseThrow(() -> Problem.notFound("file in this project").exception());
    }

    /** A file that was measured. */
    public SongFile ready(String project, String id) {
        SongFile file = get(project, id);
        if (file.state().equals("refused")) {
            throw Problem.conflict(
                            "the file '" + file.name() + "' could not be read; see its error")
                    .exception();
        }
        if (!file.state().equals("ready")) {
            throw Problem.notReady("the file is still being measured; wait for its analysis")
                    .exception();
        }
        return file;
    }

    public List<SongFile> list(String project) {
        return database.list(
                "SELECT * FROM file WHERE project = ? AND deleted IS NULL ORDER BY created, id",
                SongFiles::of,
                project);
    }

    public long count(String project) {
        return database.number(
                "SELECT count(*) FROM file WHERE project = ? AND deleted IS NULL", project);
    }

    public void change(String id, String name, String role) {
        database.update("UPDATE file SET name = ?, role = ? WHERE id = ?", name, role, id);
    }

    public void setBytes(String id, long bytes) {
        database.update("UPDATE file SET bytes = ? WHERE id = ?", bytes, id);
    }

    public void setJob(String id, String job) {
        database.update("UPDATE file SET job = ? WHERE id = ?", job, id);
    }

    /** Measured, or not to be measured. */
    public void setState(String id, String state, @Nullable String error, @Nullable String detail) {
        database.update(
                "UPDATE file SET state = ?, error = ?, detail = ? WHERE id = ?",
                state,
                error,
                detail,
                id);
    }

    public void delete(String project, String id) {
        database.update(
                "UPDATE file SET deleted = ? WHERE id = ?", Projects.now(), get(project, id).id());
    }

    public SongFile restore(String project, String id) {
        if (database.update(
                        "UPDATE file SET deleted = NULL WHERE project = ? AND id = ? AND deleted IS"
                                + " NOT NULL",
                        project,
                        id)
                == 0) {
            throw Problem.notFound("deleted file").exception();
        }
        return get(project, id);
    }

    private static SongFile of(ResultSet row) throws SQLException {
        return new SongFile(
                row.getString("id"),
                row.getString("project"),
                row.getString("name"),
                row.getString("role"),
                row.getLong("bytes"),
                row.getString("created"),
                row.getString("deleted"),
                row.getString("state"),
                row.getString("job"),
                row.getString("error"),
                row.getString("detail"),
                row.getString("stems"));
    }
}
