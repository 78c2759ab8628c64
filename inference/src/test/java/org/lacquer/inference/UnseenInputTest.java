// SPDX-License-Identifier: Apache-2.0
package org.lacquer.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lacquer.analysis.Finding;
import org.lacquer.engine.EqBand;
import org.lacquer.engine.GainSettings;
import org.lacquer.engine.HighPassSettings;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.MultibandCompressorSettings;
import org.lacquer.engine.ParametricEqSettings;
import org.lacquer.engine.StageSettings;
import org.lacquer.engine.StereoWidthSettings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** What is not a mix gets the safe preset or is left as it is, and the findings say why. */
final class UnseenInputTest {
    private static final int RATE_HZ = 44_100;
    private static final int FRAMES = 8 * RATE_HZ;

    @TempDir static Path folder;

    private static Masterer masterer = new Masterer();

    @BeforeAll
    static void open() {
        masterer = new Masterer();
    }

    @AfterAll
    static void close() {
        masterer.close();
    }

    @Test
    void steadyNoiseIsLeftAsItIs() throws IOException {
        Random random = new Random(5);
        float[][] pink = new float[2][FRAMES];
        for (float[] channel : pink) {
            double[] poles = new double[3];
            for (int i = 0; i < FRAMES; i++) {
                // P. Kellet's economy filter, within half a decibel of pink.
                double white = random.nextGaussian();
                poles[0] = 0.99765 * poles[0] + white * 0.0990460;
                poles[1] = 0.96300 * poles[1] + white * 0.2965164;
                poles[2] = 0.57000 * poles[2] + white * 1.0526913;
                channel[i] = (float) (0.02 * (poles[0] + poles[1] + poles[2] + white * 0.1848));
            }
        }
        requireOnlyLoudness("pink.wav", RATE_HZ, pink, "noise-like");
    }

    @Test
    void sineIsLeftAsItIs() throws IOException {
        float[] sine = new float[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            sine[i] = (float) (0.3 * StrictMath.sin(2.0 * StrictMath.PI * 997.0 * i / RATE_HZ));
        }
        requireOnlyLoudness("sine.wav", RATE_HZ, new float[][] {sine, sine}, "single-tone");
    }

    /** The example song through a telephone: mono, 8 kHz, nothing above 3.4 kHz. */
    @Test
    void telephoneIsLeftAsItIs() throws IOException {
        float[][] song = song(24.0);
        float[] narrow = new float[(int) ((long) FRAMES * 8_000 / RATE_HZ)];
        double pole = 1.0 - StrictMath.exp(-2.0 * StrictMath.PI * 2_500.0 / RATE_HZ);
        double[] low = new double[4];
        for (int i = 0; i < FRAMES; i++) {
            double x = 0.5 * (song[0][i] + song[1][i]);
            for (int k = 0; k < low.length; k++) {
                low[k] += pole * (x - low[k]);
                x = low[k];
            }
            int at = (int) ((long) i * 8_000 / RATE_HZ);
            if (at < narrow.length) {
                narrow[at] = (float) x;
            }
        }
        requireOnlyLoudness("telephone.wav", 8_000, new float[][] {narrow}, "narrow-band");
    }

    /** Pulses through formants that change four times a second, with pauses; mono. */
    @Test
    void speechGetsTheSafePreset() throws IOException {
        Random random = new Random(6);
        double[][] vowels = {{730, 1_090, 2_440}, {270, 2_290, 3_010}, {300, 870, 2_240}};
        float[] voice = new float[FRAMES];
        double[][] state = new double[3][2];
        double phase = 0.0;
        int vowel = 0;
        for (int i = 0; i < FRAMES; i++) {
            double time = (double) i / RATE_HZ;
            double syllable = time * 4.0 % 1.0;
            if (i % (RATE_HZ / 4) == 0) {
                vowel = random.nextInt(vowels.length);
            }
            boolean pause = time % 2.0 > 1.5;
            boolean hissing = syllable > 0.8;
            phase += (110.0 + 20.0 * StrictMath.sin(2.0 * time)) / RATE_HZ;
            double source = hissing ? 0.2 * random.nextGaussian() : phase >= 1.0 ? 1.0 : 0.0;
            phase %= 1.0;
            double sum = hissing ? source : 0.0;
            for (int f = 0; f < 3; f++) {
                double radius = StrictMath.exp(-StrictMath.PI * 80.0 / RATE_HZ);
                double angle = 2.0 * StrictMath.PI * vowels[vowel][f] / RATE_HZ;
                double y =
                        source * (1.0 - radius)
                                + 2.0 * radius * StrictMath.cos(angle) * state[f][0]
                                - radius * radius * state[f][1];
                state[f][1] = state[f][0];
                state[f][0] = y;
                sum += y;
            }
            double level = pause ? 0.0 : StrictMath.sin(StrictMath.PI * syllable);
            voice[i] = (float) (0.5 * level * sum + 1e-5 * random.nextGaussian());
        }
        requireSafe("speech.wav", new float[][] {voice});
    }

