// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lacquer.analysis.LoudnessMeter;
import org.lacquer.app.browser.BrowserPage;
import org.lacquer.app.browser.Chromium;
import org.lacquer.app.browser.Look;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.StreamFormat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Blind tests from the first click to the figures, in a browser, on a page from disk. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ListeningPageTest {
    private static final String SEED = "0123456789abcdef0123456789abcdef";
    private static final int DELAY = 1_234;
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir static Path folder;

    private static Chromium chromium;
    private static Path html = Path.of("");

    @BeforeAll
    static void compare() throws IOException {
        chromium = Chromium.start();
        float[][] song = Songs.beat(24.0);
        for (float[] channel : song) {
            for (int i = 0; i < channel.length / 2; i++) {
                channel[i] *= 0.5f;
            }
        }
        Path mix = Songs.wav(folder.resolve("song.wav"), song);
        Path late = Songs.wav(folder.resolve("late.wav"), late(song[0]), late(song[1]));
        Path plan = Songs.brightPlan(folder.resolve("bright.yaml"));
        Path out = folder.resolve("out");
        Cli cli = Cli.run("compare", mix, "--candidate", plan, late, "-o", out);
        assertThat(cli.exitCode()).as(cli.err()).isZero();
        html = out.resolve("listening.html");
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    /** The same song as a master would come: later, softer, and longer. */
    private static float[] late(float[] samples) {
        float[] out = new float[samples.length + DELAY];
        for (int i = 0; i < samples.length; i++) {
            out[DELAY + i] = 0.7f * samples[i];
        }
        return out;
    }

    // What is heard

    @Test
    void candidatesLieInStepToTheSampleAndAreEquallyLoud() {
        try (BrowserPage page = chromium.page(Look.DESKTOP_LIGHT).visit(html)) {
            JsonNode test = MAPPER.readTree(page.page().locator("#test").textContent());
            assertThat(test.get("parts")).hasSize(2);
            for (int part = 0; part < 2; part++) {
                float[][] mix = decoded(page, part, 0);
                double loudness = loudness(mix);
                assertThat(loudness)
                        .isCloseTo(
                                test.at("/parts/" + part + "/loudnessLufs").doubleValue(),
                                within(0.02));
                for (int stimulus = 1; stimulus <= 4; stimulus++) {
                    float[][] other = decoded(page, part, stimulus);
                    assertThat(other[0]).hasSameSizeAs(mix[0]);
                    assertThat(lag(mix[0], other[0])).as("stimulus %d", stimulus).isZero();
                    if (stimulus <= 2) {
                        assertThat(loudness(other)).isCloseTo(loudness, within(0.1));
                    }
                }
            }
            // The late copy is the mix again, but for two dithers of 16 bits.
            float[][] mix = decoded(page, 0, 0);
            float[][] copy = decoded(page, 0, 2);
            for (int i = 0; i < mix[0].length; i++) {
                assertThat(copy[0][i]).isCloseTo(mix[0][i], within(4.1f / 32_768));
            }
            page.assertClean();
        }
    }

    /** As the page decodes it: at the recordings' own rate. */
    private static float[][] decoded(BrowserPage page, int part, int stimulus) {
        @SuppressWarnings("unchecked")
        List<String> channels =
                (List<String>)
                        page.page()
                                .evaluate(
                                        """
                                        async ([part, stimulus]) => {
                                          const test = JSON.parse(document.getElementById("test").textContent);
                                          const bytes = Uint8Array.from(
                                            atob(test.parts[part].clips[stimulus]), (c) => c.charCodeAt(0));
                                          const context = new OfflineAudioContext(2, 1, test.sampleRateHz);
                                          const buffer = await context.decodeAudioData(bytes.buffer);
                                          return [0, 1].map((c) => {
                                            const raw = new Uint8Array(buffer.getChannelData(c).buffer);
                                            let text = "";
                                            for (let i = 0; i < raw.length; i += 8192)
                                              text += String.fromCharCode(...raw.subarray(i, i + 8192));
                                            return btoa(text);
                                          });
                                        }
                                        """,
                                        List.of(part, stimulus));
        return new float[][] {floats(channels.get(0)), floats(channels.get(1))};
    }

    private static float[] floats(String base64) {
        ByteBuffer bytes =
                ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        float[] samples = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(samples);
        return samples;
    }

    private static double loudness(float[][] samples) {
        var meter = new LoudnessMeter(new StreamFormat(Songs.RATE_HZ, 2));
        meter.write(AudioBlock.wrap(samples));
        return meter.loudness().integratedLufs();
    }

    /** Frames by which the second is later, by the largest product within ±20 frames. */
    private static int lag(float[] first, float[] second) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int lag = -20; lag <= 20; lag++) {
            double sum = 0.0;
            for (int i = 1_000; i < first.length - 1_000; i++) {
                sum += first[i] * second[i + lag];
            }
            if (sum > most) {
                most = sum;
                best = lag;
            }
        }
        return best;
    }

    @Test
    void switchingAndLoopingDoNotClick() throws IOException {
        Path blank = Files.writeString(folder.resolve("blank.html"), "<!doctype html><title>-");
        try (BrowserPage page = chromium.page(Look.DESKTOP_LIGHT).visit(blank)) {
            page.page()
                    .addScriptTag(
                            new Page.AddScriptTagOptions()
                                    .setContent(
                                            resource("deck.js") + ";window.LacquerDeck = Deck;"));
            Map<?, ?> result =
                    (Map<?, ?>)
                            page.page()
                                    .evaluate(
                                            """
                                            async () => {
                                              const rate = 48000;
                                              const sine = (hz) => {
                                                const buffer = new AudioBuffer(
                                                  { length: 3 * rate, sampleRate: rate, numberOfChannels: 1 });
                                                const x = buffer.getChannelData(0);
                                                for (let i = 0; i < x.length; i++)
                                                  x[i] = 0.5 * Math.sin((2 * Math.PI * hz * i) / rate);
                                                return buffer;
                                              };
                                              // Two equal recordings: whoever plays, and while they fade, the
                                              // sum is the sine itself.
                                              const context = new OfflineAudioContext(1, 2 * rate, rate);
                                              const deck = new LacquerDeck(context);
                                              const buffer = sine(441);
                                              deck.load([buffer, sine(441), buffer]);
                                              deck.play(0);
                                              [[1, 0.5], [0, 0.504], [2, 0.507], [1, 1.2], [0, 1.5]]
                                                .forEach(([index, at]) => deck.choose(index, at));
                                              const heard = (await context.startRendering()).getChannelData(0);
                                              const x = buffer.getChannelData(0);
                                              let off = 0;
                                              for (let i = rate / 50; i < heard.length; i++)
                                                off = Math.max(off, Math.abs(heard[i] - x[i]));
                                              // A loop whose ends do not meet: steps stay those of the sine.
                                              const looping = new OfflineAudioContext(1, 2 * rate, rate);
                                              const other = new LacquerDeck(looping);
                                              other.load([sine(441)]);
                                              other.setLoop(0.5, 1.1237);
                                              other.play(0);
                                              const loop = (await looping.startRendering()).getChannelData(0);
                                              let step = 0;
                                              for (let i = rate / 50; i < loop.length; i++)
                                                step = Math.max(step, Math.abs(loop[i] - loop[i - 1]));
                                              return { off, step, own: 0.5 * 2 * Math.PI * 441 / rate };
                                            }
                                            """);
            assertThat(number(result.get("off"))).isLessThan(2e-6);
            assertThat(number(result.get("step"))).isLessThan(1.1 * number(result.get("own")));
            page.assertClean();
        }
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static String resource(String name) throws IOException {
        try (var stream = ListeningPage.class.getResourceAsStream("listening/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    // Whole sessions

    @Test
    @Order(1)
    void abxSessionGivesTheExactFigures() throws IOException {
        JsonNode guessed = abx("Guess", List.of());
        List<String> key = new ArrayList<>();
        guessed.get("trials").forEach(trial -> key.add(trial.get("x").asString()));
        assertThat(key).hasSize(16).contains("bright", "late");
        JsonNode twelve = abx("Ada", key);
        List<String> again = new ArrayList<>();
        twelve.get("trials").forEach(trial -> again.add(trial.get("x").asString()));
        assertThat(again).as("same seed, same order").isEqualTo(key);
    }

    /**
     * Sixteen trials.
     *
     * @param key what X is; the first four answers are wrong. Empty: always "X is A"
     */
    private static JsonNode abx(String listener, List<String> key) throws IOException {
        try (BrowserPage browser = chromium.page(Look.DESKTOP_LIGHT).visit(html)) {
            Page page = browser.page();
            page.check("input[value=abx]");
            page.selectOption("#first", "bright");
            page.selectOption("#second", "late");
            begin(page, listener);
            for (int trial = 1; trial <= 16; trial++) {
                page.waitForSelector("h2:text-is('Trial " + trial + " of 16')");
                assertThat(page.locator("button.primary:text('Next'),button:text('Finish')"))
                        .satisfies(next -> assertThat(next.isDisabled()).isTrue());
                page.keyboard().press("a");
                page.keyboard().press("b");
                page.keyboard().press("x");
                assertThat(page.locator(".slot[aria-pressed=true]").textContent()).isEqualTo("X");
                assertThat(page.locator("#stage").innerHTML())
                        .doesNotContain("bright")
                        .doesNotContain("late\"");
                boolean isFirst = key.isEmpty() || key.get(trial - 1).equals("bright");
                boolean right = trial > 4 || key.isEmpty();
                page.keyboard().press(isFirst == right ? "1" : "2");
                if (trial == 3 && key.isEmpty()) {
                    browser.screenshot("listening-abx");
                }
                page.keyboard().press("Enter");
            }
            page.waitForSelector("h1:text-is('Result')");
            if (!key.isEmpty()) {
                assertThat(page.locator(".summary").textContent())
                        .contains("bright and late were told apart")
                        .contains("12 of 16 right (75 %), p = 0.0384, d′ = 1.79");
            }
            browser.screenshot("listening-abx-result");
            JsonNode session = save(page, listener + ".json");
            long correct =
                    session.get("trials")
                            .valueStream()
                            .filter(trial -> trial.get("correct").asBoolean())
                            .count();
            if (!key.isEmpty()) {
                assertThat(correct).isEqualTo(12);
            }
            assertThat(session.get("seed").asString()).isEqualTo(SEED);
            assertThat(session.get("listener").asString()).isEqualTo(listener);
            browser.assertClean();
            return session;
        }
    }

    private static void begin(Page page, String listener) {
        page.fill("input[placeholder='name or code']", listener);
        page.click("summary:text('Order')");
        page.fill("input.seed", SEED);
        page.click("#begin");
    }

    private static JsonNode save(Page page, String name) throws IOException {
        Download download = page.waitForDownload(() -> page.click("#save-json"));
        Path file = folder.resolve(name);
        download.saveAs(file);
        Download csv = page.waitForDownload(() -> page.click("#save-csv"));
        csv.saveAs(folder.resolve(name.replace(".json", ".csv")));
        return MAPPER.readTree(Files.readString(file));
    }

    /**
     * Two parts, two times: four trials. By hand, of 60, 70, 80, 90: median 75, quartiles 67.5 and
     * 82.5, mean 75, deviation 12.910, t(3) = 3.1824, so 54.5 to 95.5. Of 30 and 34 twice: median
     * 32, mean 32, deviation 2.3094, 28.3 to 35.7.
     */
    @Test
    @Order(2)
    void ratingSessionGivesMediansAndIntervals() throws IOException {
        JsonNode first = rating("Guess", List.of());
        List<List<String>> orders = new ArrayList<>();
        first.get("trials")
                .forEach(
                        trial -> {
                            List<String> order = new ArrayList<>();
                            trial.get("order").forEach(name -> order.add(name.asString()));
                            orders.add(order);
                        });
        assertThat(orders).hasSize(4);
        rating("Ada", orders);
    }

    private static int rated(String name, int trial) {
        return switch (name) {
            case "mix" -> 100;
            case "bright" -> 50 + 10 * trial;
            case "late" -> 95;
            case "anchor 7 kHz" -> trial % 2 == 0 ? 34 : 30;
            case "anchor 3.5 kHz" -> 10;
            default -> throw new AssertionError(name);
        };
    }

    private static JsonNode rating(String listener, List<List<String>> orders) throws IOException {
        Look look = orders.isEmpty() ? Look.PHONE_DARK : Look.DESKTOP_DARK;
        try (BrowserPage browser = chromium.page(look).visit(html)) {
            Page page = browser.page();
            page.check("input[value=rating]");
            page.selectOption("#repeats", "2");
            begin(page, listener);
            for (int trial = 1; trial <= 4; trial++) {
                page.waitForSelector("h2:text-is('Trial " + trial + " of 4')");
                page.keyboard().press("r");
                assertThat(page.locator("input[aria-label^='Rating of']").count()).isEqualTo(5);
                for (int i = 1; i <= 5; i++) {
                    page.keyboard().press(String.valueOf(i));
                    int rating =
                            orders.isEmpty() ? 50 : rated(orders.get(trial - 1).get(i - 1), trial);
                    page.locator("input[aria-label='Rating of signal " + i + "']")
                            .fill(String.valueOf(rating));
                }
                if (trial == 2) {
                    browser.screenshot("listening-rating");
                    browser.assertFits();
                }
                page.keyboard().press("Enter");
            }
            page.waitForSelector("h1:text-is('Result')");
            browser.screenshot("listening-rating-result");
            browser.assertFits();
            String summary = page.locator(".summary").textContent();
            if (orders.isEmpty()) {
                assertThat(summary)
                        .contains("Guess is left out: hidden reference below 90 in 4 of 4 trials")
                        .contains("No listener is left");
            } else {
                assertThat(row(page, "bright"))
                        .containsExactly(
                                "bright",
                                "candidate",
                                "4",
                                "75.0",
                                "67.5 to 82.5",
                                "75.0",
                                "54.5 to 95.5");
                assertThat(row(page, "anchor 7 kHz"))
                        .containsExactly(
                                "anchor 7 kHz",
                                "mid-anchor",
                                "4",
                                "32.0",
                                "30.0 to 34.0",
                                "32.0",
                                "28.3 to 35.7");
                assertThat(row(page, "mix")).contains("reference", "100.0");
            }
            browser.assertClean();
            return save(page, listener + "-rating.json");
        }
    }

    private static List<String> row(Page page, String name) {
        return page.locator(".summary tr")
                .filter(
                        new Locator.FilterOptions()
                                .setHas(page.locator("td:text-is('" + name + "')")))
                .locator("td")
                .allTextContents();
    }

    /** Three versions, two parts: six trials, of which the first of each pair wins all but one. */
    @Test
    void preferenceSessionCountsWinsWhicheverSideTheyWereOn() throws IOException {
        try (BrowserPage browser = chromium.page(Look.DESKTOP_LIGHT).visit(html)) {
            Page page = browser.page();
            begin(page, "Cid");
            for (int trial = 1; trial <= 6; trial++) {
                page.waitForSelector("h2:text-is('Trial " + trial + " of 6')");
                page.keyboard().press("b");
                page.keyboard().press("a");
                page.keyboard().press(trial == 6 ? "0" : "1");
                page.keyboard().press("Enter");
            }
            page.waitForSelector("h1:text-is('Result')");
            JsonNode session = save(page, "Cid.json");
            int[] bright = new int[3];
            for (JsonNode trial : session.get("trials")) {
                String first = trial.get("first").asString();
                String second = trial.get("second").asString();
                if (List.of(first, second).containsAll(List.of("bright", "late"))) {
                    boolean neither = trial.get("preferred").isNull();
                    bright[neither ? 2 : first.equals("bright") ? 0 : 1]++;
                }
            }
            assertThat(bright[0] + bright[1] + bright[2]).isEqualTo(2);
            List<String> drawn = row(page, "bright : late");
            assertThat(drawn.subList(1, 3))
                    .containsExactly(bright[0] + " : " + bright[1], String.valueOf(bright[2]));
            JsonNode inJava =
                    Cli.run("evaluate", "--listening", folder.resolve("Cid.json"), "--json")
                            .json()
                            .getFirst();
            assertThat(inJava.at("/preferences/0/first").asString()).isEqualTo("bright");
            assertThat(inJava.at("/preferences/0/firstPreferred/count").asInt())
                    .isEqualTo(bright[0]);
            assertThat(Double.parseDouble(drawn.get(5)))
                    .isEqualTo(inJava.at("/preferences/0/p").doubleValue());
            browser.screenshot("listening-preference-result");
            browser.assertClean();
        }
    }

    @Test
    @Order(3)
    void sessionsOfSeveralListenersAreMerged() {
        try (BrowserPage browser = chromium.page(Look.PHONE_LIGHT).visit(html)) {
            Path[] files = {
                folder.resolve("Guess.json"),
                folder.resolve("Ada.json"),
                folder.resolve("Ada.json"),
                folder.resolve("Ada-rating.json"),
                folder.resolve("Guess-rating.json"),
                folder.resolve("Ada.csv")
            };
            browser.page().setInputFiles("#merge", files);
            browser.page().waitForSelector("h1:text-is('Results together')");
            String text = browser.page().locator("#stage").textContent();
            assertThat(text)
                    .contains("Ada.csv is left out: it is not JSON.")
                    .contains("Files that were given twice count once.")
                    .contains("of 32 right")
                    .contains("Guess is left out: hidden reference below 90");
            browser.screenshot("listening-merged");
            browser.assertFits();
            browser.assertClean();
            List<String> drawn = row(browser.page(), "bright");
            JsonNode inJava =
                    Cli.run("evaluate", "--listening", files[0], files[1], files[3], "--json")
                            .json()
                            .getFirst();
            assertThat(text)
                    .contains(inJava.at("/abx/0/correct/count").asInt() + " of 32 right")
                    .contains(
                            String.format(
                                    Locale.ROOT,
                                    "d′ = %.2f",
                                    inJava.at("/abx/0/dPrime").asDouble()));
            JsonNode bright =
                    inJava.get("ratings")
                            .valueStream()
                            .filter(one -> one.get("name").asString().equals("bright"))
                            .findFirst()
                            .orElseThrow();
            assertThat(drawn.get(3)).isEqualTo(figure(bright.get("median")));
            assertThat(drawn.get(5)).isEqualTo(figure(bright.get("mean")));
            assertThat(drawn.get(6))
                    .isEqualTo(
                            figure(bright.at("/meanInterval/0"))
                                    + " to "
                                    + figure(bright.at("/meanInterval/1")));
        }
    }

    private static String figure(JsonNode number) {
        return String.format(Locale.ROOT, "%.1f", number.doubleValue());
    }

    // By hand and by eye

    @Test
    void loopIsSetByKeysAndByDragging() {
        try (BrowserPage browser = chromium.page(Look.DESKTOP_LIGHT).visit(html)) {
            Page page = browser.page();
            page.click("#begin");
            Locator start = page.locator("[aria-label='Loop start']");
            Locator end = page.locator("[aria-label='Loop end']");
            start.focus();
            page.keyboard().press("PageUp");
            page.keyboard().press("PageUp");
            page.keyboard().press("ArrowLeft");
            assertThat(start.getAttribute("aria-valuenow")).isEqualTo("1.9");
            var box = end.boundingBox();
            var wave = page.locator(".wave").boundingBox();
            page.mouse().move(box.x + box.width / 2, box.y + box.height / 2);
            page.mouse().down();
            page.mouse().move(wave.x + wave.width / 2, box.y + box.height / 2);
            page.mouse().up();
            assertThat(Double.parseDouble(end.getAttribute("aria-valuenow")))
                    .isCloseTo(5.0, within(0.1));
            page.keyboard().press("b");
            page.waitForTimeout(300.0);
            assertThat(page.locator("output.clock").textContent())
                    .startsWith("0:0")
                    .isBetween("0:01.9", "0:05.1");
            page.keyboard().press("l");
            assertThat(start.getAttribute("aria-valuenow")).isEqualTo("0.0");
            assertThat(end.getAttribute("aria-valuenow")).isEqualTo("10.0");
            browser.assertClean();
        }
    }

    /** WCAG 2.2, 1.4.3: at least 4.5 to 1 for text, in every view. */
    @ParameterizedTest
    @EnumSource(names = {"DESKTOP_LIGHT", "DESKTOP_DARK", "PHONE_LIGHT", "PHONE_DARK"})
    void textContrastsWithWhatLiesBehindIt(Look look) {
        try (BrowserPage browser = chromium.page(look).visit(html)) {
            Page page = browser.page();
            assertThat(poorContrast(page)).isEmpty();
            browser.screenshot("listening-setup");
            browser.assertFits();
            page.click("#begin");
            page.waitForSelector(".slots");
            page.click("summary");
            page.keyboard().press("a");
            page.keyboard().press("1");
            assertThat(poorContrast(page)).isEmpty();
            browser.screenshot("listening-preference");
            browser.assertFits();
            assertThat(page.locator("button, input, [role=slider]").all())
                    .allSatisfy(
                            control ->
                                    assertThat(
                                                    String.valueOf(
                                                            control.evaluate(
                                                                    "e => e.getAttribute('aria-label')"
                                                                        + " || e.textContent ||"
                                                                        + " e.closest('label')?.textContent"
                                                                        + " || ''")))
                                            .isNotBlank());
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> poorContrast(Page page) {
        return (List<String>)
                page.evaluate(
                        """
                        () => {
                          const canvas = document.createElement("canvas").getContext("2d");
                          const rgba = (colour) => {
                            canvas.clearRect(0, 0, 1, 1);
                            canvas.fillStyle = colour;
                            canvas.fillRect(0, 0, 1, 1);
                            return [...canvas.getImageData(0, 0, 1, 1).data];
                          };
                          const luminance = (c) => c.slice(0, 3).map((x) => x / 255)
                            .map((x) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4)
                            .reduce((sum, x, i) => sum + x * [0.2126, 0.7152, 0.0722][i], 0);
                          const behind = (element) => {
                            for (let e = element; e; e = e.parentElement) {
                              const colour = rgba(getComputedStyle(e).backgroundColor);
                              if (colour[3] === 255) return colour;
                            }
                            return [255, 255, 255, 255];
                          };
                          const poor = [];
                          for (const e of document.querySelectorAll("#stage *")) {
                            const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
                            if (!own || e.matches(":disabled, :disabled *, option")) continue;
                            const a = luminance(rgba(getComputedStyle(e).color));
                            const b = luminance(behind(e));
                            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                            if (ratio < 4.5) poor.push(ratio.toFixed(2) + " " + e.textContent.trim());
                          }
                          return poor;
                        }
                        """);
    }
}
