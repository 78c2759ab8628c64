// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.comparison.listening.ListeningSet;
import org.lacquer.comparison.listening.Stimulus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A blind listening test as one page that works from disk: recordings, scripts and style are in it,
 * and it asks no network for anything.
 */
final class ListeningPage {
    /** In this order they share one scope; nothing of them is global. */
    static final List<String> SCRIPTS =
            List.of(
                    "dom.js",
                    "random.js",
                    "statistics.js",
                    "deck.js",
                    "player.js",
                    "session.js",
                    "summary.js",
                    "trial.js",
                    "results.js",
                    "setup.js",
                    "main.js");

    private ListeningPage() {}

    static String of(ListeningSet set) throws IOException {
        StringBuilder page = new StringBuilder();
        page.append(HtmlPage.begin(set.title() + " – blind listening", resource("listening.css")))
                .append("<div id=\"live\" class=\"sr\" aria-live=\"polite\"></div>\n")
                .append("<div id=\"stage\"><h1>Blind listening</h1>")
                .append("<noscript><p>This page needs JavaScript.</p></noscript></div>\n")
                .append("<script type=\"application/json\" id=\"test\">")
                .append(Json.line(test(set)).replace("<", "\\u003c"))
                .append("</script>\n<script>\n\"use strict\";\n(() => {\n");
        for (String script : SCRIPTS) {
            page.append(resource(script));
        }
        return page.append("})();\n</script>\n").append(HtmlPage.end()).toString();
    }

    private static Map<String, Object> test(ListeningSet set) throws IOException {
        MessageDigest digest = sha256();
        List<Object> parts = new ArrayList<>();
        for (ListeningSet.Part part : set.parts()) {
            List<String> clips = new ArrayList<>();
            for (var clip : part.clips()) {
                byte[] bytes = ListeningSet.flac(clip);
                digest.update(bytes);
                clips.add(Base64.getEncoder().encodeToString(bytes));
            }
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("label", part.label());
            object.put("startSeconds", part.startSeconds());
            object.put("endSeconds", part.endSeconds());
            object.put("loudnessLufs", part.loudnessLufs());
            object.put("clips", clips);
            parts.add(object);
        }
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("id", HexFormat.of().formatHex(digest.digest()));
        test.put("title", set.title());
        test.put("sampleRateHz", set.sampleRateHz());
        test.put("stimuli", set.stimuli().stream().map(ListeningPage::stimulus).toList());
        test.put("parts", parts);
        return test;
    }

    private static Map<String, Object> stimulus(Stimulus stimulus) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", stimulus.name());
        object.put("kind", stimulus.kind().key());
        return object;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(
                        ListeningPage.class.getResourceAsStream("listening/" + name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