    /** K. Karplus and A. Strong, "Digital synthesis of plucked-string and drum timbres" (1983). */
    @Test
    void pluckedStringGetsTheSafePreset() throws IOException {
        Random random = new Random(7);
        float[] out = new float[FRAMES];
        int at = 0;
        while (at < FRAMES) {
            int period = (int) (RATE_HZ / (110.0 * StrictMath.pow(2.0, random.nextInt(24) / 12.0)));
            double[] line = new double[period];
            for (int k = 0; k < period; k++) {
                line[k] = 0.2 * random.nextGaussian();
            }
            for (int k = 0; k < 0.8 * RATE_HZ && at + k < FRAMES; k++) {
                int place = k % period;
                out[at + k] += (float) line[place];
                line[place] = 0.498 * (line[place] + line[(place + 1) % period]);
            }
            at += (1 + random.nextInt(3)) * RATE_HZ / 4;
        }
        requireSafe("string.wav", new float[][] {out, out});
    }

    /** Single notes of twelve fading partials, left of the centre, over a little noise. */
    @Test
    void stereoInstrumentGetsTheSafePreset() throws IOException {
        Random random = new Random(8);
        int[] scale = {0, 3, 5, 7, 10, 12};
        double[] plucks = new double[FRAMES];
        for (int at = 0; at < FRAMES; at += RATE_HZ / 3) {
            double hz = 165.0 * StrictMath.pow(2.0, scale[random.nextInt(6)] / 12.0);
            for (int k = 1; k <= 12; k++) {
                double angle = 2.0 * StrictMath.PI * k * hz / RATE_HZ;
                double fade = StrictMath.exp(-(1.0 + k) / RATE_HZ);
                double level = 0.2 / k;
                for (int i = at; i < Math.min(FRAMES, at + RATE_HZ); i++) {
                    plucks[i] += level * StrictMath.sin(angle * (i - at));
                    level *= fade;
                }
            }
        }
        float[][] stereo = new float[2][FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            stereo[0][i] = (float) (plucks[i] + 3e-4 * random.nextGaussian());
            stereo[1][i] = (float) (0.5 * plucks[i] + 3e-4 * random.nextGaussian());
        }
        Mastered mastered = dryRun(write("stereo-string.wav", RATE_HZ, stereo));
        assertThat(mastered.findings())
                .extracting(Finding::code)
                .containsAnyOf("one-instrument", "unlike-training-music");
        assertThat(largestGainDb(mastered)).isLessThanOrEqualTo(1.5);
    }

    @Test
    void exampleSongIsAMix() throws IOException {
        assertThat(dryRun(write("song.wav", RATE_HZ, song(24.0))).findings())
                .extracting(Finding::code)
                .doesNotContain("one-instrument", "unlike-training-music");
    }

    @Test
    void crushedMasterIsHardlyTouched() throws IOException {
        float[][] song = song(24.0);
        for (float[] channel : song) {
            for (int i = 0; i < FRAMES; i++) {
                channel[i] = (float) Math.max(-0.9, Math.min(0.9, 12.0 * channel[i]));
            }
        }
        Mastered mastered = dryRun(write("crushed.wav", RATE_HZ, song));
        assertThat(mastered.findings()).anyMatch(f -> f.code().equals("finished-already"));
        assertThat(mastered.plan().stages())
                .noneMatch(MultibandCompressorSettings.class::isInstance);
        assertThat(largestGainDb(mastered)).isLessThanOrEqualTo(1.5);
    }

