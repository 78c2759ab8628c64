// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.browser;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code lacquer serve} in a process of its own, as people start it. */
final class StudioServer implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");

    private final Process process;
    private final String address;

    private StudioServer(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts it on a free port, with projects in {@code data}, and waits until it is there. */
    static StudioServer start(Path data) throws IOException {
        Path arguments = Files.createTempFile("lacquer-test", ".args");
        String classPath = System.getProperty("java.class.path").replace("\\", "\\\\");
        Files.writeString(arguments, "-cp \"" + classPath + "\"\n");
        List<String> command =
                List.of(
                        System.getProperty("java.home")
                                + File.separator
                                + "bin"
                                + File.separator
                                + "java",
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.awt.headless=true",
                        "-Dai.djl.offline=true",
                        "@" + arguments,
                        "org.lacquer.app.Main",
                        "serve",
                        "--port",
                        "0",
                        "--no-open",
                        "--data",
                        data.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        String line;
        while ((line = out.readLine()) != null) {
            said.append(line).append('\n');
            Matcher matcher = ADDRESS.matcher(line);
            if (matcher.find()) {
                Files.delete(arguments);
                Thread.ofVirtual().start(() -> drain(out));
                return new StudioServer(process, matcher.group());
            }
        }
        process.destroyForcibly();
        throw new IOException("the server did not start: " + said);
    }

    String address() {
        return address;
    }

    /** Ends it as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** A pipe that nobody empties would stop the server. */
    private static void drain(BufferedReader out) {
        try {
            String line;
            while ((line = out.readLine()) != null) {
                System.err.println("studio: " + line);
            }
        } catch (IOException e) {
            // The process has ended.
        }
    }
}
