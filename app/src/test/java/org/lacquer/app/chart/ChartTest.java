// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the words of a chart stand. */
class ChartTest {
    private static final String TITLE = "Spectrum at equal loudness";
    private static final double[] HZ = {100.0, 1_000.0};
    private static final double[] DB = {-30.0, -40.0};

    private static String svg(String target) {
        return ChartFile.svg(
                List.of(
                        new Chart(
                                TITLE,
                                Axis.frequency(),
                                Axis.decibels("dB", -60.0, -25.0, 5.0),
                                Optional.of(new Corridor(target, HZ, DB, DB)),
                                List.of(
                                        new Curve("mix.flac", HZ, DB, Pen.of(Ink.MUTED, 2.0)),
                                        new Curve("master.wav", HZ, DB, Pen.of(Ink.TEXT, 2.0))))));
    }

    /** Left edge of the text that begins so. */
    private static double leftOf(String svg, String beginning) {
        Matcher text =
                Pattern.compile("<text[^>]* x=\"([0-9.]+)\"[^>]*>" + Pattern.quote(beginning))
                        .matcher(svg);
        assertThat(text.find()).as(beginning).isTrue();
        return Double.parseDouble(text.group(1));
    }

    @Test
    void longTargetIsCutBeforeItRunsIntoTheTitle() {
        String drawn =
                svg("target: 33 % cinematic + 29 % pop + 20 % electronic + 18 % ambient and more");

        // 14 points bold: 0.6 of that for each letter.
        double titleEnd = leftOf(drawn, TITLE) + TITLE.length() * 14.0 * 0.6;
        assertThat(leftOf(drawn, "target: 33 % cinematic")).isGreaterThan(titleEnd + 20.0);
        assertThat(drawn).contains("…").doesNotContain("and more");
    }

    @Test
    void shortTargetIsNamedInFull() {
        assertThat(svg("target: rock")).contains(">target: rock<").doesNotContain("…");
    }
}
