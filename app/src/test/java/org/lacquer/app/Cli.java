// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** One run of the command line in this JVM, and what it said. */
record Cli(int exitCode, String out, String err) {
    private static final JsonMapper MAPPER = new JsonMapper();

    static Cli run(Object... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        // Live progress is on, so that a test sees where it goes.
        var terminal = new Terminal(stream(out), stream(err), false, true, false);
        int exitCode =
                Main.run(
                        terminal,
                        Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        return new Cli(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    /** Standard output, which must be one JSON object a line and nothing else. */
    List<JsonNode> json() {
        return out.lines().map(MAPPER::readTree).toList();
    }

    /** Complaints without the progress line that was wiped before them. */
    String complaint() {
        return err.substring(err.lastIndexOf('\r') + 1).replace("\033[K", "");
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
