// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** A command that does something and says it on a terminal. */
abstract class TerminalCommand implements Callable<Integer> {
    final Terminal terminal;

    @Mixin private HelpOption help = new HelpOption();

    TerminalCommand(Terminal terminal) {
        this.terminal = terminal;
    }
}
