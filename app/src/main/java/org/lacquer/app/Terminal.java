// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the command talks to: results to {@code out}, progress and complaints to {@code err}.
 *
 * @param colour whether {@code out} understands colours and wants them
 * @param live whether {@code err} is a terminal on which a line can be overwritten
 * @param debug whether a fault of ours shows its stack trace
 */
record Terminal(PrintStream out, PrintStream err, boolean colour, boolean live, boolean debug) {
    private static final String RESET = "\033[0m";

    /** Standard output and standard error of this process, always in UTF-8. */
    static Terminal ofProcess() {
        boolean plain = present("NO_COLOR") || "dumb".equals(System.getenv("TERM"));
        return new Terminal(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                isTerminal(1) && !plain,
                isTerminal(2),
                present("LACQUER_DEBUG"));
    }

    /** Without colours and live progress, as in a script. */
    static Terminal plain(PrintStream out, PrintStream err) {
        return new Terminal(out, err, false, false, false);
    }

    void line(String text) {
        // Never println: its line end differs between machines.
        out.print(text + "\n");
        out.flush();
    }

    void complain(String text) {
        err.print("lacquer: " + text + "\n");
        err.flush();
    }

    /** Takes away a progress line. */
    void wipe() {
        if (live) {
            err.print("\r\033[K");
            err.flush();
        }
    }

    String bold(String text) {
        return colour ? "\033[1m" + text + RESET : text;
    }

    String faint(String text) {
        return colour ? "\033[2m" + text + RESET : text;
    }

    String yellow(String text) {
        return colour ? "\033[33m" + text + RESET : text;
    }

    String red(String text) {
        return colour ? "\033[31m" + text + RESET : text;
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    private static boolean present(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isEmpty();
    }

    /** Linux tells by the link's target; elsewhere Java knows only all streams together. */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (Files.exists(Path.of("/proc/self/fd"))) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            } catch (IOException unreadable) {
                return false;
            }
        }
        var console = System.console();
        return console != null && console.isTerminal();
    }
}
