// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.store;

import org.lacquer.app.studio.base.Durable;
import org.lacquer.app.studio.base.Ids;
import org.lacquer.app.studio.base.Problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The table of projects. */
public final class Projects {
    private final Database database;
    private final Folders folders;

    public Projects(Database database, Folders folders) {
        this.database = database;
        this.folders = folders;
    }

    /** The present as everything is dated: to the millisecond, in UTC. */
    public static String now() {
        String text = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        // Texts must sort as times do, so the fraction is always there.
        return text.length() == 20 ? text.substring(0, 19) + ".000Z" : text;
    }

    public Project create(String name) {
        String id = Ids.next();
        String now = now();
        database.update(
                "INSERT INTO project (id, name, created, changed) VALUES (?, ?, ?, ?)",
                id,
                name,
                now,
                now);
        return get(id);
    }

    /** A project that is not deleted. */
    public Project get(String id) {
        return database.one(
                        "SELECT * FROM project WHERE id = ? AND deleted IS NULL", Projects::of, id)
                .orElseThrow(() -> Problem.notFound("project").exception());
    }

    /** One page of projects whose name holds a text, the latest first. */
    public List<Project> list(String search, boolean deleted, int page, int size) {
        return database.list(
                "SELECT * FROM project WHERE "
                        + condition(deleted)
                        + " ORDER BY changed DESC, id LIMIT ? OFFSET ?",
                Projects::of,
                pattern(search),
                size,
                (page - 1L) * size);
    }

    public long count(String search, boolean deleted) {
        return database.number(
                "SELECT count(*) FROM project WHERE " + condition(deleted), pattern(search));
    }

    /** All of them, deleted ones too. */
    public List<Project> all() {
        return database.list("SELECT * FROM project ORDER BY changed DESC", Projects::of);
    }

    public void rename(String id, String name) {
        database.update(
                "UPDATE project SET name = ?, changed = ? WHERE id = ?", name, now(), get(id).id());
    }

    /** Something in it has changed. */
    public void touch(String id) {
        database.update("UPDATE project SET changed = ? WHERE id = ?", now(), id);
    }

    /** Decides the rate of its audio for listening, once. */
    public void setPlayRate(String id, int rateHz) {
        database.update(
                "UPDATE project SET play_rate = ? WHERE id = ? AND play_rate IS NULL", rateHz, id);
    }

    public void delete(String id) {
        database.update("UPDATE project SET deleted = ? WHERE id = ?", now(), get(id).id());
    }

    public Project restore(String id) {
        int changed =
                database.update(
                        "UPDATE project SET deleted = NULL, changed = ? WHERE id = ? AND deleted IS"
                                + " NOT NULL",
                        now(),
                        id);
        if (changed == 0) {
            throw Problem.notFound("deleted project").exception();
        }
        return get(id);
    }

    /** Takes a project and all that belongs to it from the disk, deleted before or not. */
    public void remove(String id) throws IOException {
        if (database.update("DELETE FROM project WHERE id = ?", id) == 0) {
            throw Problem.notFound("project").exception();
        }
        Durable.deleteTree(folders.project(id));
    }

    /** Takes away what was deleted longer ago than a number of days. */
    public void removeDeleted(int days) throws IOException {
        String before =
                Instant.now()
                        .minus(days, ChronoUnit.DAYS)
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString();
        for (String id :
                database.list(
                        "SELECT id FROM project WHERE deleted < ?",
                        row -> row.getString(1),
                        before)) {
            remove(id);
        }
    }

    /** Takes away folders that no project knows: what a killed server was about to delete. */
    public void removeUnknown() throws IOException {
        try (Stream<Path> all = Files.list(folders.root().resolve("projects"))) {
            for (Path folder : all.toList()) {
                String id = String.valueOf(folder.getFileName());
                if (database.number("SELECT count(*) FROM project WHERE id = ?", id) == 0) {
                    Durable.deleteTree(folder);
                }
            }
        }
    }

    private static String condition(boolean deleted) {
        return "lower(name) LIKE ? ESCAPE '!' AND deleted IS " + (deleted ? "NOT NULL" : "NULL");
    }

    private static String pattern(String search) {
        String literal = search.replace("!", "!!").replace("%", "!%").replace("_", "!_");
        return "%" + literal.toLowerCase(Locale.ROOT) + "%";
    }

    private static Project of(ResultSet row) throws SQLException {
        int rate = row.getInt("play_rate");
        return new Project(
                row.getString("id"),
                row.getString("name"),
                row.getString("created"),
                row.getString("changed"),
                row.getString("deleted"),
                rate == 0 ? null : rate);
    }
}
