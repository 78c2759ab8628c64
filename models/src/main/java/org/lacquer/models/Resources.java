// SPDX-License-Identifier: Apache-2.0
package org.lacquer.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the module's own files: tab-separated UTF-8 text, {@code #} starts a comment line. */
final class Resources {
    private Resources() {}

    /** The cells of every line that is neither empty nor a comment. */
    static List<String[]> rows(String name) {
        return rowsOf(new String(bytes(name), StandardCharsets.UTF_8));
    }

    static List<String[]> rowsOf(String text) {
        List<String[]> rows = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(line.split("\t", -1));
            }
        }
        return rows;
    }

    static byte[] bytes(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from the jar");
            }
            return in.readAllBytes();
        } catch (IOException problem) {
            throw new UncheckedIOException("resource " + name + " cannot be read", problem);
        }
    }
}
