// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What tests of the studio's page do again and again. */
final class StudioPage {
    static final double WORK_MS = 120_000.0;

    /** WCAG 2.1, levels A and AA. */
    private static final String AXE_RUN =
            """
            async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}))
                .violations.filter(one => one.impact === 'serious' || one.impact === 'critical')
                .map(one => one.id + ': ' + one.nodes.map(node => node.html).slice(0, 3).join(' | '))
            """;

    private StudioPage() {}

    /** Sound comes out, and its place moves on; it is paused afterwards. */
    static void assertPlays(Page page) {
        if (page.locator("#play").getAttribute("aria-label").equals("Play")) {
            page.locator("#play").click();
        }
        page.waitForFunction(
                "() => lacquer.position() !== null && lacquer.levels().momentaryLufs > -60",
                null,
                waiting());
        Number clock = (Number) page.evaluate("lacquer.clock()");
        Number place = (Number) page.evaluate("lacquer.position()");
        page.waitForFunction(
                "([clock, place]) => lacquer.clock() > clock + 0.4 && lacquer.position() !== place",
                List.of(clock, place),
                waiting());
        @SuppressWarnings("unchecked")
        List<Number> peaks =
                (List<Number>)
                        ((Map<String, Object>) page.evaluate("lacquer.levels()")).get("peaksDbfs");
        assertThat(peaks).allSatisfy(peak -> assertThat(peak.doubleValue()).isGreaterThan(-80.0));
        page.locator("#play").click();
    }

    /** Presses Tab until something has the focus. */
    static void tabTo(Page page, String selector) {
        for (int presses = 0; presses < 120; presses++) {
            if (Boolean.TRUE.equals(
                    page.evaluate(
                            "selector => document.activeElement?.matches(selector) ?? false",
                            selector))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError(selector + " cannot be reached by Tab");
    }

    /** No serious violation of WCAG 2.1, levels A and AA. */
    static void assertAccessible(BrowserPage browser) {
        try {
            // Through the debugger: the page's own policy allows no foreign script.
            browser.page().evaluate(WebJar.text("axe-core", "axe.min.js") + ";0");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat((List<?>) browser.page().evaluate(AXE_RUN)).as(browser.page().url()).isEmpty();
    }

    /** Opens the project with two versions, and waits for its result. */
    static void openMastered(Page page) {
        page.locator(".project-card")
                .filter(new Locator.FilterOptions().setHasText("2 versions"))
                .locator(".project-open")
                .click();
        assertThat(page.locator("#figures")).isVisible(within());
    }

    static LocatorAssertions.HasAttributeOptions patient() {
        return new LocatorAssertions.HasAttributeOptions().setTimeout(WORK_MS);
    }

    static LocatorAssertions.IsVisibleOptions within() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(WORK_MS);
    }

    static Page.WaitForFunctionOptions waiting() {
        return new Page.WaitForFunctionOptions().setTimeout(WORK_MS);
    }
}
