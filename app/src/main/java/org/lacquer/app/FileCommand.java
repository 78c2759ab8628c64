// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

/** A command about a file, whose failures too are told in JSON when that was asked for. */
abstract class FileCommand extends TerminalCommand {
    FileCommand(Terminal terminal) {
        super(terminal);
    }

    /** The file that an error is about. */
    abstract String file();
}
