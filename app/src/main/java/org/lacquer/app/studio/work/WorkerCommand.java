// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.studio.work;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a worker is started: the same Java with the same options, class path and start-up cache, a
 * heap of its own, and a little less right to the processor than the server.
 *
 * @param mainClass that calls {@link Worker#run}
 * @param heapMegabytes highest
 * @param longestSeconds of a song
 */
public record WorkerCommand(String mainClass, int heapMegabytes, double longestSeconds) {
    private static final Path NICE = Path.of("/usr/bin/nice");

    /** Options of the server's own JVM that a worker must not have. */
    private static final List<String> OWN =
            List.of(
                    "-Xmx",
                    "-Xms",
                    "-Djava.io.tmpdir",
                    "-agentlib",
                    "-javaagent",
                    "-XX:AOTCacheOutput");

    /**
     * @param temporary folder for spools
     */
    List<String> words(Path temporary) {
        List<String> words = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            words.addAll(List.of(NICE.toString(), "-n", "5"));
        }
        words.add(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (OWN.stream().noneMatch(option::startsWith)) {
                words.add(option);
            }
        }
        words.add("-Xmx" + heapMegabytes + "m");
        words.add("-Djava.io.tmpdir=" + temporary);
        words.add("-XX:+ExitOnOutOfMemoryError");
        words.add("-XX:-CreateCoredumpOnCrash");
        words.add("-XX:ErrorFile=" + temporary.resolve("crash.log"));
        words.add("-cp");
        words.add(System.getProperty("java.class.path"));
        words.add(mainClass);
        words.add(String.valueOf(longestSeconds));
        return words;
    }
}
