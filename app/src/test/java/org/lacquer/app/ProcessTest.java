// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What only a process of its own can show. */
@Timeout(120)
class ProcessTest {
    @TempDir private Path folder;

    @Test
    void longCommandLinesDoNotKillTheModel() throws Exception {
        Process process = start(List.of("-Dpadding=" + "x".repeat(20_000)), "doctor");
        String out = output(process);
        assertThat(process.waitFor()).as(out).isZero();
        assertThat(out).contains("answers", "LGPL");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no SIGINT")
    void interruptionIsExitCode130AndLeavesNothing() throws Exception {
        assumeFalse(
                interruptsAreIgnored(),
                "this process ignores SIGINT, as in the background of a script, and so do its"
                        + " children");
        Path song = Songs.wav(folder.resolve("song.wav"), Songs.beat(120.0));
        Path plan =
                Files.writeString(
                        folder.resolve("plan.yaml"),
                        "schemaVersion: 1\nstages: [{stage: limiter}]\n"
                                + "delivery: {targetLufs: -14}\n");
        List<Path> before = list();
        Process process =
                start(
                        List.of("-Djava.io.tmpdir=" + folder),
                        "render",
                        song.toString(),
                        "--plan",
                        plan.toString(),
                        "-o",
                        folder.resolve("master.wav").toString());
        while (process.isAlive() && list().equals(before)) {
            Thread.sleep(5);
        }
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(output(process)).isEqualTo("lacquer: interrupted\n");
        assertThat(list()).isEqualTo(before);
    }

    /** Bit 1 of Linux's mask of ignored signals is SIGINT; children inherit it. */
    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> line.substring(7).strip())
                    .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & 2L) != 0L);
        }
    }

    private Process start(List<String> options, String... arguments) throws IOException {
        // The class path goes through a file, so that only the options are long.
        Path argumentFile = Files.createTempFile("lacquer-test", ".args");
        String classPath = System.getProperty("java.class.path").replace("\\", "\\\\");
        Files.writeString(argumentFile, "-cp \"" + classPath + "\"\n", StandardCharsets.UTF_8);
        List<String> command = new ArrayList<>();
        command.add(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dai.djl.offline=true");
        command.addAll(options);
        command.add("@" + argumentFile);
        command.add("org.lacquer.app.Main");
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.onExit().thenRun(() -> argumentFile.toFile().delete());
        return process;
    }

    private static String output(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return text;
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }
}
