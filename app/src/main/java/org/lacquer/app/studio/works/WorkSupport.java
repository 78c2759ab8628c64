// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.works;

import org.lacquer.app.studio.store.SongFile;
import org.lacquer.app.studio.store.Store;

import java.util.LinkedHashMap;
import java.util.Map;

/** What several works say in the same way. */
final class WorkSupport {
    private WorkSupport() {}

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
