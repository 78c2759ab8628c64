// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.StageSettings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** What must stay true however the request changes, on part of the example song. */
final class MetamorphicTest {
    private static final double TOLERANCE_DB = 0.02;

    @TempDir static Path folder;

    private static Masterer masterer = new Masterer();
    private static Path song = Path.of("");

    @BeforeAll
    static void write() throws IOException {
        masterer = new Masterer();
        song = write("song.wav", 1.0);
    }

    @AfterAll
    static void close() {
        masterer.close();
    }

    private static Path write(String name, double treble) throws IOException {
        float[][] samples = ExampleSong.excerpt(24.0, 6.0);
        double pole = 1.0 - StrictMath.exp(-2.0 * StrictMath.PI * 3_000.0 / ExampleSong.RATE_HZ);
        for (float[] channel : samples) {
            double low = 0.0;
            for (int i = 0; i < channel.length; i++) {
                low += pole * (channel[i] - low);
                channel[i] = (float) (low + treble * (channel[i] - low));
            }
        }
        return ExampleSong.write(folder.resolve(name), ExampleSong.RATE_HZ, samples);
    }

    @Test
    void moreIntensityMovesFurther() throws IOException {
        for (String genre : List.of("metal", "hip-hop", "ambient")) {
            double[] before = new double[Moves.EQ_BANDS];
            double size = -1.0;
            for (int intensity : new int[] {0, 25, 50, 75, 100}) {
                double[] gains = gainsDb(dryRun(genre, intensity, List.of()));
                double now = 0.0;
                for (int k = 0; k < gains.length; k++) {
                    now += Math.abs(gains[k]);
                    if (before[k] != 0.0) {
                        assertThat(gains[k] * before[k]).as(genre + intensity).isPositive();
                    }
                }
                assertThat(now).as(genre + intensity).isGreaterThanOrEqualTo(size - TOLERANCE_DB);
                size = now;
                before = gains;
            }
            assertThat(size).isPositive();
        }
    }

    /** Treble against bass, over references from dull to bright. */
    @Test
    void brighterTargetIsNeverDarker() throws IOException {
        double before = Double.NEGATIVE_INFINITY;
        double first = 0.0;
        for (double treble : new double[] {0.3, 0.6, 1.0, 1.8, 3.2}) {
            Path reference = write("reference-" + treble + ".wav", treble);
            double[] gains = gainsDb(dryRun("auto", 50, List.of(reference)));
            double balance = gains[5] + gains[6] + gains[7] - gains[0] - gains[1] - gains[2];
            assertThat(balance).as("treble " + treble).isGreaterThanOrEqualTo(before - 0.05);
            first = treble == 0.3 ? balance : first;
            before = balance;
        }
        assertThat(before).isGreaterThan(first + 0.5);
    }

    @Test
    void louderTargetIsNeverQuieter() throws IOException {
        Path out = folder.resolve("loud.wav");
        double before = Double.NEGATIVE_INFINITY;
        for (double lufs : new double[] {-18.0, -12.0, -8.0}) {
            Mastered mastered =
                    masterer.master(
                            song,
                            Optional.of(out),
                            request("rock", 50, List.of(), OptionalDouble.of(lufs)),
                            true,
                            MasteringProgress.NONE);
            double loudness = mastered.outputFigures().orElseThrow().loudness().integratedLufs();
            assertThat(loudness).isGreaterThan(before);
            before = loudness;
        }
    }

    /** Published figures alone are labelled so, and are followed less than measured ones. */
    @Test
    void genreWithoutMusicIsLabelledAndMovesLess() throws IOException {
        for (String genre : List.of("hip-hop", "rnb", "country")) {
            Target target = dryRun(genre, 50, List.of()).target().orElseThrow();
            assertThat(target.label()).isEqualTo("anecdotal");
            assertThat(target.provenance()).contains("no measured track", "published");
            assertThat(target.trust()).isLessThan(0.7);
            assertThat(target.effectiveTracks()).isLessThanOrEqualTo(1.0);
        }
        Target measured = dryRun("electronic", 50, List.of()).target().orElseThrow();
        assertThat(measured.trust()).isEqualTo(1.0);
        assertThat(measured.effectiveTracks()).isGreaterThan(5.0);
    }

    private static double[] gainsDb(Mastered mastered) {
        double[] gains = new double[Moves.EQ_BANDS];
        double[] centres = {70, 140, 300, 650, 1_500, 3_200, 7_000, 12_000};
        for (StageSettings stage : mastered.plan().stages()) {
            if (stage instanceof ParametricEqSettings eq) {
                for (EqBand band : eq.bands()) {
                    for (int k = 0; k < centres.length; k++) {
                        gains[k] += band.frequencyHz() == centres[k] ? band.gainDb() : 0.0;
                    }
                }
            }
        }
        return gains;
    }

    private static Mastered dryRun(String genre, int intensity, List<Path> references)
            throws IOException {
        return masterer.master(
                song,
                Optional.empty(),
                request(genre, intensity, references, OptionalDouble.empty()),
                false,
                MasteringProgress.NONE);
    }

    private static MasteringRequest request(
            String genre, int intensity, List<Path> references, OptionalDouble loudnessLufs) {
        return new MasteringRequest(
                genre,
                references,
                "streaming",
                loudnessLufs,
                OptionalDouble.empty(),
                intensity,
                0,
                Map.of(),
                Set.of(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty());
    }
}
