// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One page, and what went wrong in it: errors on the console, exceptions that nobody caught, and
 * requests that left the machine.
 *
 * @param page Playwright's own handle
 * @param troubles in order of appearance
 */
public record BrowserPage(Page page, Look look, List<String> troubles) implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final List<String> LOCAL =
            List.of("file:", "data:", "blob:", "about:", "http://127.0.0.1", "http://localhost");

    static BrowserPage open(Browser browser, Look look) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(look.widthPixels, look.heightPixels)
                                .setColorScheme(look.scheme)
                                .setLocale("de-DE")
                                .setAcceptDownloads(true));
        Page page = context.newPage();
        List<String> troubles = new ArrayList<>();
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error")) {
                        troubles.add("console: " + message.text());
                    }
                });
        page.onPageError(error -> troubles.add("uncaught: " + error));
        page.onRequest(
                request -> {
                    if (LOCAL.stream().noneMatch(request.url()::startsWith)) {
                        troubles.add("network: " + request.url());
                    }
                });
        return new BrowserPage(page, look, troubles);
    }

    /** Opens a file from disk. */
    public BrowserPage visit(Path file) {
        page.navigate(file.toUri().toString());
        return this;
    }

    /** The page, its address and every error; fails when there was one. */
    public void assertClean() {
        assertThat(troubles).as(page.url()).isEmpty();
    }

    /** Fails when the page is wider than the screen. */
    public void assertFits() {
        int excess =
                ((Number)
                                page.evaluate(
                                        "document.documentElement.scrollWidth"
                                                + " - document.documentElement.clientWidth"))
                        .intValue();
        assertThat(excess).as("pixels that stick out of a %s", look.label()).isLessThanOrEqualTo(0);
    }

    /** The whole page as {@code target/screenshots/NAME-LOOK.png}. */
    public Path screenshot(String name) {
        Path file = SCREENSHOTS.resolve(name + "-" + look.label() + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        return file;
    }

    @Override
    public void close() {
        page.context().close();
    }
}
