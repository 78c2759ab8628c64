// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.store;

import org.lacquer.app.studio.base.Ids;
import org.lacquer.app.studio.base.Problem;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The tables of exports, comparisons and saved plans. */
public final class Shelf {
    private final Database database;

    public Shelf(Database database) {
        this.database = database;
    }

    public void addExport(String id, String project, String version, String detail) {
        database.update(
                "INSERT INTO export (id, project, version, created, detail) VALUES (?, ?, ?, ?, ?)",
                id,
                project,
                version,
                Projects.now(),
                detail);
    }

    public Stored export(String project, String id) {
        return database.one(
                        "SELECT id, version AS owner, created, detail FROM export WHERE project = ?"
                                + " AND id = ?",
                        Shelf::of,
                        project,
                        id)
                .orElseThrow(() -> Problem.notFound("export in this project").exception());
    }

    public List<Stored> exports(String project) {
        return database.list(
                "SELECT id, version AS owner, created, detail FROM export WHERE project = ? ORDER"
                        + " BY created",
                Shelf::of,
                project);
    }

    public void removeExport(String id) {
        database.update("DELETE FROM export WHERE id = ?", id);
    }

    public void addComparison(String id, String project, String detail) {
        database.update(
                "INSERT INTO comparison (id, project, created, detail) VALUES (?, ?, ?, ?)",
                id,
                project,
                Projects.now(),
                detail);
    }

    public List<Stored> comparisons(String project) {
        return database.list(
                "SELECT id, '' AS owner, created, detail FROM comparison WHERE project = ? ORDER BY"
                        + " created",
                Shelf::of,
                project);
    }

    public Stored comparison(String project, String id) {
        return database.one(
                        "SELECT id, '' AS owner, created, detail FROM comparison WHERE project = ?"
                                + " AND id = ?",
                        Shelf::of,
                        project,
                        id)
                .orElseThrow(() -> Problem.notFound("comparison in this project").exception());
    }

    public Stored savePlan(String name, String text) {
        String id = Ids.next();
        database.update(
                "INSERT INTO plan (id, name, created, text) VALUES (?, ?, ?, ?)",
                id,
                name,
                Projects.now(),
                text);
        return plan(id);
    }

    public List<Stored> plans() {
        return database.list(
                "SELECT id, name AS owner, created, text AS detail FROM plan WHERE deleted IS NULL"
                        + " ORDER BY created",
                Shelf::of);
    }

    public Stored plan(String id) {
        Optional<Stored> found =
                database.one(
                        "SELECT id, name AS owner, created, text AS detail FROM plan WHERE id = ?"
                                + " AND deleted IS NULL",
                        Shelf::of,
                        id);
        return found.orElseThrow(() -> Problem.notFound("saved plan").exception());
    }

    public void deletePlan(String id) {
        database.update("UPDATE plan SET deleted = ? WHERE id = ?", Projects.now(), plan(id).id());
    }

    public Stored restorePlan(String id) {
        if (database.update(
                        "UPDATE plan SET deleted = NULL WHERE id = ? AND deleted IS NOT NULL", id)
                == 0) {
            throw Problem.notFound("deleted plan").exception();
        }
        return plan(id);
    }

    private static Stored of(ResultSet row) throws SQLException {
        return new Stored(
                row.getString("id"),
                row.getString("owner"),
                row.getString("created"),
                row.getString("detail"));
    }
}
