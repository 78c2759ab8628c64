// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.store;

import java.io.IOException;
import java.nio.file.Path;

/** Everything that lasts. */
public final class Store implements AutoCloseable {
    private final Folders folders;
    private final Database database;
    private final Projects projects;
    private final SongFiles files;
    private final Versions versions;
    private final JobRecords jobs;
    private final Shelf shelf;

    /**
     * @throws IOException also when another server uses the folder
     */
    public Store(Path root) throws IOException {
        folders = new Folders(root);
        database = new Database(folders.database());
        projects = new Projects(database, folders);
        files = new SongFiles(database);
        versions = new Versions(database);
        jobs = new JobRecords(database);
        shelf = new Shelf(database);
    }

    public Folders folders() {
        return folders;
    }

    public Projects projects() {
        return projects;
    }

    public SongFiles files() {
        return files;
    }

    public Versions versions() {
        return versions;
    }

    public JobRecords jobs() {
        return jobs;
    }

    public Shelf shelf() {
        return shelf;
    }

    /** Several changes that are made all or not at all. */
    public void transaction(Runnable changes) {
        database.transaction(changes);
    }

    @Override
    public void close() throws IOException {
        database.close();
        folders.close();
    }
}