    /** Peaks reach far above the loudness still, but a limiter's work is there to see. */
    @Test
    void limitedMasterIsHardlyTouched() throws IOException {
        float[][] song = song(24.0);
        for (float[] channel : song) {
            for (int i = 0; i < FRAMES; i++) {
                channel[i] = (float) Math.max(-0.9, Math.min(0.9, 4.5 * channel[i]));
            }
        }
        Mastered mastered = dryRun(write("limited.wav", RATE_HZ, song));
        assertThat(mastered.findings())
                .filteredOn(f -> f.code().equals("finished-already"))
                .singleElement()
                .satisfies(f -> assertThat(f.unit()).isEqualTo("share"))
                .satisfies(f -> assertThat(f.message()).contains("touch the highest level"));
        assertThat(mastered.plan().stages())
                .noneMatch(MultibandCompressorSettings.class::isInstance);
        assertThat(largestGainDb(mastered)).isLessThanOrEqualTo(1.5);
    }

    @Test
    void invertedChannelLeavesTheWidthAlone() throws IOException {
        float[][] song = song(24.0);
        for (int i = 0; i < FRAMES; i++) {
            song[1][i] = -song[1][i];
        }
        Mastered mastered = dryRun(write("inverted.wav", RATE_HZ, song));
        assertThat(mastered.findings()).anyMatch(f -> f.code().equals("polarity"));
        assertThat(mastered.plan().stages()).noneMatch(StereoWidthSettings.class::isInstance);
    }

    /** What lies 50 dB under a melody costs no headroom, be there bass above it or not. */
    @Test
    void melodyWithoutBassHasNoRumble() throws IOException {
        float[][] song = song(24.0);
        for (float[] channel : song) {
            double pole = StrictMath.exp(-2.0 * StrictMath.PI * 2_000.0 / RATE_HZ);
            for (int pass = 0; pass < 4; pass++) {
                double low = 0.0;
                for (int i = 0; i < FRAMES; i++) {
                    low = (1.0 - pole) * channel[i] + pole * low;
                    channel[i] -= (float) low;
                }
            }
        }
        for (int i = 0; i < FRAMES; i++) {
            double time = (double) i / RATE_HZ;
            float faint = (float) (1e-5 * StrictMath.sin(2.0 * StrictMath.PI * 25.0 * time));
            song[0][i] += faint;
            song[1][i] += faint;
        }
        assertThat(dryRun(write("melody.wav", RATE_HZ, song)).plan().stages())
                .noneMatch(HighPassSettings.class::isInstance);
    }

    private static void requireOnlyLoudness(String name, int rate, float[][] samples, String code)
            throws IOException {
        Mastered mastered = dryRun(write(name, rate, samples));
        assertThat(mastered.findings()).anyMatch(f -> f.code().equals(code));
        for (StageSettings stage : mastered.plan().stages()) {
            assertThat(stage)
                    .isInstanceOfAny(
                            GainSettings.class, HighPassSettings.class, LimiterSettings.class);
        }
    }

    private static void requireSafe(String name, float[][] samples) throws IOException {
        Mastered mastered = dryRun(write(name, RATE_HZ, samples));
        assertThat(mastered.findings()).anyMatch(f -> f.code().equals("unlike-training-music"));
        assertThat(largestGainDb(mastered)).isLessThanOrEqualTo(1.5);
        for (StageSettings stage : mastered.plan().stages()) {
            assertThat(stage).isNotInstanceOf(StereoWidthSettings.class);
            if (stage instanceof MultibandCompressorSettings compressor) {
                assertThat(compressor.bands()).allMatch(band -> band.ratio() <= 1.3);
            }
        }
    }

    private static double largestGainDb(Mastered mastered) {
        double largest = 0.0;
        for (StageSettings stage : mastered.plan().stages()) {
            if (stage instanceof ParametricEqSettings eq) {
                for (EqBand band : eq.bands()) {
                    largest = Math.max(largest, Math.abs(band.gainDb()));
                }
            }
        }
        return largest;
    }

    private static Mastered dryRun(Path file) throws IOException {
        return masterer.master(
                file, Optional.empty(), MasteringRequest.DEFAULT, false, MasteringProgress.NONE);
    }

    /** Eight seconds of the example song. */
    private static float[][] song(double startSeconds) throws IOException {
        return ExampleSong.excerpt(startSeconds, (double) FRAMES / RATE_HZ);
    }

    private static Path write(String name, int rate, float[][] samples) throws IOException {
        return ExampleSong.write(folder.resolve(name), rate, samples);
    }
}
