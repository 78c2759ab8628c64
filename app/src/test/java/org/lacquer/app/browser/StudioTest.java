// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lacquer.app.browser.StudioPage.WORK_MS;
import static org.lacquer.app.browser.StudioPage.assertAccessible;
import static org.lacquer.app.browser.StudioPage.assertPlays;
import static org.lacquer.app.browser.StudioPage.openMastered;
import static org.lacquer.app.browser.StudioPage.patient;
import static org.lacquer.app.browser.StudioPage.tabTo;
import static org.lacquer.app.browser.StudioPage.waiting;
import static org.lacquer.app.browser.StudioPage.within;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The studio as a musician uses it: the real server, a real browser, a real song. */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class StudioTest {
    private static final Path SONG = Path.of("..", "examples", "demo-mix.flac").toAbsolutePath();
    private static final int LIGHT_BYTES = 200_000;

    @TempDir private static Path folder;

    private static Chromium chromium;
    private static StudioServer server;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        server = StudioServer.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    @Order(1)
    void songIsMasteredHeardChangedAndFoundAgain() throws Exception {
        try (BrowserPage browser = chromium.page(Look.DESKTOP_DARK)) {
            Page page = browser.page();
            page.navigate(server.address());
            assertThat(page.locator("h1")).hasText("Master a song");
            assertAccessible(browser);

            page.locator("#upload").setInputFiles(SONG);
            assertThat(page.locator(".finding").first()).isVisible(within());
            assertThat(page.locator(".finding").first()).containsText("loudness range");
            assertAccessible(browser);

            // The example hardly lacks any tone of its own; this genre gives the equaliser bands.
            page.locator("#genre").selectOption("metal");
            page.locator("#master").click();
            assertThat(
                            page.getByRole(com.microsoft.playwright.options.AriaRole.PROGRESSBAR)
                                    .first())
                    .isVisible();
            Locator figures = page.locator("#figures");
            assertThat(figures).isVisible(within());
            assertThat(figures.locator("tr").nth(1)).containsText("\u221214.0");
            assertAccessible(browser);

            assertPlays(page);
            assertSwitches(page);

            page.locator("#tab-change").click();
            dragBand(page, 0, 60.0, -50.0);
            page.waitForFunction("() => lacquer.listening() === 'preview'", null, waiting());
            assertThat(page.locator(".was").first()).isVisible();
            assertAccessible(browser);
            assertPlays(page);

            page.locator("#render").click();
            assertThat(page.locator(".source.version"))
                    .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(WORK_MS));
            page.locator("#tab-versions").click();
            assertThat(page.locator(".versions tbody tr")).hasCount(3);
            assertAccessible(browser);

            browser.assertClean();
            browser.assertFits();
        }
        server.kill();
        server = StudioServer.start(folder.resolve("data"));
        try (BrowserPage browser = chromium.page(Look.PHONE_LIGHT)) {
            Page page = browser.page();
            page.navigate(server.address());
            Locator card = page.locator(".project-card");
            assertThat(card).hasCount(1);
            assertThat(card).containsText("2 versions");
            browser.assertFits();
            card.locator(".project-open").click();
            assertThat(page.locator("#figures")).isVisible(within());
            assertThat(page.locator(".source.version")).hasCount(2);
            assertPlays(page);
            for (String tab : List.of("prepare", "change", "versions", "take")) {
                page.locator("#tab-" + tab).click();
                assertAccessible(browser);
                browser.assertFits();
            }
            browser.assertClean();
        }
    }

    @Test
    @Order(2)
    void filesAreTakenInOneArchive() throws IOException {
        try (BrowserPage browser = chromium.page(Look.DESKTOP_DARK)) {
            Page page = browser.page();
            page.navigate(server.address());
            page.locator(".project-open").click();
            assertThat(page.locator("#figures")).isVisible(within());
            page.locator("#tab-take").click();
            page.locator("#export").click();
            Locator zip = page.getByText("All as zip");
            assertThat(zip).isVisible(within());
            assertAccessible(browser);
            Download download = page.waitForDownload(zip::click);
            Path archive = folder.resolve("song.zip");
            download.saveAs(archive);
            assertThat(namesIn(archive))
                    .anyMatch(name -> name.endsWith(".wav"))
                    .anyMatch(name -> name.endsWith(".flac"))
                    .anyMatch(name -> name.endsWith(".mp3"))
                    .anyMatch(name -> name.endsWith(".m4a"))
                    .anyMatch(name -> name.endsWith(".html"))
                    .anyMatch(name -> name.endsWith(".yaml"));
            browser.assertClean();
        }
    }

    @Test
    @Order(3)
    void everythingWorksByKeyboard() {
        try (BrowserPage browser = chromium.page(Look.DESKTOP_LIGHT)) {
            Page page = browser.page();
            page.navigate(server.address());
            assertThat(page.locator(".project-card")).hasCount(1);
            tabTo(page, ".project-open");
            page.keyboard().press("Enter");
            assertThat(page.locator("#figures")).isVisible(within());

            page.keyboard().press("?");
            assertThat(page.locator("dialog")).isVisible();
            assertAccessible(browser);
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog")).hasCount(0);

            page.keyboard().press("Space");
            page.waitForFunction("() => lacquer.position() > 0.3", null, waiting());
            page.keyboard().press("l");
            assertThat(page.locator(".wave-detail .wave-loop")).isVisible();
            page.keyboard().press("l");

            tabTo(page, "#tab-result");
            page.keyboard().press("ArrowRight");
            assertThat(page.locator("#tab-change")).isFocused();
            tabTo(page, "#eq-node-1");
            String before = page.locator("#eq-node-1").getAttribute("aria-valuetext");
            page.keyboard().press("ArrowUp");
            page.keyboard().press("ArrowRight");
            assertThat(page.locator("#eq-node-1")).not().hasAttribute("aria-valuetext", before);
            page.waitForFunction("() => lacquer.listening() === 'preview'", null, waiting());
            page.keyboard().press("Control+z");
            page.keyboard().press("Control+z");
            assertThat(page.locator("#eq-node-1")).hasAttribute("aria-valuetext", before);
            browser.assertClean();
        }
    }

    @Test
    @Order(4)
    void deletedProjectComesBack() {
        try (BrowserPage browser = chromium.page(Look.PHONE_DARK)) {
            Page page = browser.page();
            page.navigate(server.address());
            assertThat(page.locator(".project-card")).hasCount(1);
            page.locator(".project-card > .button").click();
            assertThat(page.locator(".project-card")).hasCount(0);
            assertAccessible(browser);
            page.getByText("Undo").click();
            assertThat(page.locator(".project-card")).hasCount(1);
            page.locator("#search").fill("no such song");
            assertThat(page.getByText("No project is called")).isVisible();
            browser.assertClean();
        }
    }

    @Test
    @Order(5)
    void fileThatIsNoMusicSaysSoAndLeadsOn() throws IOException {
        Path noise = folder.resolve("letter.wav");
        java.nio.file.Files.writeString(noise, "Dear Sir or Madam");
        try (BrowserPage browser = chromium.page(Look.DESKTOP_DARK)) {
            Page page = browser.page();
            page.navigate(server.address());
            page.locator("#upload").setInputFiles(noise);
            assertThat(page.getByText("letter.wav cannot be used")).isVisible(within());
            assertThat(page.getByText("Choose another file")).isVisible();
            assertAccessible(browser);
            page.navigate(server.address() + "#/project/doesnotexist");
            assertThat(page.getByText("This project is gone")).isVisible();
        }
    }

    /** What its first paint within a second rests on: few and small files, nothing waited for. */
    @Test
    @Order(6)
    void pageIsLight() {
        try (BrowserPage browser = chromium.page(Look.DESKTOP_DARK)) {
            Page page = browser.page();
            List<Request> before = new ArrayList<>();
            page.onRequest(before::add);
            page.navigate(server.address());
            assertThat(page.locator(".drop-title")).isVisible();
            Number paintMs =
                    (Number)
                            page.evaluate(
                                    """
                                    () => new Promise(resolve => new PerformanceObserver(list =>
                                        resolve(list.getEntries().at(-1).startTime))
                                        .observe({type: 'largest-contentful-paint', buffered: true}))
                                    """);
            System.err.println("largest contentful paint, ms: " + paintMs);
            assertThat(before).hasSizeLessThan(10);
            int bytes = 0;
            for (Request request : before) {
                bytes += request.sizes().responseBodySize;
            }
            assertThat(bytes).isLessThan(LIGHT_BYTES);
        }
    }

    @Test
    @Order(7)
    void stemsBecomeASongThatCanBeMixedAgain() {
        Path stems = SONG.resolveSibling("demo-stems");
        Path[] files =
                List.of("bass", "drums", "harmony", "melody", "strings").stream()
                        .map(name -> stems.resolve(name + ".flac"))
                        .toArray(Path[]::new);
        try (BrowserPage browser = chromium.page(Look.DESKTOP_DARK)) {
            Page page = browser.page();
            page.navigate(server.address());
            page.locator("#upload").setInputFiles(files);
            assertThat(page.locator(".stems")).isVisible(within());
            assertThat(page.locator(".stem")).hasCount(5);
            assertThat(page.locator(".facts")).isVisible(within());
            assertThat(page.locator(".stems-together")).isVisible(within());
            assertThat(page.locator("#mix-stems")).isDisabled();
            assertThat(page.locator(".source")).hasCount(1);
            assertPlays(page);
            assertAccessible(browser);
            String length = page.locator(".facts").textContent();
            page.locator(".stem").nth(1).locator(".switch").click();
            page.locator("#mix-stems").click();
            Locator undo = page.getByText("Undo");
            assertThat(undo).isVisible(within());
            assertThat(page.locator(".facts")).not().hasText(length, facts());
            undo.click();
            assertThat(page.locator(".facts")).hasText(length, facts());
            browser.assertFits();
            browser.assertClean();
        }
    }

    /** On a device with so little memory every song is too long for it. */
    @Test
    @Order(8)
    void songsThatAreTooLongForMemoryAreStreamed() {
        try (BrowserPage browser = chromium.page(Look.DESKTOP_LIGHT)) {
            Page page = browser.page();
            page.addInitScript("Object.defineProperty(navigator, 'deviceMemory', {value: 0.001})");
            page.navigate(server.address());
            openMastered(page);
            assertPlays(page);
            Object master = page.evaluate("lacquer.listening()");
            page.keyboard().press("1");
            page.waitForFunction("master => lacquer.listening() !== master", master, waiting());
            assertPlays(page);
            browser.assertClean();
        }
    }

    /** On a slow machine the keyboard is faster than the sound. */
    @Test
    @Order(9)
    void playThatCameTooEarlyBeginsWithTheSound() {
        try (BrowserPage browser = chromium.page(Look.DESKTOP_DARK)) {
            Page page = browser.page();
            List<Route> held = new ArrayList<>();
            page.route(Pattern.compile("/audio"), held::add);
            page.navigate(server.address());
            openMastered(page);
            Locator play = page.locator("#play");
            page.keyboard().press("Space");
            assertThat(play).hasAttribute("aria-busy", "true");
            page.keyboard().press("Space");
            assertThat(play).hasAttribute("aria-busy", "false");
            page.keyboard().press("Space");
            assertThat(play).hasAttribute("aria-busy", "true");
            assertAccessible(browser);
            page.unroute(Pattern.compile("/audio"));
            held.forEach(Route::resume);
            assertThat(play).hasAttribute("aria-busy", "false", patient());
            assertPlays(page);
            browser.assertClean();
        }
    }

    private static LocatorAssertions.HasTextOptions facts() {
        return new LocatorAssertions.HasTextOptions().setTimeout(WORK_MS);
    }

    private static void assertSwitches(Page page) {
        page.locator("#play").click();
        Object master = page.evaluate("lacquer.listening()");
        page.keyboard().press("x");
        page.waitForFunction("master => lacquer.listening() !== master", master, waiting());
        assertThat(page.locator(".source.mix")).hasAttribute("aria-checked", "true");
        page.keyboard().press("2");
        page.waitForFunction("master => lacquer.listening() === master", master, waiting());
        page.locator("#play").click();
    }

    private static void dragBand(Page page, int band, double right, double down) {
        Locator dot = page.locator("#eq-node-" + band + " .dot");
        dot.scrollIntoViewIfNeeded();
        BoundingBox box = dot.boundingBox();
        double x = box.x + box.width / 2.0;
        double y = box.y + box.height / 2.0;
        page.mouse().move(x, y);
        page.mouse().down();
        page.mouse()
                .move(
                        x + right,
                        y + down,
                        new com.microsoft.playwright.Mouse.MoveOptions().setSteps(8));
        page.mouse().up();
    }

    private static List<String> namesIn(Path archive) throws IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }
}
