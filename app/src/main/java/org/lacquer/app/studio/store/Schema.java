// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.store;

import java.util.List;

/** The tables, as steps from nothing to the present. A step that was released never changes. */
final class Schema {
    static final List<String> MIGRATIONS =
            List.of(
                    """
                    CREATE TABLE project (
                      id TEXT PRIMARY KEY, name TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL,
                      deleted TEXT, play_rate INTEGER);
                    CREATE INDEX project_changed ON project (changed);
                    CREATE TABLE file (
                      id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
                      name TEXT NOT NULL, role TEXT NOT NULL, bytes INTEGER NOT NULL, created TEXT NOT NULL,
                      deleted TEXT, state TEXT NOT NULL, job TEXT, error TEXT, detail TEXT);
                    CREATE INDEX file_project ON file (project);
                    CREATE TABLE version (
                      id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
                      name TEXT NOT NULL, file TEXT NOT NULL, parent TEXT, kind TEXT NOT NULL,
                      created TEXT NOT NULL, deleted TEXT, detail TEXT NOT NULL);
                    CREATE INDEX version_project ON version (project);
                    CREATE TABLE job (
                      number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
                      project TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
                      type TEXT NOT NULL, state TEXT NOT NULL, created TEXT NOT NULL, started TEXT, ended TEXT,
                      request TEXT NOT NULL, file TEXT, version TEXT, export TEXT, comparison TEXT, error TEXT,
                      attempts INTEGER NOT NULL DEFAULT 0);
                    CREATE INDEX job_project ON job (project);
                    CREATE INDEX job_state ON job (state);
                    CREATE TABLE export (
                      id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
                      version TEXT NOT NULL, created TEXT NOT NULL, detail TEXT NOT NULL);
                    CREATE TABLE comparison (
                      id TEXT PRIMARY KEY, project TEXT NOT NULL REFERENCES project (id) ON DELETE CASCADE,
                      created TEXT NOT NULL, detail TEXT NOT NULL);
                    CREATE TABLE plan (
                      id TEXT PRIMARY KEY, name TEXT NOT NULL, created TEXT NOT NULL, deleted TEXT, text TEXT NOT NULL)
                    """,
                    """
                    ALTER TABLE file ADD COLUMN stems TEXT
                    """);

    private Schema() {}
}
