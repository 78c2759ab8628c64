// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine's own Chromium, driven by Playwright through the machine's own Node. Nothing is
 * downloaded. Where one of the two is missing, {@link #start} skips the test and says so; with
 * {@code LACQUER_BROWSER_TESTS=required} in the environment it fails instead.
 *
 * <p>{@code LACQUER_CHROMIUM} and {@code PLAYWRIGHT_NODEJS_PATH} name other programs.
 */
public final class Chromium implements AutoCloseable {
    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final List<String> NODES = List.of("node", "nodejs");

    /** In containers there is neither a sandbox to be had nor a large /dev/shm. */
    private static final List<String> ARGUMENTS =
            List.of(
                    "--no-sandbox",
                    "--disable-dev-shm-usage",
                    "--mute-audio",
                    "--autoplay-policy=no-user-gesture-required");

    /** For what should be there at once, on a machine that does other things too. */
    private static final double PATIENCE_MS = 30_000.0;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts it, or skips or fails the test. */
    public static Chromium start() {
        Optional<Path> node = node();
        Optional<Path> program = find("LACQUER_CHROMIUM", BROWSERS);
        if (node.isEmpty() || program.isEmpty()) {
            skip(
                    "browser tests need Chromium and Node 18 or later; not found: "
                            + (program.isEmpty() ? "Chromium " : "")
                            + (node.isEmpty() ? "Node" : ""));
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(
                                        Map.of(
                                                "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                                                "1",
                                                "PLAYWRIGHT_NODEJS_PATH",
                                                node.orElseThrow().toString())));
        try {
            Browser browser =
                    playwright
                            .chromium()
                            .launch(
                                    new BrowserType.LaunchOptions()
                                            .setExecutablePath(program.orElseThrow())
                                            .setArgs(ARGUMENTS));
            return new Chromium(playwright, browser);
        } catch (PlaywrightException e) {
            playwright.close();
            throw e;
        }
    }

    /** The machine's Node. */
    static Optional<Path> node() {
        return find("PLAYWRIGHT_NODEJS_PATH", NODES);
    }

    /** Skips a test for which a program is missing, or fails it where browser tests must run. */
    static void skip(String missing) {
        if ("required".equals(System.getenv("LACQUER_BROWSER_TESTS"))) {
            Assertions.fail(missing);
        }
        Assumptions.abort(missing);
    }

    /** A fresh page with a profile of its own; close it. */
    public BrowserPage page(Look look) {
        return BrowserPage.open(browser, look);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Optional<Path> find(String variable, List<String> names) {
        String named = System.getenv(variable);
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        String path = System.getenv().getOrDefault("PATH", "");
        return names.stream()
                .flatMap(name -> onPath(path, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<Path> onPath(String path, String name) {
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> Stream.of(name, name + ".exe").map(Path.of(folder)::resolve));
    }
}
