// SPDX-License-Identifier: Apache-2.0
package org.lacquer.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.AudioWriter;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.OutputSpec;
import org.lacquer.audio.Resampler;
import org.lacquer.audio.StreamFormat;
import org.lacquer.audio.Tags;
import org.lacquer.inference.MasteringRequest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Candidates whose comparison is known beforehand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ComparerTest {
    private static final double SECONDS = 14.0;
    private static final float[][] SONG = TestAudio.song(SECONDS, 3);

    @TempDir static Path folder;

    private Path mix = Path.of("");

    @BeforeAll
    void writeMix() throws IOException {
        mix = write("song.wav", TestAudio.RATE, SONG);
    }

    @Test
    void equalCandidatesTieInEverything() throws IOException {
        Comparison comparison = compare("mix", "mix", mix.toString());
        assertThat(comparison.candidates())
                .extracting(Candidate::name)
                .containsExactly("mix", "mix-2", "song");
        assertThat(comparison.rankings()).isNotEmpty().allMatch(Ranking::tied);
        for (Candidate candidate : comparison.candidates()) {
            assertThat(candidate.matchGainDb()).isZero();
            assertThat(candidate.difference().residualDb()).isEqualTo(-120.0);
        }
    }

    @Test
    void louderCopyTiesAfterMatchingButForItsPeaks() throws IOException {
        Path louder = write("louder.wav", TestAudio.RATE, scaled(SONG, 3.0));
        Comparison comparison = compare("mix", louder.toString());
        assertThat(comparison.candidates().get(1).matchGainDb()).isCloseTo(-3.0, within(0.01));
        assertTies(comparison, Criterion.TRUE_PEAK);
        assertThat(ranking(comparison, Criterion.TRUE_PEAK).places().getFirst().candidate())
                .isEqualTo("mix");
    }

    @Test
    void delayedResampledAndTurnedDownCopyIsAlignedAndTies() throws IOException {
        float[][] moved = scaled(TestAudio.shifted(SONG, 3_333), -0.2);
        AudioClip clip = new AudioClip(TestAudio.RATE, moved);
        int frames = (int) Resampler.outputFrames(moved[0].length, TestAudio.RATE, 48_000);
        float[][] resampled;
        try (AudioSource source = Resampler.resample(clip.source(), 48_000)) {
            resampled = TestAudio.read(source, frames);
        }
        Comparison comparison = compare("mix", write("moved.wav", 48_000, resampled).toString());
        Alignment alignment = comparison.candidates().get(1).alignment().orElseThrow();
        assertThat(alignment.offsetFrames()).isCloseTo(3_333.0, within(0.05));
        assertTies(comparison, Criterion.TRUE_PEAK);
    }

    @Test
    void clippedCopyIsFoundOut() throws IOException {
        float[][] clipped = scaled(SONG, 12.0);
        for (float[] channel : clipped) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = Math.max(-0.9f, Math.min(0.9f, channel[i]));
            }
        }
        Comparison comparison =
                compare("mix", write("clipped.wav", TestAudio.RATE, clipped).toString());
        Ranking distortion = ranking(comparison, Criterion.RESIDUAL);
        assertThat(distortion.places().getLast().candidate()).isEqualTo("clipped");
        assertThat(distortion.places().getLast().rank()).isEqualTo(2);
        assertThat(distortion.places().getLast().value()).isGreaterThan(-35.0);
        assertThat(ranking(comparison, Criterion.PLR).places().getFirst().candidate())
                .isEqualTo("mix");
    }

    @Test
    void swappingCandidatesSwapsTheResultOnly() throws IOException {
        Path other = write("other.wav", TestAudio.RATE, scaled(TestAudio.song(SECONDS, 4), 1.0));
        Comparison there = compare("mix", other.toString());
        Comparison back = compare(other.toString(), "mix");
        assertThat(back.candidates()).containsExactlyInAnyOrderElementsOf(there.candidates());
        assertThat(back.rankings()).isEqualTo(there.rankings());
    }

    @Test
    void aiAndPlanAreRenderedIntoTheFolder() throws IOException {
        Path plan =
                Files.writeString(
                        folder.resolve("mine.yaml"),
                        """
                        schemaVersion: 1
                        stages:
                          - stage: parametric-eq
                            bands:
                              - {shape: high-shelf, frequencyHz: 6000, gainDb: 3}
                          - stage: limiter
                        delivery:
                          targetLufs: -14
                          fileFormat: flac
                        """);
        Path out = folder.resolve("rendered");
        Comparison comparison = compare(out, "ai", plan.toString());
        assertThat(out.resolve("ai.wav")).isRegularFile();
        assertThat(out.resolve("ai.plan.yaml")).isRegularFile();
        assertThat(out.resolve("mine.wav")).isRegularFile();
        Candidate mine = comparison.candidates().get(1);
        assertThat(mine.delivered().loudness().integratedLufs()).isCloseTo(-14.0, within(0.06));
        assertThat(mine.plan()).isPresent();
        assertThat(comparison.candidates().getFirst().decisions()).isNotEmpty();
        assertThat(mine.playback().getFirst().playedLufs()).isCloseTo(-14.0, within(0.06));
    }

    private static void assertTies(Comparison comparison, Criterion... but) {
        for (Ranking ranking : comparison.rankings()) {
            if (!Arrays.asList(but).contains(ranking.criterion())) {
                assertThat(ranking.tied()).as("%s", ranking).isTrue();
            }
        }
    }

    private static Ranking ranking(Comparison comparison, Criterion criterion) {
        return comparison.rankings().stream()
                .filter(ranking -> ranking.criterion() == criterion)
                .findFirst()
                .orElseThrow();
    }

    private Comparison compare(String... candidates) throws IOException {
        return compare(folder.resolve("out"), candidates);
    }

    private Comparison compare(Path out, String... candidates) throws IOException {
        try (Comparer comparer = new Comparer()) {
            return comparer.compare(
                    new ComparisonRequest(
                            mix,
                            Arrays.stream(candidates).map(CandidateChoice::of).toList(),
                            MasteringRequest.DEFAULT.withGenre("rock"),
                            out,
                            true),
                    ComparisonProgress.NONE);
        }
    }

    private static float[][] scaled(float[][] song, double gainDb) {
        float gain = (float) StrictMath.pow(10.0, gainDb / 20.0);
        float[][] out = new float[song.length][song[0].length];
        for (int c = 0; c < song.length; c++) {
            for (int i = 0; i < out[c].length; i++) {
                out[c][i] = gain * song[c][i];
            }
        }
        return out;
    }

    private static Path write(String name, int rateHz, float[][] samples) throws IOException {
        Path file = folder.resolve(name);
        OutputSpec spec =
                new OutputSpec(
                        FileFormat.WAV,
                        BitDepth.FLOAT32,
                        new StreamFormat(rateHz, samples.length),
                        Tags.NONE);
        try (AudioWriter writer = AudioWriter.create(file, spec, true)) {
            writer.write(AudioBlock.wrap(samples));
            writer.commit();
        }
        return file;
    }
}
