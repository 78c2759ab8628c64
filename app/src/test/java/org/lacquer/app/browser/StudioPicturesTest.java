// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * Takes the pictures in docs/studio.md: each state of the page on three widths in dark and light,
 * in one image. {@code -Dlacquer.pictures=../docs/images/studio} names the folder, {@code
 * -Dlacquer.pictures.only=take,stems} takes some only.
 */
@Timeout(900)
@EnabledIfSystemProperty(named = "lacquer.pictures", matches = ".+")
final class StudioPicturesTest {
    private static final Path SONG = Path.of("..", "examples", "demo-mix.flac").toAbsolutePath();
    private static final IsVisibleOptions PATIENTLY = new IsVisibleOptions().setTimeout(120_000.0);
    private static final float JPEG_QUALITY = 0.72f;
    private static final int GAP_PIXELS = 12;

    private static final List<List<Look>> ROWS =
            List.of(
                    List.of(Look.WIDE_DARK, Look.TABLET_DARK, Look.TALL_PHONE_DARK),
                    List.of(Look.WIDE_LIGHT, Look.TABLET_LIGHT, Look.TALL_PHONE_LIGHT));

    @TempDir private Path folder;

    private final Path pictures = Path.of(System.getProperty("lacquer.pictures", ""));

    @Test
    void everyState() throws Exception {
        Files.createDirectories(pictures.toAbsolutePath());
        try (Chromium chromium = Chromium.start();
                StudioServer server = StudioServer.start(folder.resolve("data"))) {
            String home = server.address();
            take(chromium, "home-empty", home, page -> {});
            take(chromium, "reading", home, this::reading);
            if (wanted("reading")) {
                clear(chromium, home);
            }
            String project = upload(chromium, home);
            take(chromium, "prepare", project, page -> visible(page, ".facts"));
            take(chromium, "stems", stems(chromium, home), this::together);
            take(chromium, "mastering", project, this::mastering);
            master(chromium, project);
            take(chromium, "result", project, this::playing);
            take(chromium, "change", project, this::change);
            take(chromium, "versions", project, page -> open(page, "versions"));
            take(chromium, "take", project, this::takeAway);
            take(chromium, "help", project, this::help);
            take(chromium, "home", home, page -> visible(page, ".project-card"));
            Path letter = Files.writeString(folder.resolve("letter.wav"), "Dear Sir or Madam");
            take(chromium, "refused", home, page -> refused(page, letter));
            take(
                    chromium,
                    "gone",
                    home + "#/project/nowhere",
                    page -> visible(page, ".state.error"));
        }
    }

    private void reading(Page page) {
        page.locator("#upload").setInputFiles(SONG);
        visible(page, ".reading");
        page.waitForTimeout(600.0);
    }

    private void mastering(Page page) {
        visible(page, ".facts");
        page.locator("#master").click();
        assertThat(page.locator(".setup .progress[aria-valuenow]")).isVisible(PATIENTLY);
        page.waitForTimeout(300.0);
    }

    private void playing(Page page) {
        visible(page, "#figures");
        page.waitForFunction("() => document.querySelectorAll('.plot canvas').length >= 2");
        page.locator("#play").click();
        page.waitForTimeout(300.0);
        page.evaluate("document.querySelectorAll('.section-mark')[2].click()");
        page.waitForTimeout(1_500.0);
    }

    private void change(Page page) {
        visible(page, "#figures");
        open(page, "change");
        Locator band = page.locator("#eq-node-3");
        band.focus();
        for (int presses = 0; presses < 3; presses++) {
            page.keyboard().press("ArrowUp");
        }
        page.waitForFunction(
                "() => lacquer.listening() === 'preview'",
                null,
                new Page.WaitForFunctionOptions().setTimeout(60_000.0));
        page.locator(".toolbar .round").click();
        page.waitForTimeout(1_200.0);
        page.evaluate("document.querySelector('.toolbar').scrollIntoView()");
        page.waitForTimeout(200.0);
    }

    private void takeAway(Page page) {
        visible(page, "#figures");
        open(page, "take");
        if (page.locator(".export").count() == 0) {
            page.locator("#export").click();
        }
        assertThat(page.locator(".export").first()).isVisible(PATIENTLY);
    }

    private void help(Page page) {
        visible(page, "#figures");
        page.keyboard().press("?");
        visible(page, "dialog");
    }

    private void refused(Page page, Path letter) {
        page.locator("#upload").setInputFiles(letter);
        assertThat(page.getByText("letter.wav cannot be used")).isVisible(PATIENTLY);
    }

    private static void open(Page page, String tab) {
        visible(page, ".deck .wave");
        page.locator("#tab-" + tab).click();
        page.waitForTimeout(500.0);
    }

