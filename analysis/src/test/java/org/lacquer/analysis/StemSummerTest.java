// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Progress;
import org.lacquer.audio.SourceInfo;
import org.lacquer.audio.Tags;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class StemSummerTest {
    private static final int RATE_HZ = 44_100;
    private static final int FRAMES = 3 * RATE_HZ + 123;

    private static final int SILENCE = 4_100;

    private final AudioClip drums = clip(1);
    private final AudioClip bass = clip(2);
    private final AudioClip voice = clip(3);

    @Test
    void stemsThatAddUpLeaveNothing() throws IOException {
        StemSum sum = sum(List.of(drums, bass, voice), mix(0, 1.0));
        assertThat(sum.match().residualDb()).isLessThan(-120.0);
        assertThat(sum.match().gainDb()).isCloseTo(0.0, within(1e-4));
        assertThat(sum.match().offsetFrames()).isZero();
        assertThat(sum.match().inverted()).isFalse();
        assertThat(sum.copies()).isEmpty();
    }

    @Test
    void gainOffsetAndPolarityAreFound() throws IOException {
        for (int offset : new int[] {1, 441, 3_900, -37, -4_000}) {
            StemSum.Match match = sum(List.of(drums, bass, voice), mix(offset, -0.5)).match();
            assertThat(match.offsetFrames()).isEqualTo(offset);
            assertThat(match.gainDb()).isCloseTo(-6.02, within(0.01));
            assertThat(match.inverted()).isTrue();
            assertThat(match.residualDb()).isLessThan(-100.0);
        }
    }

    @Test
    void aMissingStemLeavesItself() throws IOException {
        // Three equal powers, one missing: a third of the mix remains.
        StemSum.Match match = sum(List.of(drums, bass), mix(0, 1.0)).match();
        assertThat(match.residualDb()).isCloseTo(10.0 * Math.log10(1.0 / 3.0), within(0.2));
    }

    @Test
    void aLevelChangeOfOneStemIsNotExplainedByGain() throws IOException {
        // A third of the power 1 dB up: (1.122 - 1)² / 3 less the common gain, about -22 dB.
        AudioClip louder = Signals.scaled(voice, 1.122);
        StemSum.Match match = sum(List.of(drums, bass, louder), mix(0, 1.0)).match();
        assertThat(match.residualDb()).isBetween(-26.0, -23.0);
    }

    @Test
    void copiesAreFoundWhateverTheirLevel() throws IOException {
        AudioClip copy = Signals.scaled(drums, 0.5);
        AudioClip inverted = Signals.scaled(bass, -1.0);
        assertThat(sum(List.of(drums, bass, copy, voice, inverted), null).copies())
                .usingRecursiveComparison()
                .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-4 ? 0 : 1, Double.class)
                .isEqualTo(
                        List.of(
                                new StemSum.Copy(0, 2, -6.0206, false),
                                new StemSum.Copy(1, 4, 0.0, true)));
        assertThat(sum(List.of(drums, bass, voice), null).match()).isEqualTo(StemSum.Match.NONE);
    }

    @Test
    void peakOfTheSumIsThatOfTheAddedSamples() throws IOException {
        float[] tone = Signals.tones(RATE_HZ, 997, Signals.tone(2, -6));
        AudioClip left = new AudioClip(RATE_HZ, tone, new float[tone.length]);
        AudioClip centre = new AudioClip(RATE_HZ, tone);
        StemSum sum = sum(List.of(left, centre), null);
        assertThat(sum.truePeakDbtp()).isCloseTo(0.02, within(0.02));
    }

    @Test
    void silenceAndUnequalLengthsAreNoTrouble() throws IOException {
        AudioClip silent = new AudioClip(RATE_HZ, new float[100]);
        StemSum sum = sum(List.of(silent, drums), null);
        assertThat(sum.copies()).isEmpty();
        assertThat(sum(List.of(silent), drums).match().residualDb()).isNaN();
        assertThat(sum(List.of(silent), null).truePeakDbtp()).isNaN();
        assertThatThrownBy(() -> sum(List.of(drums, new AudioClip(48_000, new float[9])), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void folderFindingsNameTheStems() throws IOException {
        AudioClip shortVoice = new AudioClip(RATE_HZ, new float[50_000]);
        List<AudioClip> clips = List.of(drums, Signals.scaled(drums, 1.0), shortVoice);
        List<String> names = List.of("Song_Drums", "Song_Track 2 (1)", "Song_Vox");
        List<Finding> findings = check(clips, names, mix(0, 1.0));
        assertThat(findings.stream().map(Finding::code))
                .containsExactly(
                        "stem-length",
                        "stem-copy",
                        "sum-differs",
                        "stem-name-copy",
                        "sum-headroom",
                        "stem-name-role");
        assertThat(findings.get(1).message())
                .startsWith("Song_Drums and Song_Track 2 (1) hold the same sound (+0.0 dB)");
    }

    @Test
    void aGoodFolderHasNothingToSay() throws IOException {
        List<String> names = List.of("drums", "bass", "vocals");
        List<AudioClip> quiet = new ArrayList<>();
        for (AudioClip stem : List.of(drums, bass, voice)) {
            quiet.add(Signals.scaled(stem, 0.5));
        }
        assertThat(check(quiet, names, mix(0, 0.5))).isEmpty();
        assertThat(check(quiet, names, null).stream().map(Finding::code)).containsExactly("no-mix");
        assertThat(check(quiet, names, mix(2205, 0.25)).stream().map(Finding::code))
                .containsExactly("sum-offset", "sum-gain");
    }

    private List<Finding> check(List<AudioClip> clips, List<String> names, @Nullable AudioClip mix)
            throws IOException {
        List<StemPreflight.Stem> stems = new ArrayList<>();
        for (int i = 0; i < clips.size(); i++) {
            stems.add(stem(names.get(i), clips.get(i)));
        }
        return StemPreflight.check(
                stems, mix == null ? null : stem("rough mix", mix), sum(clips, mix));
    }

    private static StemPreflight.Stem stem(String name, AudioClip clip) throws IOException {
        var info = new SourceInfo("wav", "pcm_s24le", 24, false, -1, Tags.NONE);
        return StemPreflight.Stem.of(
                name, Analyzer.analyze(clip.source(), Figures.LOUDNESS, Progress.NONE), info);
    }

    private static StemSum sum(List<AudioClip> stems, @Nullable AudioClip mix) throws IOException {
        List<AudioSource> sources = stems.stream().map(AudioClip::source).toList();
        return StemSummer.sum(sources, mix == null ? null : mix.source(), FRAMES, Progress.NONE);
    }

    /** Noise with silence at both ends, so that a moved one loses nothing. */
    private static AudioClip clip(long seed) {
        float[] left = Signals.noise(FRAMES, 0.3, seed);
        float[] right = Signals.noise(FRAMES, 0.3, seed + 50);
        for (float[] channel : List.of(left, right)) {
            Arrays.fill(channel, 0, SILENCE, 0f);
            Arrays.fill(channel, FRAMES - SILENCE, FRAMES, 0f);
        }
        return new AudioClip(RATE_HZ, left, right);
    }

    /** The three added up, later by some frames. */
    private AudioClip mix(int offset, double gain) {
        float[][] samples = new float[2][FRAMES];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < FRAMES; i++) {
                int from = i - offset;
                if (from >= 0 && from < FRAMES) {
                    double sum =
                            drums.channel(c)[from] + bass.channel(c)[from] + voice.channel(c)[from];
                    samples[c][i] = (float) (gain * sum);
                }
            }
        }
        return new AudioClip(RATE_HZ, samples);
    }
}
