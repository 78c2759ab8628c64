// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class ChromiumTest {
    private static Chromium chromium;

    @TempDir Path folder;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void pageFromDiskRunsItsScriptAndPlaysSound() throws IOException {
        Path file =
                html("<script>document.title = String(new AudioContext().sampleRate > 0)</script>");
        try (BrowserPage page = chromium.page(Look.PHONE_DARK).visit(file)) {
            assertThat(page.page().title()).isEqualTo("true");
            assertThat(page.page().evaluate("matchMedia('(prefers-color-scheme: dark)').matches"))
                    .isEqualTo(true);
            page.assertClean();
            page.assertFits();
        }
    }

    @Test
    void troublesAreSeen() throws IOException {
        Path file =
                html(
                        "<div style='width:900px'>wide</div><img"
                            + " src='http://lacquer.invalid/a.png'><script>console.error('loud');"
                            + " throw new Error('thrown')</script>");
        try (BrowserPage page = chromium.page(Look.PHONE_LIGHT).visit(file)) {
            assertThat(page.troubles())
                    .anyMatch(trouble -> trouble.contains("lacquer.invalid"))
                    .anyMatch(trouble -> trouble.contains("loud"))
                    .anyMatch(trouble -> trouble.contains("thrown"));
            assertThatThrownBy(page::assertFits).isInstanceOf(AssertionError.class);
            assertThatThrownBy(page::assertClean).isInstanceOf(AssertionError.class);
        }
    }

    private Path html(String body) throws IOException {
        return Files.writeString(
                folder.resolve("page.html"),
                "<!doctype html><html lang=en><meta charset=utf-8>"
                        + "<meta name=viewport content='width=device-width'>"
                        + body);
    }
}