    private static void visible(Page page, String selector) {
        assertThat(page.locator(selector).first()).isVisible(PATIENTLY);
        page.waitForTimeout(400.0);
    }

    private static String upload(Chromium chromium, String home) {
        try (BrowserPage browser = chromium.page(Look.WIDE_DARK)) {
            browser.page().navigate(home);
            browser.page().locator("#upload").setInputFiles(SONG);
            visible(browser.page(), ".facts");
            return browser.page().url();
        }
    }

    private static String stems(Chromium chromium, String home) {
        Path[] files =
                List.of("bass", "drums", "harmony", "melody", "strings").stream()
                        .map(name -> SONG.resolveSibling("demo-stems").resolve(name + ".flac"))
                        .toArray(Path[]::new);
        try (BrowserPage browser = chromium.page(Look.WIDE_DARK)) {
            browser.page().navigate(home);
            browser.page().locator("#upload").setInputFiles(files);
            visible(browser.page(), ".stems-together");
            return browser.page().url();
        }
    }

    private void together(Page page) {
        visible(page, ".stems-together");
        page.locator(".stem input[type=range]").first().fill("520");
        page.evaluate("document.querySelector('.stems').scrollIntoView()");
        page.waitForTimeout(400.0);
    }

    private static void master(Chromium chromium, String project) {
        try (BrowserPage browser = chromium.page(Look.WIDE_DARK)) {
            browser.page().navigate(project);
            visible(browser.page(), ".facts");
            browser.page().locator("#master").click();
            visible(browser.page(), "#figures");
        }
    }

    /** Deletes the projects that pictures of the beginning left. */
    private static void clear(Chromium chromium, String home) {
        try (BrowserPage browser = chromium.page(Look.WIDE_DARK)) {
            Page page = browser.page();
            page.navigate(home);
            visible(page, ".project-card");
            Locator delete = page.locator(".project-card > .button");
            for (int left = delete.count(); left > 0; left--) {
                delete.first().click();
                assertThat(delete).hasCount(left - 1);
            }
        }
    }

    private static boolean wanted(String name) {
        String only = System.getProperty("lacquer.pictures.only", "");
        return only.isEmpty() || List.of(only.split(",")).contains(name);
    }

    /** One image of a state: dark above, light below. */
    private void take(Chromium chromium, String name, String address, Consumer<Page> state)
            throws IOException {
        if (!wanted(name)) {
            return;
        }
        List<List<BufferedImage>> rows = new ArrayList<>();
        for (List<Look> row : ROWS) {
            List<BufferedImage> images = new ArrayList<>();
            for (Look look : row) {
                try (BrowserPage browser = chromium.page(look)) {
                    Page page = browser.page();
                    page.navigate(address);
                    page.locator("main:not([aria-busy])").first().waitFor();
                    page.waitForTimeout(500.0);
                    state.accept(page);
                    images.add(ImageIO.read(new ByteArrayInputStream(page.screenshot())));
                    browser.assertFits();
                    cancel(page);
                }
            }
            rows.add(images);
        }
        write(join(rows), pictures.resolve(name + ".jpg"));
    }

    /** Ends a master that was begun for a picture only, or deletes it when it was faster. */
    private static void cancel(Page page) {
        if (page.locator(".setup .job").count() == 0) {
            return;
        }
        Locator cancel =
                page.locator(".setup")
                        .getByRole(
                                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cancel"));
        Locator version = page.locator(".source.version");
        if (cancel.isVisible()) {
            cancel.click();
        }
        assertThat(page.locator("#master").or(version).first()).isVisible(PATIENTLY);
        if (version.count() > 0) {
            open(page, "versions");
            page.locator(".versions .current .button").last().click();
            assertThat(version).hasCount(0);
        }
    }

    /** At half size. */
    private static BufferedImage join(List<List<BufferedImage>> rows) {
        int width =
                rows.getFirst().stream().mapToInt(image -> image.getWidth() / 2 + GAP_PIXELS).sum()
                        - GAP_PIXELS;
        int height =
                rows.stream().mapToInt(row -> row.getFirst().getHeight() / 2 + GAP_PIXELS).sum()
                        - GAP_PIXELS;
        var whole = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = whole.createGraphics();
        graphics.setColor(Color.GRAY);
        graphics.fillRect(0, 0, width, height);
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        int y = 0;
        for (List<BufferedImage> row : rows) {
            int x = 0;
            for (BufferedImage image : row) {
                graphics.drawImage(image, x, y, image.getWidth() / 2, image.getHeight() / 2, null);
                x += image.getWidth() / 2 + GAP_PIXELS;
            }
            y += row.getFirst().getHeight() / 2 + GAP_PIXELS;
        }
        graphics.dispose();
        return whole;
    }

    private static void write(BufferedImage image, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(JPEG_QUALITY);
        try (var out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
    }
}
