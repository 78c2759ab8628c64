// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One path of the API.
 *
 * @param segments of the path; one in braces is a variable
 */
record Route(String method, List<String> segments, Handler handler) {
    /** Does what a path is there for. */
    @FunctionalInterface
    public interface Handler {
        Response handle(Request request) throws IOException;
    }

    static Route of(String method, String path, Handler handler) {
        return new Route(method, List.of(path.substring(1).split("/")), handler);
    }

    /** The variables, where the path fits. */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String segment = segments.get(i);
            if (segment.startsWith("{")) {
                variables.put(segment.substring(1, segment.length() - 1), path.get(i));
            } else if (!segment.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
