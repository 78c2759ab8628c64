// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.premaster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs of Debian packages that render, found on the search path. */
final class Tools {
    private static final long MINUTES = 15;

    private Tools() {}

    /** Whether a program is installed. */
    static boolean present(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Runs a program until it ends.
     *
     * @throws IOException when it is missing, fails or takes longer than a quarter of an hour; the
     *     message tells the package, or the end of what it said
     */
    static void run(
            Path folder, Map<String, String> environment, String debianPackage, List<String> words)
            throws IOException, InterruptedException {
        String program = words.getFirst();
        if (!present(program)) {
            throw new IOException(
                    program + " is missing; install it: apt-get install " + debianPackage);
        }
        Path log = folder.resolve("tool.log");
        ProcessBuilder builder =
                new ProcessBuilder(new ArrayList<>(words))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(program + " took longer than " + MINUTES + " minutes");
        }
        if (process.exitValue() != 0) {
            String said = Files.readString(log);
            throw new IOException(
                    program + " failed: " + said.substring(Math.max(0, said.length() - 300)));
        }
    }
}
