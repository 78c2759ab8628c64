// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.works;

import org.lacquer.app.studio.store.JobRecord;
import org.lacquer.app.studio.store.SongFile;
import org.lacquer.app.studio.store.Store;
import org.lacquer.app.studio.store.Version;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What several works say in the same way. */
final class WorkSupport {
    private WorkSupport() {}

    /** What a worker is asked, to be added to. */
    static Map<String, Object> request(String task, Path out) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("task", task);
        request.put("out", out.toString());
        return request;
    }

    /** The version that a job is about; fails when it was deleted meanwhile. */
    static Version version(Store store, JobRecord job) {
        return store.versions().get(job.project(), Objects.requireNonNull(job.version()));
    }

    /** Where that version lies. */
    static Path versionFolder(Store store, JobRecord job) {
        return store.folders().version(job.project(), Objects.requireNonNull(job.version()));
    }

    /** A song as a worker wants it named. */
    static Map<String, Object> song(Store store, SongFile file) {
        Map<String, Object> song = new LinkedHashMap<>();
        song.put("id", file.id());
        song.put("file", store.folders().upload(file.project(), file.id()).toString());
        song.put("name", file.name());
        return song;
    }

    /** A file that was not refused; it may still wait to be measured. */
    static SongFile usable(Store store, String project, String id) {
        SongFile file = store.files().get(project, id);
        return file.state().equals("refused") ? store.files().ready(project, id) : file;
    }

    /** The name without its extension. */
    static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
