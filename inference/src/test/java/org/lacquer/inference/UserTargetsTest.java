// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.analysis.FeatureSet;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.Failure;
import org.lacquer.audio.FailureException;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.StreamFormat;
import org.lacquer.audio.Tags;
import org.lacquer.inference.model.Question;
import org.lacquer.models.GenreTarget;
import org.lacquer.models.GenreTargets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Targets from files that the test makes. */
final class UserTargetsTest {
    @TempDir static Path folder;

    private static List<Path> records = List.of();
    private static UserTargets targets = new UserTargets(Path.of("nowhere"));

    @BeforeAll
    static void writeRecords() throws IOException {
        targets = new UserTargets(folder.resolve("home/targets"));
        records = List.of(noise("a.wav", 4.0, 1), noise("b.wav", 4.0, 2), noise("c.wav", 4.0, 3));
    }

    @Test
    void targetIsKeptAndFoundAgain() throws IOException {
        GenreTarget made = targets.create("my-dub", records, false);
        GenreTarget found = targets.named("My-Dub").orElseThrow();
        assertThat(targets.names()).contains("my-dub");
        assertThat(found.mean()).containsExactly(made.mean(), within(0.001));
        assertThat(found.provenance()).isEqualTo("3 tracks of your own: a.wav, b.wav, c.wav");
        assertThat(found.label()).isEqualTo(GenreTarget.Label.PROVISIONAL);
        assertThat(found.albums()).isEqualTo(1);
        assertThat(found.effectiveTracks()).isCloseTo(3.0 / (1.0 + 2.0 * 0.35), within(0.001));
        Target target = TargetChoice.genre("my-dub", targets);
        assertThat(target.trust()).isEqualTo(1.0);
        assertThat(target.loudnessLufs()).isCloseTo(made.loudnessLufs(), within(0.001));
    }

    /** White noise has more treble than music; its target leans that way, but not all of it. */
    @Test
    void figuresAreDrawnTowardAllMusic() throws IOException {
        GenreTarget made = targets.create("hiss", records.subList(0, 1), false);
        double music = GenreTargets.named("neutral").orElseThrow().mean("ltas.10000");
        int at = FeatureSet.indexOf("ltas.10000");
        assertThat(made.mean()[at]).isBetween(music + 3.0, music + 20.0);
        assertThat(made.label()).isEqualTo(GenreTarget.Label.ANECDOTAL);
        assertThat(Arrays.stream(made.sd())).allSatisfy(sd -> assertThat(sd).isPositive());
    }

    @Test
    void albumMatesAreWorthLess() {
        assertThat(Question.effectiveTracks(4, 4)).isEqualTo(4.0);
        assertThat(Question.effectiveTracks(4, 1)).isCloseTo(4.0 / 2.05, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Dub", "1dub", "../dub", "a b", "auto", "rock", "techno", "dúb"})
    void namesThatCannotBeAreRefused(String name) {
        assertThatThrownBy(() -> targets.create(name, records, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatCannotBeUsedLeavesNothingBehind() throws IOException {
        Path text = Files.writeString(folder.resolve("text.wav"), "no sound");
        Path brief = noise("brief.wav", 1.0, 4);
        expect(Failure.UnreadableInput.class, "one", List.of(records.getFirst(), text));
        expect(Failure.UnsupportedInput.class, "two", List.of(brief));
        expect(Failure.UnreadableInput.class, "three", List.of(folder.resolve("none.wav")));
        assertThatThrownBy(() -> targets.create("four", List.of(), false))
                .isInstanceOf(IllegalArgumentException.class);
        Path twice = records.getFirst();
        assertThatThrownBy(() -> targets.create("five", List.of(twice, twice), false))
                .hasMessageContaining("twice");
        assertThat(targets.names()).doesNotContain("one", "two", "three", "four", "five");
    }

    @Test
    void existingTargetStaysUnlessReplacingWasAskedFor() throws IOException {
        targets.create("kept", records.subList(0, 1), false);
        expect(Failure.OutputExists.class, "kept", records);
        assertThat(targets.named("kept").orElseThrow().tracks()).isEqualTo(1);
        targets.create("kept", records.subList(0, 2), true);
        assertThat(targets.named("kept").orElseThrow().tracks()).isEqualTo(2);
    }

    @Test
    void damagedTargetSaysSo() throws IOException {
        targets.create("broken", records.subList(0, 1), false);
        Path file = targets.folder().resolve("broken.tsv");
        Files.writeString(file, Files.readString(file).replace("plrDb", "plr"));
        assertThatThrownBy(() -> targets.named("broken"))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("plrDb");
        assertThat(targets.named("absent")).isEmpty();
        assertThat(targets.named("../kept")).isEmpty();
    }

    @Test
    void folderFollowsTheEnvironment() {
        Path home = folder.toAbsolutePath();
        Path data = home.resolve("data");
        assertThat(UserTargets.folder(Map.of(), home))
                .isEqualTo(home.resolve(".local/share/lacquer/targets"));
        assertThat(UserTargets.folder(Map.of("XDG_DATA_HOME", "relative"), home))
                .isEqualTo(home.resolve(".local/share/lacquer/targets"));
        assertThat(UserTargets.folder(Map.of("XDG_DATA_HOME", data.toString()), home))
                .isEqualTo(data.resolve("lacquer/targets"));
        Map<String, String> both =
                Map.of("XDG_DATA_HOME", data.toString(), "LACQUER_HOME", home.toString());
        assertThat(UserTargets.folder(both, home)).isEqualTo(home.resolve("targets"));
    }

    private static void expect(Class<? extends Failure> kind, String name, List<Path> files) {
        assertThatThrownBy(() -> targets.create(name, files, false))
                .isInstanceOfSatisfying(
                        FailureException.class, e -> assertThat(e.failure()).isInstanceOf(kind));
    }

    private static Path noise(String name, double seconds, long seed) throws IOException {
        Random random = new Random(seed);
        float[][] x = new float[2][(int) (44_100 * seconds)];
        for (int i = 0; i < x[0].length; i++) {
            double common = random.nextGaussian();
            x[0][i] = (float) (0.05 * (common + 0.5 * random.nextGaussian()));
            x[1][i] = (float) (0.05 * (common + 0.5 * random.nextGaussian()));
        }
        Path file = folder.resolve(name);
        OutputSpec spec =
                new OutputSpec(
                        FileFormat.WAV, BitDepth.FLOAT32, new StreamFormat(44_100, 2), Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, true)) {
            writer.write(AudioBlock.wrap(x));
            writer.commit();
        }
        return file;
    }
}
