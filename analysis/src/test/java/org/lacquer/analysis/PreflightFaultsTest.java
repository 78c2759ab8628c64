// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Biquad;
import org.lacquer.audio.FilterDesign;
import org.lacquer.audio.Progress;
import org.lacquer.audio.Resampler;
import org.lacquer.audio.SourceInfo;
import org.lacquer.audio.Tags;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Each fault alone in a song that is good without it: it is found, and its figure is right. */
class PreflightFaultsTest {
    private static final int RATE_HZ = 44_100;
    private static final double SECONDS = 12.0;
    private static final SourceInfo FLAC = new SourceInfo("flac", "flac", 24, false, -1, Tags.NONE);

    @Test
    void mainsHumIsFoundWithItsFrequency() throws IOException {
        AudioClip clip = withBreak();
        add(clip, time -> hum(time, 50.0));
        Finding hum = find(clip, "hum");
        assertThat(hum.severity()).isEqualTo(Severity.WARNING);
        assertThat(hum.value()).isGreaterThan(12.0);
        assertThat(hum.message()).contains("50.0 Hz");
        AudioClip american = withBreak();
        add(american, time -> hum(time, 60.0));
        assertThat(find(american, "hum").message()).contains("60.0 Hz");
        AudioClip music = withBreak();
        add(music, time -> hum(time, 55.0));
        assertThat(look(music, "hum")).isEmpty();
    }

    @Test
    void noiseInPausesIsToldWithItsLevel() throws IOException {
        AudioClip clip = withPauses();
        for (int c = 0; c < 2; c++) {
            float[] noise = Signals.noise(clip.frames(), 0.003, 5 + c);
            for (int i = 0; i < noise.length; i++) {
                clip.channel(c)[i] += noise[i];
            }
        }
        // Uniform within +-0.003: 0.003 / sqrt(3) is -55.2 dBFS.
        Finding noise = find(clip, "noise-floor");
        assertThat(noise.value()).isCloseTo(-55.2, within(0.5));
        assertThat(noise.atSeconds() % 4.0).isBetween(2.9, 4.0);
    }

    @Test
    void rumbleBelowHearingIsTold() throws IOException {
        AudioClip clip = song();
        add(clip, time -> 0.07 * Math.sin(2.0 * Math.PI * 15.0 * time));
        Finding rumble = find(clip, "infrasonic");
        assertThat(rumble.severity()).isEqualTo(Severity.WARNING);
        assertThat(rumble.value()).isBetween(-15.0, 0.0);
    }

    @Test
    void tooMuchSubIsTold() throws IOException {
        AudioClip clip = song();
        add(clip, time -> 0.35 * Math.sin(2.0 * Math.PI * 32.0 * time));
        assertThat(find(clip, "sub-heavy").value()).isBetween(3.0, 20.0);
    }

    @Test
    void aCodecsWallIsTold() throws IOException {
        AudioClip through = resampled(resampled(bright(RATE_HZ), 32_000), RATE_HZ);
        Finding wall = find(through, "lossy-source");
        assertThat(wall.severity()).isEqualTo(Severity.WARNING);
        assertThat(wall.value()).isCloseTo(16_000.0, within(700.0));
        assertThat(look(bright(RATE_HZ), "lossy-source")).isEmpty();
    }

    @Test
    void upsamplingIsTold() throws IOException {
        assertThat(look(resampled(bright(RATE_HZ), 96_000), "upsampled")).isPresent();
        assertThat(look(bright(96_000), "upsampled")).isEmpty();
    }

    @Test
    void wavesCutFlatBelowFullScaleAreTold() throws IOException {
        AudioClip clip = Signals.scaled(song(), 2.0);
        clip(clip, 0.6f);
        Finding flat = find(clip, "flat-tops");
        assertThat(flat.value()).isGreaterThanOrEqualTo(10.0);
        assertThat(flat.message()).contains("-4.4 dBFS");
    }

    @Test
    void aLimitersTraceIsTold() throws IOException {
        AudioClip clip = song();
        for (int c = 0; c < 2; c++) {
            level(clip.channel(c));
        }
        assertThat(find(clip, "limited").value()).isGreaterThan(0.15);
    }

    @Test
    void essesAreTold() throws IOException {
        AudioClip clip = song();
        float[] noise = Signals.noise(clip.frames(), 0.5, 9);
        var low = new Biquad(FilterDesign.highPass(5_500.0, 0.7, RATE_HZ));
        for (int i = 0; i < noise.length; i++) {
            boolean ess = i % (RATE_HZ / 2) > RATE_HZ / 4 && i % (RATE_HZ / 2) < 0.4 * RATE_HZ;
            float sound = (float) low.process(ess ? noise[i] : 0.0);
            clip.channel(0)[i] += sound;
            clip.channel(1)[i] += sound;
        }
        Finding esses = find(clip, "sibilance");
        assertThat(esses.value()).isGreaterThan(10.0);
        assertThat(esses.severity()).isEqualTo(Severity.INFO);
    }

    @Test
    void mudAndHarshnessAreTold() throws IOException {
        assertThat(find(boosted(320.0), "mud").value()).isGreaterThan(4.0);
        assertThat(look(boosted(320.0), "harshness")).isEmpty();
        assertThat(find(boosted(3_200.0), "harshness").value()).isGreaterThan(4.0);
        assertThat(look(boosted(3_200.0), "mud")).isEmpty();
    }

