// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lacquer.engine.EqBand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of figures, made of as little as possible. */
final class EngineFiguresTest {
    private static final Path EXAMPLE = Path.of("..", "examples");
    private static final FigureScale TINY = new FigureScale(12, 1, 1, 2, 1, 1, 3);

    @TempDir private static Path folder;

    private static String page = "";

    @BeforeAll
    static void writeThePage() throws IOException {
        EngineFigures.write(folder, List.of(EXAMPLE), TINY);
        page = Files.readString(folder.resolve(FigurePage.NAME));
    }

    @Test
    void everySectionHasATableOfFigures() {
        String[] sections = page.split("\n## ", -1);
        assertThat(sections).hasSizeGreaterThan(7);
        for (String section : Arrays.copyOfRange(sections, 1, sections.length)) {
            assertThat(section).contains("| --- |").containsPattern("\\| [^|]*\\d[^|]* \\|");
        }
        assertThat(page).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void everyPictureIsThereAndNoOther() throws IOException {
        Matcher links = Pattern.compile("!\\[[^]]+]\\(([^)]+)\\)").matcher(page);
        int count = 0;
        while (links.find()) {
            assertThat(folder.resolve(links.group(1))).isNotEmptyFile();
            count++;
        }
        try (var files = Files.list(folder.resolve("images/engine"))) {
            assertThat(files).hasSize(count);
        }
    }

    @Test
    void signalsAndMusicStayBelowTheCeiling() {
        int signals = CeilingSignal.values().length;
        assertThat(page)
                .containsPattern(
                        "\\| \\*\\*all made signals\\*\\* \\| " + signals + " \\| −.* \\| 0 \\|")
                .containsPattern(
                        "\\| \\*\\*excerpts of music, standard\\*\\* \\| 1 \\| −.* \\| 0 \\|")
                .containsPattern("\\| \\*\\*excerpts of music, best\\*\\* \\| 1 \\| −.* \\| 0 \\|");
    }

    @Test
    void withoutMusicThePageSaysSo(@TempDir Path other) throws IOException {
        FigurePage bare = new FigurePage(other);
        new CeilingFigures(bare, List.of(), TINY).write();
        bare.write();
        assertThat(other.resolve(FigurePage.NAME)).content().contains("Music: left out");
    }

    /** The prototypes are the definitions: the gain at the centre, half of it in shelves. */
    @ParameterizedTest
    @EnumSource(EqBand.Shape.class)
    void prototypesHaveTheirGainsWhereTheyShould(EqBand.Shape shape) {
        EqBand band = new EqBand(shape, 1_000.0, 6.0, shape == EqBand.Shape.BELL ? 2.0 : 0.1);
        double centre = AnalogPrototype.magnitudeDb(band, 1_000.0);
        double below = AnalogPrototype.magnitudeDb(band, 0.001);
        double above = AnalogPrototype.magnitudeDb(band, 1e9);
        double[] expected =
                switch (shape) {
                    case BELL -> new double[] {0.0, 6.0, 0.0};
                    case LOW_SHELF -> new double[] {6.0, 3.0, 0.0};
                    case HIGH_SHELF -> new double[] {0.0, 3.0, 6.0};
                    case TILT -> new double[] {-6.0, 0.0, 6.0};
                    case BAND_SHELF -> new double[] {0.0, 6.0, 0.0};
                };
        assertThat(new double[] {below, centre, above})
                .usingComparatorWithPrecision(0.01)
                .containsExactly(expected);
    }

    /** A known distortion is read as it is: -60 dB of second harmonic. */
    @Test
    void spectrumReadsKnownLines() {
        double[] amplitudes = {0.5, 0.5e-3};
        float[] x = Probe.tones(1.0, 8_000, new double[] {500.0, 1_000.0}, amplitudes);
        ToneSpectrum spectrum = new ToneSpectrum(x, 8_000, 8_000);
        assertThat(10.0 * Math.log10(spectrum.power(500.0))).isCloseTo(-6.02, within(0.01));
        assertThat(spectrum.largestBut(0.0, 500.0).hz()).isEqualTo(1_000.0);
        assertThat(spectrum.largestBut(0.0, 500.0).db()).isCloseTo(-66.02, within(0.01));
        assertThat(spectrum.largestBut(0.0, 500.0, 1_000.0).db()).isLessThan(-140.0);
    }

    @ParameterizedTest
    @EnumSource(CeilingSignal.class)
    void signalsAreFiniteNotSilentAndTheSameForASeed(CeilingSignal kind) {
        float[] x = new float[4_410];
        float[] again = new float[x.length];
        kind.fill(x, 44_100, new Random(5));
        kind.fill(again, 44_100, new Random(5));
        assertThat(again).isEqualTo(x);
        float largest = 0f;
        for (float sample : x) {
            assertThat(sample).isFinite();
            largest = Math.max(largest, Math.abs(sample));
        }
        assertThat(largest).isBetween(0.01f, 8f);
    }

    @Test
    void numbersHaveARealMinusAndZerosNoSign() {
        assertThat(FigurePage.number("%+.2f", -1.5)).isEqualTo("−1.50");
        assertThat(FigurePage.number("%+.2f", -0.001)).isEqualTo("0.00");
        assertThat(FigurePage.number("%+.2f", 0.5)).isEqualTo("+0.50");
        assertThat(FigurePage.frequency(12_500.0)).isEqualTo("12.5 kHz");
        assertThat(FigurePage.frequency(63.0)).isEqualTo("63 Hz");
    }
}
