// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.duplicates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Fft;
import org.lacquer.audio.Resampler;
import org.lacquer.training.SyntheticMusic;
import org.lacquer.training.faults.Draws;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

class DuplicateFinderTest {
    private static final int RATE = SyntheticMusic.RATE;
    private static final double SECONDS = 12.0;
    private static final float[][] SONG = SyntheticMusic.samples("song", SECONDS);

    @Test
    void copyAtAnotherLevelHasTheSameBits() {
        SameRecording found = theOnlyPair(clip(SONG), clip(scaled(SONG, 0.25F)));

        assertThat(found.duplicate()).isTrue();
        assertThat(found.bitErrorRate()).isZero();
        assertThat(found.offsetSeconds()).isZero();
    }

    @Test
    void copyAtAnotherRateIsFound() throws IOException {
        SameRecording found = theOnlyPair(clip(SONG), resampled(SONG, 48_000));

        assertThat(found.duplicate()).isTrue();
        assertThat(found.bitErrorRate()).isLessThan(0.02);
    }

    /** As much noise in every bin as a codec of low rate leaves: 9 dB below the music. */
    @Test
    void copyWithTheNoiseOfACodecIsFound() {
        SameRecording found = theOnlyPair(clip(SONG), clip(coded(SONG, -9.0)));

        assertThat(found.duplicate()).isTrue();
        assertThat(found.bitErrorRate()).isBetween(0.02, 0.3);
    }

    @Test
    void copyThatBeginsLaterIsFoundWithItsOffset() {
        // Half a hop off the grid of frames, where the bits differ most.
        double cutSeconds = 200.5 * Fingerprint.hopSeconds();
        float[][] cut = from(SONG, cutSeconds);

        SameRecording found = theOnlyPair(clip(SONG), clip(cut));

        assertThat(found.duplicate()).isTrue();
        assertThat(found.share()).isGreaterThan(0.75);
        assertThat(found.offsetSeconds()).isEqualTo(-cutSeconds, within(Fingerprint.hopSeconds()));
    }

    @Test
    void quietCutAndCodedCopyIsFound() throws IOException {
        float[][] changed = scaled(coded(from(SONG, 3.3), -12.0), 0.1F);

        SameRecording found = theOnlyPair(clip(SONG), resampled(changed, 48_000));

        assertThat(found.duplicate()).isTrue();
    }

    @Test
    void otherPieceSharesNothing() {
        float[][] other = SyntheticMusic.samples("another song", SECONDS);

        assertThat(pairs(clip(SONG), clip(other))).isEmpty();
    }

    @Test
    void pieceThatSharesALoopIsNoDuplicate() {
        // 4 s of the song, again and again, over other music.
        float[][] other = SyntheticMusic.samples("song over a loop", SECONDS);
        float[][] mixed = new float[2][other[0].length];
        int loop = 4 * RATE;
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < mixed[c].length; i++) {
                mixed[c][i] = i % (3 * loop) < loop ? SONG[c][i % loop] : other[c][i];
            }
        }

        assertThat(pairs(clip(SONG), clip(mixed)))
                .allSatisfy(pair -> assertThat(pair.duplicate()).isFalse())
                .isNotEmpty();
    }

    @Test
    void silenceIsNotLikeSilence() {
        float[][] silence = new float[2][(int) (SECONDS * RATE)];

        assertThat(pairs(clip(silence), clip(silence.clone()))).isEmpty();
    }

    @Test
    void clipShorterThanAWindowHasNoFrames() {
        float[][] click = new float[2][1_000];
        click[0][10] = 1.0F;

        assertThat(Fingerprint.of(clip(click)).frames()).isZero();
        assertThat(pairs(clip(click), clip(SONG))).isEmpty();
    }

    @Test
    void fingerprintSurvivesItsBytes() {
        Fingerprint made = Fingerprint.of(clip(SONG));
        Fingerprint read = Fingerprint.ofBytes(made.toBytes());

        assertThat(read.toBytes()).isEqualTo(made.toBytes());
        assertThat(read.soundingFrames()).isEqualTo(made.soundingFrames()).isPositive();
    }

    /** Among others, so that the indices are told apart too. */
    private static SameRecording theOnlyPair(AudioClip first, AudioClip second) {
        Fingerprint stranger =
                Fingerprint.of(clip(SyntheticMusic.samples("stranger", SECONDS / 2)));
        List<SameRecording> pairs =
                new DuplicateFinder(
                                List.of(Fingerprint.of(first), stranger, Fingerprint.of(second)))
                        .pairs(0.1);
        assertThat(pairs).hasSize(1);
        assertThat(pairs.getFirst().first()).isZero();
        assertThat(pairs.getFirst().second()).isEqualTo(2);
        return pairs.getFirst();
    }

    private static List<SameRecording> pairs(AudioClip first, AudioClip second) {
        return new DuplicateFinder(List.of(Fingerprint.of(first), Fingerprint.of(second)))
                .pairs(0.1);
    }

    private static AudioClip clip(float[][] samples) {
        return new AudioClip(RATE, samples);
    }

    private static float[][] scaled(float[][] samples, float gain) {
        float[][] out = new float[2][samples[0].length];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < out[c].length; i++) {
                out[c][i] = gain * samples[c][i];
            }
        }
        return out;
    }

    private static float[][] from(float[][] samples, double seconds) {
        int start = (int) Math.round(seconds * RATE);
        return new float[][] {
            Arrays.copyOfRange(samples[0], start, samples[0].length),
            Arrays.copyOfRange(samples[1], start, samples[1].length)
        };
    }

    private static AudioClip resampled(float[][] samples, int rate) throws IOException {
        int frames = (int) Resampler.outputFrames(samples[0].length, RATE, rate);
        float[][] out = new float[2][frames];
        try (AudioSource source = Resampler.resample(clip(samples).source(), rate)) {
            AudioBlock block = new AudioBlock(2, 4_096);
            for (int at = 0; source.read(block) > 0; at += block.frames()) {
                for (int c = 0; c < 2; c++) {
                    System.arraycopy(block.channel(c), 0, out[c], at, block.frames());
                }
            }
        }
        return new AudioClip(rate, out);
    }

    /** Each block of 1024 samples with noise that follows its spectrum. */
    private static float[][] coded(float[][] samples, double noiseDb) {
        Draws draws = Draws.of("codec");
        double gain = StrictMath.pow(10.0, noiseDb / 20.0);
        Fft fft = new Fft(1_024);
        double[] data = new double[1_024];
        float[][] out = new float[2][samples[0].length];
        for (int c = 0; c < 2; c++) {
            for (int start = 0; start + 1_024 <= out[c].length; start += 1_024) {
                for (int i = 0; i < 1_024; i++) {
                    data[i] = samples[c][start + i];
                }
                fft.forward(data);
                for (int k = 0; k < 1_024; k++) {
                    data[k] *= 1.0 + draws.normal(0.0, gain);
                }
                fft.inverse(data);
                for (int i = 0; i < 1_024; i++) {
                    out[c][start + i] = (float) data[i];
                }
            }
        }
        return out;
    }
}