    @Test
    void aSongOfBassAloneVanishesOnAPhone() throws IOException {
        AudioClip clip =
                new AudioClip(
                        RATE_HZ,
                        new float[(int) (SECONDS * RATE_HZ)],
                        new float[(int) (SECONDS * RATE_HZ)]);
        add(clip, time -> 0.3 * Math.sin(2.0 * Math.PI * 50.0 * time) * fade(time));
        Finding phone = find(clip, "translation-phone");
        assertThat(phone.value()).isGreaterThan(6.0);
        assertThat(phone.message()).contains("phone");
    }

    @Test
    void theSongsAreGoodWithoutTheFault() throws IOException {
        for (AudioClip clip : List.of(song(), withPauses(), withBreak(), bright(RATE_HZ))) {
            assertThat(findings(clip).stream().map(Finding::code))
                    .doesNotContain(
                            "hum",
                            "noise-floor",
                            "infrasonic",
                            "sub-heavy",
                            "lossy-source",
                            "flat-tops",
                            "limited",
                            "sibilance",
                            "mud",
                            "harshness",
                            "translation-phone");
        }
    }

    private static AudioClip song() {
        return Signals.musicLike(RATE_HZ, SECONDS, 21);
    }

    /** Silent for a second in every four. */
    private static AudioClip withPauses() {
        AudioClip clip = song();
        for (int c = 0; c < 2; c++) {
            for (int pause = 3; pause < SECONDS; pause += 4) {
                Arrays.fill(clip.channel(c), pause * RATE_HZ, (pause + 1) * RATE_HZ, 0f);
            }
        }
        return clip;
    }

    /** 30 seconds, silent from the 12th to the 22nd: hum is read from windows of three seconds. */
    private static AudioClip withBreak() {
        AudioClip clip = Signals.musicLike(RATE_HZ, 30.0, 21);
        for (int c = 0; c < 2; c++) {
            Arrays.fill(clip.channel(c), 12 * RATE_HZ, 22 * RATE_HZ, 0f);
        }
        return clip;
    }

    /** With highs up to the end. */
    private static AudioClip bright(int rateHz) {
        AudioClip clip = Signals.musicLike(rateHz, SECONDS, 21);
        for (int c = 0; c < 2; c++) {
            float[] noise = Signals.noise(clip.frames(), 0.02, 31 + c);
            for (int i = 0; i < noise.length; i++) {
                clip.channel(c)[i] += noise[i];
            }
        }
        return clip;
    }

    private static AudioClip boosted(double frequencyHz) {
        AudioClip clip = song();
        for (int c = 0; c < 2; c++) {
            var bell = new Biquad(FilterDesign.bell(frequencyHz, 15.0, 0.9, RATE_HZ));
            bell.process(clip.channel(c), clip.channel(c), clip.frames());
        }
        return Signals.scaled(clip, 0.4);
    }

    private static double hum(double time, double mainsHz) {
        double sum = 0.0;
        for (int harmonic = 1; harmonic <= 5; harmonic++) {
            sum += 0.002 / harmonic * Math.sin(2.0 * Math.PI * mainsHz * harmonic * time);
        }
        return sum;
    }

    private static double fade(double time) {
        return Math.min(1.0, Math.min(time, SECONDS - time) / 0.5);
    }

    private static void add(AudioClip clip, DoubleUnaryOperator sound) {
        for (int i = 0; i < clip.frames(); i++) {
            float sample = (float) sound.applyAsDouble((double) i / clip.format().sampleRateHz());
            clip.channel(0)[i] += sample;
            clip.channel(1)[i] += sample;
        }
    }

    private static void clip(AudioClip clip, float top) {
        for (int c = 0; c < 2; c++) {
            float[] samples = clip.channel(c);
            for (int i = 0; i < samples.length; i++) {
                samples[i] = Math.clamp(samples[i], -top, top);
            }
        }
    }

    /** A gain for every 10 ms that brings it to the same peak. */
    private static void level(float[] samples) {
        int length = RATE_HZ / 100;
        for (int start = 0; start + length <= samples.length; start += length) {
            float peak = 1e-3f;
            for (int i = start; i < start + length; i++) {
                peak = Math.max(peak, Math.abs(samples[i]));
            }
            for (int i = start; i < start + length; i++) {
                samples[i] *= 0.5f / peak;
            }
        }
    }

    private static AudioClip resampled(AudioClip clip, int rateHz) throws IOException {
        float[][] samples =
                new float[2]
                        [(int)
                                Resampler.outputFrames(
                                        clip.frames(), clip.format().sampleRateHz(), rateHz)];
        try (AudioSource source = Resampler.resample(clip.source(), rateHz)) {
            AudioBlock block = AudioBlock.wrap(new float[2][4096]);
            int position = 0;
            int count;
            while ((count = source.read(block)) > 0) {
                for (int c = 0; c < 2; c++) {
                    System.arraycopy(block.channel(c), 0, samples[c], position, count);
                }
                position += count;
            }
        }
        return new AudioClip(rateHz, samples);
    }

    private static List<Finding> findings(AudioClip clip) throws IOException {
        Analysis analysis = Analyzer.analyze(clip.source(), Figures.ALL, Progress.NONE);
        return Preflight.check(analysis, FLAC);
    }

    private static Optional<Finding> look(AudioClip clip, String code) throws IOException {
        return findings(clip).stream().filter(finding -> finding.code().equals(code)).findFirst();
    }

    private static Finding find(AudioClip clip, String code) throws IOException {
        return look(clip, code).orElseThrow();
    }
}
