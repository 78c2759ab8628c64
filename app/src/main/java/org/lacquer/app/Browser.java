// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Opens a page where there is a desktop. */
final class Browser {
    private Browser() {}

    /** Whether somebody would see it. */
    static boolean likely() {
        return windows() || mac() || present("DISPLAY") || present("WAYLAND_DISPLAY");
    }

    /** Tries; that no browser opens is no reason to end. */
    static void open(String address) {
        List<String> command =
                windows()
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
                        : List.of(mac() ? "open" : "xdg-open", address);
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException none) {
            return;
        }
    }

    private static boolean windows() {
        return system().startsWith("windows");
    }

    private static boolean mac() {
        return system().startsWith("mac");
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT);
    }

    private static boolean present(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isEmpty();
    }
}
