// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lacquer.app.browser.StudioPage.openMastered;
import static org.lacquer.app.browser.StudioPage.patient;
import static org.lacquer.app.browser.StudioPage.waiting;
import static org.lacquer.app.browser.StudioPage.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The page while hands are faster than the server, and answers come late, in another order, or
 * never.
 */
@Timeout(300)
final class StudioRaceTest {
    /** A project of its own with two versions, whose plans differ by a stage. */
    private static final String SONG =
            """
            async () => {
              const send = async (method, path, body, type = 'application/json') =>
                  (await fetch('api/v1' + path, {method, body, headers: {'content-type': type}})).json();
              const done = async job => {
                await (await fetch('api/v1/jobs/' + job + '/events')).text();
                return send('GET', '/jobs/' + job);
              };
              const rate = 44100, frames = 6 * rate;
              const wav = new DataView(new ArrayBuffer(44 + 4 * frames));
              const text = (at, word) => [...word].forEach((letter, k) => wav.setUint8(at + k, letter.charCodeAt(0)));
              text(0, 'RIFF'); wav.setUint32(4, 36 + 4 * frames, true); text(8, 'WAVEfmt ');
              wav.setUint32(16, 16, true); wav.setUint16(20, 1, true); wav.setUint16(22, 2, true);
              wav.setUint32(24, rate, true); wav.setUint32(28, 4 * rate, true);
              wav.setUint16(32, 4, true); wav.setUint16(34, 16, true);
              text(36, 'data'); wav.setUint32(40, 4 * frames, true);
              let seed = 1, pink = 0;
              for (let k = 0; k < frames; k++) {
                seed = (seed * 1103515245 + 12345) % 2147483648;
                pink = 0.95 * pink + 0.05 * (seed / 1073741824 - 1);
                const stroke = Math.exp(-8 * (k / rate * 2 % 1));
                const value = 0.3 * (Math.sin(2 * Math.PI * 55 * k / rate) * stroke + 4 * pink);
                wav.setInt16(44 + 4 * k, 20000 * value, true);
                wav.setInt16(46 + 4 * k, 20000 * (value - 0.02 * stroke), true);
              }
              const project = (await send('POST', '/projects', '{"name": "Beat"}')).id;
              const root = '/projects/' + project;
              const file = await send('POST', root + '/files?name=beat.wav&role=mix', wav.buffer, 'audio/wav');
              const master = await send('POST', root + '/jobs', JSON.stringify(
                  {type: 'master', file: file.id, genre: 'metal', platform: 'streaming', intensity: 50}));
              const version = (await done(master.id)).version;
              const plan = await send('GET', root + '/versions/' + version + '/plan');
              plan.stages.unshift({stage: 'gain', gainDb: -1});
              const render = await send('POST', root + '/jobs', JSON.stringify(
                  {type: 'render', file: file.id, parent: version, name: 'Softer', plan}));
              await done(render.id);
              return {project, version};
            }
            """;

    /** Counts what a page makes and does not put away. */
    private static final String COUNT_DEVICES =
            """
            window.devices = [];
            window.elements = [];
            window.AudioContext = class extends AudioContext {
              constructor(options) { super(options); window.devices.push(this); }
            };
            window.Audio = class extends Audio {
              constructor() { super(); window.elements.push(this); }
            };
            """;

    @TempDir private static Path folder;

    private static Chromium chromium;
    private static StudioServer server;
    private static String project;
    private static String firstVersion;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        server = StudioServer.start(folder.resolve("data"));
        try (BrowserPage browser = chromium.page(Look.DESKTOP_DARK)) {
            browser.page().navigate(server.address());
            Map<?, ?> made = (Map<?, ?>) browser.page().evaluate(SONG);
            project = (String) made.get("project");
            firstVersion = (String) made.get("version");
        }
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

    // --- asked for twice

