// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.app.studio.api.Studio;
import org.lacquer.app.studio.api.StudioSettings;
import org.lacquer.app.studio.base.Limits;
import org.lacquer.app.studio.store.Folders;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** {@code lacquer serve}: the studio in the browser. */
@Command(
        name = "serve",
        header = "Master in the browser, on this machine.",
        description = {
            "Starts the studio and prints its address. Nothing leaves this machine: the page is"
                    + " served to this machine only, unless --host says otherwise.",
            "Projects stay in the data folder; Ctrl-C ends the server, and the next start goes on"
                    + " where it was."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  lacquer serve",
            "  lacquer serve --port 8080 --no-open",
            "  lacquer serve --host 0.0.0.0 --token a-long-secret-of-yours",
            "",
            "The HTTP API is described at /api/v1/openapi.yaml and in docs/studio-api.md."
        })
final class ServeCommand extends TerminalCommand {
    private static final int USUAL_PORT = 7_400;
    private static final int PORTS_TRIED = 20;
    private static final int WORKER_MEGABYTES = 1_024;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Port; 0 takes any that is free. Default: 7400, or the next free one after it.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on instead of loopback; needs --token.")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = {
                "Secret of 16 characters or more that every request must carry.",
                "LACQUER_TOKEN in the environment is taken too, and is not seen in lists of"
                        + " processes."
            })
    private Optional<String> token = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder for projects. Default: LACQUER_HOME/studio, else"
                            + " ~/.local/share/lacquer/studio.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--open",
            negatable = true,
            description = "Open the page in a browser. Default: where there is a desktop.")
    private Optional<Boolean> open = Optional.empty();

    ServeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    public Integer call() throws IOException {
        port.ifPresent(
                number -> {
                    if (number < 0 || number > 65_535) {
                        throw new UsageException("--port must be 0 to 65535, got " + number);
                    }
                });
        try (Studio studio = bind()) {
            studio.start();
            String address = address(studio.port());
            terminal.line("The studio is at " + address + "  (Ctrl-C ends it)");
            if (open.orElseGet(Browser::likely)) {
                Browser.open(address);
            }
            waitForEnd();
        }
        return ExitCode.DONE;
    }

    /** The first port that is free, or the one that was asked for. */
    private Studio bind() throws IOException {
        int first = port.orElse(USUAL_PORT);
        int tries = port.isPresent() ? 1 : PORTS_TRIED;
        for (int number = first; ; number++) {
            try {
                return new Studio(settings(number), terminal.err());
            } catch (BindException taken) {
                if (number >= first + tries - 1) {
                    throw new UsageException(
                            "port " + number + " is taken; choose another with --port");
                }
            }
        }
    }

    private StudioSettings settings(int number) {
        String secret =
                token.or(() -> Optional.ofNullable(System.getenv("LACQUER_TOKEN"))).orElse(null);
        InetAddress address = address();
        if (!address.isLoopbackAddress() && (secret == null || secret.length() < 16)) {
            throw new UsageException(
                    "--host "
                            + host.orElse("")
                            + ": others can reach that address, so it needs --token with a secret"
                            + " of at least 16 characters");
        }
        if (secret != null && !secret.matches("[A-Za-z0-9._~-]+")) {
            throw new UsageException("--token may hold letters, digits and . _ ~ -");
        }
        return new StudioSettings(
                data.orElseGet(() -> Folders.usual(System.getenv())),
                address,
                number,
                secret,
                names(),
                Limits.DEFAULT,
                workers(),
                WORKER_MEGABYTES,
                StudioWorker.class.getName(),
                Set.copyOf(StageNames.all()),
                Version.NUMBER);
    }

    private InetAddress address() {
        try {
            return host.isPresent()
                    ? InetAddress.getByName(host.get())
                    : InetAddress.getLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new UsageException("--host " + host.orElse("") + ": there is no such address");
        }
    }

    /** Names that reach this machine from others; only with a token, which guards them. */
    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        if (host.isPresent() && !address().isLoopbackAddress()) {
            names.add(host.get().toLowerCase(Locale.ROOT));
            try {
                String own = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
                names.addAll(List.of(own, own + ".local"));
            } catch (UnknownHostException nameless) {
                return names;
            }
        }
        return names;
    }

    /** One a processor, as far as half of the memory goes. */
    private static int workers() {
        int processors = Runtime.getRuntime().availableProcessors();
        long memory =
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                                instanceof com.sun.management.OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : 4L << 30;
        long fitting = memory / 2 / ((long) WORKER_MEGABYTES << 20);
        return (int) Math.max(1, Math.min(processors, fitting));
    }

    private String address(int number) {
        String name = host.filter(given -> !address().isLoopbackAddress()).orElse("127.0.0.1");
        if (name.equals("0.0.0.0") || name.equals("::")) {
            name = "127.0.0.1";
        }
        return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + number + "/";
    }

    /** Until Ctrl-C: then the studio is closed before the JVM ends. */
    private void waitForEnd() {
        CountDownLatch asked = new CountDownLatch(1);
        Thread server = Thread.currentThread();
        Thread whenEnding =
                new Thread(
                        () -> {
                            asked.countDown();
                            try {
                                server.join(5_000);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "lacquer-end");
        Runtime.getRuntime().addShutdownHook(whenEnding);
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
