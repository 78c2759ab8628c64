// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.Map;

/**
 * Something that a worker does. Files go into the folder or the file that the request names under
 * {@code out}; the server gives them their place.
 */
@FunctionalInterface
interface Task {
    /** Returns what the server shall know. */
    Map<String, Object> run(JsonNode request, Desk desk) throws IOException;
}
