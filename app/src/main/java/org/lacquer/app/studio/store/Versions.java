// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.store;

import org.lacquer.app.studio.base.Problem;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The table of versions. */
public final class Versions {
    private final Database database;

    public Versions(Database database) {
        this.database = database;
    }

    public void create(Version version) {
        database.update(
                "INSERT INTO version (id, project, name, file, parent, kind, created, detail)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                version.id(),
                version.project(),
                version.name(),
                version.file(),
                version.parent(),
                version.kind(),
                version.createdAt(),
                version.detail());
    }

    public Version get(String project, String id) {
        return database.one(
                        "SELECT * FROM version WHERE project = ? AND id = ? AND deleted IS NULL",
                        Versions::of,
                        project,
                        id)
                .orElseThrow(() -> Problem.notFound("version in this project").exception());
    }

    public List<Version> list(String project) {
        return database.list(
                "SELECT * FROM version WHERE project = ? AND deleted IS NULL ORDER BY created, id",
                Versions::of,
                project);
    }

    /** Deleted ones count too, so that a new one gets a new number. */
    public long countAll(String project) {
        return database.number("SELECT count(*) FROM version WHERE project = ?", project);
    }

    public long count(String project) {
        return database.number(
                "SELECT count(*) FROM version WHERE project = ? AND deleted IS NULL", project);
    }

    public void rename(String project, String id, String name) {
        database.update("UPDATE version SET name = ? WHERE id = ?", name, get(project, id).id());
    }

    public void delete(String project, String id) {
        database.update(
                "UPDATE version SET deleted = ? WHERE id = ?",
                Projects.now(),
                get(project, id).id());
    }

    public Version restore(String project, String id) {
        if (database.update(
                        "UPDATE version SET deleted = NULL WHERE project = ? AND id = ? AND deleted"
                                + " IS NOT NULL",
                        project,
                        id)
                == 0) {
            throw Problem.notFound("deleted version").exception();
        }
        return get(project, id);
    }

    private static Version of(ResultSet row) throws SQLException {
        return new Version(
                row.getString("id"),
                row.getString("project"),
                row.getString("name"),
                row.getString("file"),
                row.getString("parent"),
                row.getString("kind"),
                row.getString("created"),
                row.getString("deleted"),
                row.getString("detail"));
    }
}
