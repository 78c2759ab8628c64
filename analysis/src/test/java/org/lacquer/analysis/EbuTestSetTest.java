// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioReader;
import org.lacquer.audio.Progress;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The EBU loudness test set, version 5, where the machine has a copy: all files of Tech 3341 cases
 * 1 to 23 and Tech 3342 cases 1 to 6. The set may be used for technical tests but not passed on, so
 * it is no part of this project. The environment variable {@value #VARIABLE} names the folder; each
 * test skips, and says so, when the folder or its file is missing.
 */
class EbuTestSetTest {
    private static final String VARIABLE = "LACQUER_EBU_TEST_SET";

    /** Tech 3341, table 1, in LU. */
    private static final Offset<Double> LOUDNESS = within(0.1);

    /** Tech 3342, table 1, in LU. */
    private static final Offset<Double> RANGE = within(1.0);

    private Path folder = Path.of("");

    @BeforeEach
    void findTheSet() {
        String value = System.getenv(VARIABLE);
        if (value == null || !Files.isDirectory(Path.of(value))) {
            abort(VARIABLE + " names no folder with the EBU loudness test set");
        } else {
            folder = Path.of(value);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,-23", "2,-33"})
    void cases1And2(int number, double lufs) throws IOException {
        Loudness loudness = analyze(file("seq-3341-" + number + "-.*")).loudness();
        assertThat(loudness.integratedLufs()).isCloseTo(lufs, LOUDNESS);
        assertThat(loudness.momentaryMaxLufs()).isCloseTo(lufs, LOUDNESS);
        assertThat(loudness.shortTermMaxLufs()).isCloseTo(lufs, LOUDNESS);
    }

    /** Case 6 comes as 5.0, L R C Ls Rs, and as 5.1; 7 and 8 are recordings. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "seq-3341-3-.*",
                "seq-3341-4-.*",
                "seq-3341-5-.*",
                "seq-3341-6-5channels.*",
                "seq-3341-6-6channels.*",
                "seq-3341-7[_-].*",
                "seq-3341-(2011-)?8[_-].*"
            })
    void cases3To8(String name) throws IOException {
        assertThat(analyze(file(name)).loudness().integratedLufs()).isCloseTo(-23.0, LOUDNESS);
    }

    @Test
    void case9() throws IOException {
        Series shortTerm = analyze(file("seq-3341-9-.*")).loudness().shortTermLufs();
        assertSteady(shortTerm, 3.0);
    }

    @Test
    void case10() throws IOException {
        for (int i = 1; i <= 20; i++) {
            Loudness loudness = analyze(file("seq-3341-10-" + i + "-.*")).loudness();
            assertThat(loudness.shortTermMaxLufs()).as("file %d", i).isCloseTo(-23.0, LOUDNESS);
        }
    }

    @Test
    void case11() throws IOException {
        assertLive(file("seq-3341-11-.*"), 6.0, Loudness::shortTermMaxLufs);
    }

    @Test
    void case12() throws IOException {
        Series momentary = analyze(file("seq-3341-12-.*")).loudness().momentaryLufs();
        assertSteady(momentary, 1.0);
    }

    @Test
    void case13() throws IOException {
        for (int i = 1; i <= 20; i++) {
            Loudness loudness = analyze(file("seq-3341-13-" + i + "-.*")).loudness();
            assertThat(loudness.momentaryMaxLufs()).as("file %d", i).isCloseTo(-23.0, LOUDNESS);
        }
    }

    @Test
    void case14() throws IOException {
        assertLive(file("seq-3341-14-.*"), 0.8, Loudness::momentaryMaxLufs);
    }

    @ParameterizedTest
    @CsvSource({
        "15,-6", "16,-6", "17,-6", "18,-6", "19,3", "20,0", "21,0", "22,0", "23,0",
    })
    void cases15To23(int number, double dbtp) throws IOException {
        Peaks peaks = analyze(file("seq-3341-" + number + "-.*")).peaks();
        // Tech 3341, table 1: +0.2/-0.4 dB.
        assertThat(peaks.truePeakDbtp()).isBetween(dbtp - 0.4, dbtp + 0.2);
    }

    /** Tech 3342; cases 5 and 6 are cases 7 and 8 of Tech 3341. */
    @ParameterizedTest
    @CsvSource({
        "seq-3342-1-.*,10",
        "seq-3342-2-.*,5",
        "seq-3342-3-.*,20",
        "seq-3342-4-.*,15",
        "seq-3341-7_seq-3342-5.*,5",
        "seq-3341-.*8_seq-3342-6.*,15",
    })
    void loudnessRange(String name, double lu) throws IOException {
        assertThat(analyze(file(name)).loudness().loudnessRangeLu()).isCloseTo(lu, RANGE);
    }

    /** The file of the set whose name fits the pattern; endings differ between files. */
    private Path file(String pattern) throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.list(folder)) {
            found =
                    files.filter(path -> path.getFileName().toString().endsWith(".wav"))
                            .filter(path -> path.getFileName().toString().matches(pattern))
                            .sorted()
                            .toList();
        }
        if (found.isEmpty()) {
            abort(folder + " has no file " + pattern);
        }
        return found.getFirst();
    }

    private static Analysis analyze(Path file) throws IOException {
        try (AudioReader reader = AudioReader.open(file)) {
            return Analyzer.analyze(reader, Figures.LOUDNESS, Progress.NONE);
        }
    }

    private static void assertSteady(Series series, double fromSeconds) {
        int steady = 0;
        for (int i = 0; i < series.size(); i++) {
            if (series.secondsAt(i) > fromSeconds - 0.001) {
                assertThat(series.at(i)).as("value %d", i).isCloseTo(-23.0, LOUDNESS);
                steady++;
            }
        }
        assertThat(steady).isGreaterThan(80);
    }

    /** Reads the maximum of one stream after each of twenty steps. */
    private static void assertLive(
            Path file, double stepSeconds, ToDoubleFunction<Loudness> maximum) throws IOException {
        try (AudioReader reader = AudioReader.open(file)) {
            var meter = new LoudnessMeter(reader.format());
            int step = (int) Math.round(stepSeconds * reader.format().sampleRateHz());
            for (int i = 0; i < 20; i++) {
                var block = new AudioBlock(reader.format().channels(), step);
                assertThat(reader.read(block)).as("step %d", i).isEqualTo(step);
                meter.write(block);
                double value = maximum.applyAsDouble(meter.loudness());
                assertThat(value).as("step %d", i).isCloseTo(-38.0 + i, LOUDNESS);
            }
        }
    }
}
