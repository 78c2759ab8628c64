// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

/** A document that does not hold what it should, with the line. */
final class YamlException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String reason;

    YamlException(int line, String reason) {
        super(line > 0 ? "line " + line + ": " + reason : reason);
        this.line = line;
        this.reason = reason;
    }

    int line() {
        return line;
    }

    String reason() {
        return reason;
    }
}
