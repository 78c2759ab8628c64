// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import java.util.ArrayList;
import java.util.List;

/** Breaks sentences into lines. */
final class Paragraph {
    private static final int WIDTH = 96;

    private Paragraph() {}

    /**
     * Lines of at most {@value #WIDTH} letters, words permitting.
     *
     * @param head in front of the first line; the others are indented as far
     */
    static List<String> lines(String head, String text) {
        List<String> lines = new ArrayList<>();
        String indent = " ".repeat(head.length());
        StringBuilder line = new StringBuilder(head);
        boolean empty = true;
        for (String word : text.strip().split("\\s+")) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