    @Test
    void workAskedForTwiceBeginsOnce() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            Held jobs = Held.requests(page, "POST", "/jobs$");
            page.locator("#tab-take").click();
            page.locator("#export").dispatchEvent("click");
            page.locator("#export").dispatchEvent("click");
            jobs.await(1);
            page.locator("#tab-prepare").click();
            page.locator("#tab-take").click();
            page.locator("#export").dispatchEvent("click");
            assertThat(jobs.asked()).isEqualTo(1);
            page.locator("#tab-prepare").click();
            page.locator("#master").dispatchEvent("click");
            jobs.await(2);
            page.locator("#tab-take").click();
            page.locator("#tab-prepare").click();
            page.locator("#master").dispatchEvent("click");
            assertThat(jobs.asked()).isEqualTo(2);
            jobs.refuse(503, "busy");
            assertThat(page.locator(".toast.error")).hasCount(2);
            assertThat(page.locator("#master")).isEnabled();
            assertNothingUncaught(browser);
        }
    }

    @Test
    void deletingTwiceDeletesOnce() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.locator("#tab-versions").click();
            Held deletions = Held.requests(page, "DELETE", "/versions/");
            Locator button = page.getByLabel("Delete Softer");
            button.click();
            button.click();
            assertThat(deletions.asked()).isEqualTo(1);
            deletions.letGo();
            assertThat(page.locator(".versions tbody tr")).hasCount(2);
            page.getByText("Undo").click();
            assertThat(page.locator(".versions tbody tr")).hasCount(3);
            browser.assertClean();
        }
    }

    @Test
    void projectDeletedTwiceIsDeletedOnce() {
        try (BrowserPage browser = chromium.page(Look.DESKTOP_DARK)) {
            Page page = browser.page();
            page.navigate(server.address());
            Held deletions = Held.requests(page, "DELETE", "/projects/");
            Locator button = page.getByLabel("Delete Beat");
            button.click();
            button.click();
            assertThat(deletions.asked()).isEqualTo(1);
            deletions.letGo();
            page.getByText("Undo").click();
            assertThat(page.getByLabel("Delete Beat")).isVisible();
            browser.assertClean();
        }
    }

    @Test
    void keysHeldDownActOnce() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.locator("#tab-take").click();
            page.locator("button:has-text('Another file')").focus();
            for (int times = 0; times < 3; times++) {
                page.keyboard().down("Enter");
            }
            page.keyboard().up("Enter");
            assertThat(page.locator(".take-row")).hasCount(5);
            page.locator("#main").evaluate("main => document.activeElement.blur()");
            for (int times = 0; times < 2; times++) {
                page.keyboard().down("Space");
            }
            page.keyboard().up("Space");
            page.waitForFunction("() => lacquer.position() > 0.2", null, waiting());
            assertThat(page.locator("#play")).hasAttribute("aria-label", "Pause");
            browser.assertClean();
        }
    }

    @Test
    void moreProjectsAskedForTwiceComeInTheirOrder() {
        try (BrowserPage browser = chromium.page(Look.DESKTOP_DARK)) {
            Page page = browser.page();
            page.route(Pattern.compile("/projects\\?"), StudioRaceTest::answerPageOfProjects);
            List<Route> second = new ArrayList<>();
            page.route(Pattern.compile("/projects\\?.*page=2"), second::add);
            page.navigate(server.address());
            assertThat(page.locator(".project-card")).hasCount(24);
            page.getByText("Show more").click();
            page.getByText("Show more").dispatchEvent("click");
            page.waitForCondition(() -> !second.isEmpty());
            Held.everythingAsked(page);
            second.forEach(StudioRaceTest::answerPageOfProjects);
            assertThat(page.getByLabel("Open Song 25", exactly())).isVisible();
            browser.assertClean();
        }
    }

    /** Sixty projects, as the server pages them. */
    private static void answerPageOfProjects(Route route) {
        int first =
                24
                        * (Integer.parseInt(
                                        route.request().url().replaceAll(".*page=(\\d+).*", "$1"))
                                - 1);
        StringBuilder items = new StringBuilder();
        for (int k = first; k < Math.min(60, first + 24); k++) {
            items.append(items.isEmpty() ? "" : ",")
                    .append("{\"id\": \"p")
                    .append(k)
                    .append("\", \"name\": \"Song ")
                    .append(k + 1)
                    .append(
                            "\", \"createdAt\": \"2026-11-23T08:00:00Z\", \"changedAt\":"
                                    + " \"2026-11-23T08:00:00Z\",")
                    .append(
                            " \"bytes\": 1, \"files\": 1, \"versions\": 0, \"durationSeconds\":"
                                    + " null}");
        }
        route.fulfill(
                new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(
                                "{\"items\": ["
                                        + items
                                        + "], \"page\": 1, \"size\": 24, \"total\": 60}"));
    }

    @Test
    void filesDroppedOneAfterTheOtherBecomeOneProject() throws IOException {
        Path mix = Files.writeString(folder.resolve("song mix.wav"), "Dear Sir");
        Path reference = Files.writeString(folder.resolve("song reference.wav"), "Dear Madam");
        try (BrowserPage browser = chromium.page(Look.DESKTOP_DARK)) {
            Page page = browser.page();
            page.navigate(server.address());
            Held projects = Held.requests(page, "POST", "/projects$");
            var files = Held.requests(page, "POST", "/files\\?");
            page.locator("#upload").setInputFiles(mix);
            projects.await(1);
            page.locator("#upload").setInputFiles(mix);
            page.locator("#upload").setInputFiles(reference);
            assertThat(projects.asked()).isEqualTo(1);
            projects.letGo();
            files.await(2);
            assertThat(files.asked()).isEqualTo(2);
            Held state = Held.requests(page, "GET", "/projects/[^/]+$");
            files.letFirstGo();
            files.letFirstGo();
            state.await(1);
            // What was sent is not asked for again.
            assertThat(page.locator(".hero-drop")).hasCount(0);
            state.letGo();
            assertThat(page.getByText("song mix.wav cannot be used")).isVisible(within());
            page.navigate(server.address());
            page.getByLabel("Delete song mix").click();
            assertThat(page.getByLabel("Delete song mix")).hasCount(0);
        }
    }

    // --- lost or misunderstood

    @Test
    void numbersAreSetByEnterAndTakenBackByEscape() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.locator("#tab-prepare").click();
            Held jobs = Held.requests(page, "POST", "/jobs$");
            Locator intensity = page.getByLabel("Intensity, %");
            intensity.fill("70");
            intensity.press("Enter");
            assertThat(page.locator("#intensity")).hasAttribute("aria-valuetext", "70 %");
            intensity.fill("20");
            intensity.press("Escape");
            assertThat(page.locator("#intensity")).hasAttribute("aria-valuetext", "70 %");
            assertThat(jobs.asked()).isZero();
            browser.assertClean();
        }
    }

    @Test
    void namesAreSavedOnceByEnterAndNotByEscape() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.locator("#tab-versions").click();
            Held names = Held.requests(page, "PATCH", "/versions/");
            Locator row = page.locator(".versions tbody tr").last();
            row.locator(".editable").click();
            page.getByLabel("Version name").fill("Never");
            page.getByLabel("Version name").press("Escape");
            assertThat(row.locator(".editable")).isFocused();
            assertThat(names.asked()).isZero();
            page.keyboard().press("Enter");
            page.getByLabel("Version name").fill("Softer still");
            page.getByLabel("Version name").press("Enter");
            assertThat(row.locator(".editable")).isFocused();
            assertThat(names.asked()).isEqualTo(1);
            names.letGo();
            assertThat(row).containsText("Softer still");
            row.locator(".editable").click();
            page.getByLabel("Version name").fill("Softer");
            page.getByLabel("Version name").press("Enter");
            assertThat(row).not().containsText("still");
            browser.assertClean();
        }
    }

    @Test
    void choicesOutliveTheirTab() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.locator("#tab-prepare").click();
            page.locator("#genre").selectOption("jazz");
            page.locator("#platform").selectOption("apple");
            page.locator("#tab-take").click();
            page.getByLabel("Leave out file 1").click();
            page.locator("#tab-prepare").click();
            assertThat(page.locator("#genre")).hasValue("jazz");
            assertThat(page.locator("#platform")).hasValue("apple");
            page.locator("#tab-take").click();
            assertThat(page.locator(".take-row")).hasCount(3);
            browser.assertClean();
        }
    }

    @Test
    void changesOutliveALookAtAnotherVersion() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.locator("#tab-change").click();
            Locator stages = page.locator(".stage");
            int before = stages.count();
            page.locator(".stage").first().getByLabel("Remove").click();
            assertThat(stages).hasCount(before - 1);
            page.waitForFunction("() => lacquer.listening() === 'preview'", null, waiting());
            page.keyboard().press("2");
            assertThat(page.locator(".source.version").first())
                    .hasAttribute("aria-checked", "true");
            assertThat(page.locator("#render")).isDisabled();
            page.keyboard().press("3");
            assertThat(page.locator("#render")).isEnabled();
            assertThat(stages).hasCount(before - 1);
            // Leaves the project, and comes back.
            page.locator(".brand").click();
            page.getByLabel("Open Beat").click();
            page.locator("#tab-change").click();
            assertThat(stages).hasCount(before - 1);
            page.keyboard().press("Control+z");
            assertThat(stages).hasCount(before);
            browser.assertClean();
        }
    }

    @Test
    void roleThatCouldNotBeSavedIsNotShown() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.locator("#tab-versions").click();
            Held change = Held.requests(page, "PATCH", "/files/");
            Locator role = page.getByLabel("What beat.wav is");
            role.selectOption("reference");
            change.await(1).refuse(503, "busy");
            assertThat(page.locator(".toast.error")).isVisible();
            assertThat(role).hasValue("mix");
            assertNothingUncaught(browser);
        }
    }

    // --- what is heard

    @Test
    void sourceChosenWhileAPreviewIsOnItsWayStays() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            Held previews = Held.requests(page, "POST", "/preview$");
            page.locator("#tab-change").click();
            previews.await(1).letFirstGo();
            bypassStage(page);
            previews.await(1);
            page.keyboard().press("1");
            page.waitForFunction("() => lacquer.listening() !== null", null, waiting());
            previews.letGo();
            assertThat(page.locator("#source-preview")).containsText("loop,");
            assertThat(page.locator(".source.mix")).hasAttribute("aria-checked", "true");
            assertThat(page.evaluate("lacquer.listening()")).isNotEqualTo("preview");
            page.keyboard().press("0");
            assertThat(page.evaluate("lacquer.listening()")).isEqualTo("preview");
            // Further changes come in while another source is heard.
            int asked = previews.asked();
            bypassStage(page);
            bypassStage(page);
            page.keyboard().press("1");
            previews.awaitAsked(asked + 1);
            assertThat(page.locator(".toolbar-state")).containsText("ready in");
            assertThat(page.locator(".source.mix")).hasAttribute("aria-checked", "true");
            browser.assertClean();
        }
    }

    @Test
    void previewThatFailedIsNotShownAsHeard() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            Held previews = Held.requests(page, "POST", "/preview$");
            page.locator("#tab-change").click();
            previews.await(1).letFirstGo();
            bypassStage(page);
            previews.await(1);
            page.keyboard().press("0");
            previews.refuse(409, "superseded");
            assertThat(page.locator(".toolbar-state")).containsText("Refused by the test.");
            assertThat(page.locator("#source-preview")).hasAttribute("aria-checked", "false");
            // Asked for once more, it is tried once more.
            page.keyboard().press("0");
            page.waitForFunction("() => lacquer.listening() === 'preview'", null, waiting());
            assertNothingUncaught(browser);
        }
    }

    @Test
    void soundThatCannotBeHadIsNotShownAsHeard() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.waitForFunction("() => lacquer.listening() !== null", null, waiting());
            Held sounds = Held.requests(page, "GET", "/audio");
            page.keyboard().press("2");
            sounds.await(1).refuse(500, "fault");
            assertThat(page.locator(".toast.error")).isVisible();
            assertThat(page.locator(".source.version").last()).hasAttribute("aria-checked", "true");
            sounds = Held.requests(page, "GET", "/audio\\?codec");
            page.locator("#codec").selectOption("mp3-128");
            sounds.await(1).refuse(500, "fault");
            assertThat(page.locator("#codec")).hasValue("none");
            Held devices = Held.requests(page, "GET", "/monitors/");
            page.locator("#monitor")
                    .selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
            devices.await(1).refuse(500, "fault");
            assertThat(page.locator("#monitor")).hasValue("none");
            assertNothingUncaught(browser);
        }
    }

    @Test
    void codecAndDeviceThatCameLateAreNotHeard() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.waitForFunction("() => lacquer.listening() !== null", null, waiting());
            Object lossless = page.evaluate("lacquer.listening()");
            Held sounds = Held.requests(page, "GET", "/audio\\?codec");
            page.locator("#codec").selectOption("mp3-128");
            sounds.await(1);
            page.locator("#codec").selectOption("none");
            sounds.letGo();
            assertThat(page.locator(".source.version").last())
                    .not()
                    .hasAttribute("aria-busy", "true", patient());
            assertThat(page.evaluate("lacquer.listening()")).isEqualTo(lossless);
            Held devices = Held.requests(page, "GET", "/monitors/");
            page.locator("#monitor")
                    .selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
            devices.await(1);
            page.locator("#monitor").selectOption("none");
            page.waitForResponse("**/monitors/**", devices::letGo).finished();
            devices.asked();
            assertThat(page.locator("#monitor")).hasValue("none");
            browser.assertClean();
        }
    }

    @Test
    void musicEndsWithTheMix() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.locator("#tab-versions").click();
            page.locator("#play").click();
            page.waitForFunction("() => lacquer.position() > 0.1", null, waiting());
            page.getByLabel("Remove beat.wav").click();
            assertThat(page.locator(".deck")).hasCount(0);
            Object place = page.evaluate("lacquer.position()");
            Number clock = (Number) page.evaluate("lacquer.clock()");
            page.waitForFunction("clock => lacquer.clock() > clock + 0.2", clock, waiting());
            Object later = page.evaluate("lacquer.position()");
            page.getByText("Undo").click();
            assertThat(page.locator(".deck")).isVisible();
            assertThat(later).isEqualTo(place);
            browser.assertClean();
        }
    }

    // --- answers in another order

    @Test
    void olderAnswersNeverReplaceNewerOnes() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.locator("#tab-versions").click();
            Held states = Held.answers(page, "GET", "/projects/[^/]+$");
            Locator row = page.locator(".versions tbody tr").last();
            rename(page, row, "Older");
            states.await(1).onlyThese();
            rename(page, row, "Newer");
            assertThat(row).containsText("Newer");
            states.letGo();
            states.asked();
            assertThat(row).containsText("Newer");
            rename(page, row, "Softer");
            assertThat(row).containsText("Softer");
            browser.assertClean();
        }
    }

    @Test
    void versionWhoseDetailsCameLateIsTheOneThatIsEdited() {
        try (BrowserPage browser = chromium.page(Look.DESKTOP_DARK)) {
            Page page = browser.page();
            Held details = Held.requests(page, "GET", "/versions/" + firstVersion + "$");
            open(page);
            page.locator("#tab-change").click();
            Locator stages = page.locator(".stage");
            assertThat(stages.first()).isVisible();
            int before = stages.count();
            details.await(1);
            page.keyboard().press("2");
            assertThat(stages).hasCount(0);
            details.letGo();
            assertThat(stages).hasCount(before - 1);
            assertThat(page.locator("#render")).isDisabled();
            browser.assertClean();
        }
    }

    @Test
    void versionThatBecomesReadyLeavesNewerChangesAlone() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.locator("#tab-change").click();
            bypassStage(page);
            Held states = Held.requests(page, "GET", "/projects/[^/]+$");
            page.locator("#render").click();
            states.await(1);
            page.locator(".stage").nth(1).locator(".stage-tools .switch").click();
            assertThat(page.locator(".stage.bypassed")).hasCount(2);
            states.letGo();
            assertThat(page.locator(".source.version"))
                    .hasCount(
                            3,
                            new LocatorAssertions.HasCountOptions().setTimeout(StudioPage.WORK_MS));
            assertThat(page.getByText("The new version is ready.").first()).isAttached();
            assertThat(page.locator(".stage.bypassed")).hasCount(2);
            page.keyboard().press("4");
            assertThat(page.locator(".stage.bypassed")).hasCount(0);
            page.keyboard().press("3");
            assertThat(page.locator(".stage.bypassed")).hasCount(2);
            page.locator("#tab-versions").click();
            page.locator(".versions tbody tr").last().getByLabel("Delete").click();
            assertThat(page.locator(".source.version")).hasCount(2);
            browser.assertClean();
        }
    }

    // --- left and come back, gone and come back

    @Test
    void projectThatWasLeftHoldsNoDevice() {
        try (BrowserPage browser = chromium.page(Look.DESKTOP_DARK)) {
            Page page = browser.page();
            page.addInitScript(COUNT_DEVICES);
            page.addInitScript("Object.defineProperty(navigator, 'deviceMemory', {value: 0.0001})");
            page.navigate(server.address());
            openMastered(page);
            page.waitForFunction("() => lacquer.listening() !== null", null, waiting());
            page.locator("#tab-versions").click();
            Held states = Held.requests(page, "GET", "/projects/[^/]+$");
            rename(page, page.locator(".versions tbody tr").last(), "Softest");
            states.await(1);
            page.locator(".brand").click();
            assertThat(page.locator(".project-card").first()).isVisible();
            states.letGo();
            states.asked();
            page.waitForFunction(
                    "() => devices.every(device => device.state === 'closed')", null, waiting());
            assertThat(page.evaluate("devices.length")).isEqualTo(1);
            assertThat(page.evaluate("elements.length")).isEqualTo(2);
            assertThat(
                            page.evaluate(
                                    "elements.filter(element => element.networkState !=="
                                            + " 0).length"))
                    .isEqualTo(0);
            browser.assertClean();
        }
    }

    @Test
    void jobThatEndedBeforeAnybodyListenedIsCaughtUp() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            // As it was a moment ago: the state tells of a job that has ended since.
            Object job =
                    page.evaluate(
                            """
                            async project => {
                              const answer = await fetch('api/v1/projects/' + project + '/jobs', {method: 'POST',
                                  headers: {'content-type': 'application/json'}, body: JSON.stringify({type: 'export',
                                  version: (await (await fetch('api/v1/projects/' + project)).json()).versions[0].id,
                                  files: [], report: false, plan: true})});
                              const job = await answer.json();
                              await (await fetch('api/v1/jobs/' + job.id + '/events')).text();
                              return JSON.stringify({...job, state: 'running'});
                            }
                            """,
                            project);
            boolean[] old = {true};
            page.route(
                    Pattern.compile("/projects/[^/]+$"),
                    route -> {
                        if (!old[0]) {
                            route.resume();
                            return;
                        }
                        old[0] = false;
                        var answer = route.fetch();
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setResponse(answer)
                                        .setBody(
                                                answer.text()
                                                        .replaceFirst(
                                                                "\"jobs\" ?: ?\\[\\]",
                                                                "\"jobs\":["
                                                                        + java.util.regex.Matcher
                                                                                .quoteReplacement(
                                                                                        (String)
                                                                                                job)
                                                                        + "]")));
                    });
            page.reload();
            page.locator("#tab-take").click();
            assertThat(page.locator("#export")).isVisible();
            browser.assertClean();
        }
    }

    @Test
    void stateThatCouldNotBeFetchedIsFetchedAgain() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.locator("#tab-versions").click();
            Held states = Held.requests(page, "GET", "/projects/[^/]+$");
            Locator row = page.locator(".versions tbody tr").last();
            rename(page, row, "Later");
            states.await(1).breakOff();
            assertThat(row).containsText("Later");
            rename(page, row, "Softer");
            assertThat(row).containsText("Softer");
            assertNothingUncaught(browser);
        }
    }

    // --- focus and voice

    @Test
    void focusStaysNearWhatIsGone() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.locator("#tab-versions").click();
            page.getByLabel("Delete Softer").focus();
            page.keyboard().press("Enter");
            assertThat(page.locator(".versions tbody tr")).hasCount(2);
            assertThat(page.evaluate("document.activeElement.closest('.versions') !== null"))
                    .isEqualTo(true);
            page.locator(".toast button").first().focus();
            page.keyboard().press("Enter");
            assertThat(page.locator(".versions tbody tr")).hasCount(3);
            assertThat(page.evaluate("document.activeElement !== document.body")).isEqualTo(true);
            page.locator("#tab-change").click();
            page.locator("#plans").click();
            page.locator("#keep-plan").click();
            page.getByText("Use", new Page.GetByTextOptions().setExact(true)).click();
            assertThat(page.locator("#plans")).isFocused();
            page.locator(".brand").focus();
            page.keyboard().press("Enter");
            page.getByLabel("Open Beat").focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("#figures")).isVisible();
            assertThat(page.evaluate("document.activeElement.closest('main') !== null"))
                    .isEqualTo(true);
            browser.assertClean();
        }
    }

    @Test
    void focusDoesNotComeBackWithALateSound() {
        try (BrowserPage browser = open()) {
            Page page = browser.page();
            page.waitForFunction("() => lacquer.listening() !== null", null, waiting());
            Held sounds = Held.requests(page, "GET", "/audio");
            page.locator(".source.version").last().focus();
            page.keyboard().press("ArrowLeft");
            assertThat(page.locator(".source.version").first()).isFocused();
            sounds.await(1);
            page.locator("#tab-result").focus();
            Object before = page.evaluate("lacquer.listening()");
            sounds.letGo();
            page.waitForFunction("before => lacquer.listening() !== before", before, waiting());
            sounds.asked();
            assertThat(page.locator("#tab-result")).isFocused();
            browser.assertClean();
        }
    }

    @Test
    void wayBackStaysWhileItHasTheFocus() {
        try (BrowserPage browser = chromium.page(Look.DESKTOP_DARK)) {
            Page page = browser.page();
            page.clock().install();
            page.navigate(server.address());
            page.getByLabel("Delete Beat").click();
            Locator undo = page.getByText("Undo");
            page.locator(".toast button").first().focus();
            page.clock().runFor(60_000);
            assertThat(undo).isVisible();
            page.keyboard().press("Enter");
            page.clock().runFor(1_000);
            assertThat(page.getByLabel("Delete Beat")).isVisible();
            browser.assertClean();
        }
    }

    private static BrowserPage open() {
        BrowserPage browser = chromium.page(Look.DESKTOP_DARK);
        open(browser.page());
        return browser;
    }

    private static void open(Page page) {
        page.navigate(server.address() + "#/project/" + project);
        assertThat(page.locator("#figures")).isVisible(within());
    }

    private static void bypassStage(Page page) {
        page.locator(".stage-tools .switch").first().click();
    }

    private static void rename(Page page, Locator row, String name) {
        row.locator(".editable").click();
        page.getByLabel("Version name").fill(name);
        page.getByLabel("Version name").press("Enter");
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    /** Refused requests are told on the console; nothing else may go wrong. */
    private static void assertNothingUncaught(BrowserPage browser) {
        assertThat(browser.troubles())
                .allSatisfy(
                        trouble ->
                                assertThat(trouble).startsWith("console: Failed to load resource"));
    }
}
