// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Progress;
import org.lacquer.audio.SourceInfo;
import org.lacquer.audio.Tags;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

class PreflightTest {
    private static final int RATE_HZ = 44_100;
    private static final SourceInfo FLAC = new SourceInfo("flac", "flac", 24, false, -1, Tags.NONE);
    private static final SourceInfo MP3 = new SourceInfo("mp3", "mp3", 0, true, -1, Tags.NONE);

    @Test
    void aGoodMixOnlySaysThatItIsShort() throws IOException {
        assertThat(codes(good(12.0), FLAC)).containsExactly("short-for-range");
        assertThat(codes(good(4.0), FLAC)).containsExactly("short");
    }

    @Test
    void clippingTellsHowOftenAndWhere() throws IOException {
        AudioClip clip = good(12.0);
        for (int run = 0; run < 4; run++) {
            for (int i = 0; i < 6; i++) {
                clip.channel(0)[(run + 2) * RATE_HZ + i] = 1f;
            }
        }
        Finding finding = find(clip, FLAC, "clipping");
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.value()).isEqualTo(4.0);
        assertThat(finding.atSeconds()).isEqualTo(2.0);
        assertThat(finding.message()).startsWith("The mix clips 4 times (first at 0:02.0).");
    }

    @Test
    void peaksNearFullScaleAreHeadroomOrOvers() throws IOException {
        AudioClip clip = good(12.0);
        clip.channel(0)[RATE_HZ] = 0.95f;
        assertThat(find(clip, FLAC, "headroom").severity()).isEqualTo(Severity.WARNING);
        clip.channel(0)[RATE_HZ] = 0.98f;
        clip.channel(0)[RATE_HZ + 1] = 0.97f;
        Finding overs = find(clip, FLAC, "inter-sample-overs");
        assertThat(overs.value()).isGreaterThan(0.0);
        assertThat(overs.atSeconds()).isBetween(0.99, 1.01);
    }

    @Test
    void offsetIsAFailureAboveOnePercent() throws IOException {
        assertThat(find(shifted(0.005f), FLAC, "dc-offset").severity()).isEqualTo(Severity.WARNING);
        assertThat(find(shifted(-0.02f), FLAC, "dc-offset").severity()).isEqualTo(Severity.FAILURE);
    }

    @Test
    void limitedMixesAreToldSo() throws IOException {
        AudioClip clip = good(12.0);
        for (int c = 0; c < 2; c++) {
            float[] samples = clip.channel(c);
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (float) (0.5 * Math.tanh(40.0 * samples[i]));
            }
        }
        assertThat(find(clip, FLAC, "over-compressed").severity()).isEqualTo(Severity.FAILURE);
        assertThat(codes(clip, FLAC)).contains("little-punch");
    }

    @Test
    void steadySoundHasNoDynamicsToJudge() throws IOException {
        float[] sine = new float[12 * RATE_HZ];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (float) (0.25 * Math.sin(2.0 * Math.PI * 997.0 * i / RATE_HZ));
        }
        float[] noise = Signals.noise(12 * RATE_HZ, 0.3, 3);
        for (float[] steady : List.of(sine, noise)) {
            assertThat(codes(new AudioClip(RATE_HZ, steady, steady), FLAC))
                    .doesNotContain(
                            "over-compressed", "low-dynamic-range", "little-punch", "limited");
        }
    }

    @Test
    void whatHappenedOnceIsToldInTheSingular() throws IOException {
        AudioClip clip = good(12.0);
        for (int i = 0; i < 6; i++) {
            clip.channel(0)[2 * RATE_HZ + i] = 1f;
        }
        assertThat(find(clip, FLAC, "clipping").message())
                .startsWith("The mix clips once (at 0:02.0).");
        AudioClip hole = Signals.musicLike(RATE_HZ, 12.0, 21);
        for (int c = 0; c < 2; c++) {
            Arrays.fill(hole.channel(c), 4 * RATE_HZ, 7 * RATE_HZ, 0f);
        }
        assertThat(find(hole, FLAC, "internal-silence").message())
                .startsWith("The song falls to digital silence once (at 0:04.0, 3.0 s).");
        AudioClip click = good(12.0);
        click.channel(1)[9 * RATE_HZ + 15_000] += 0.5f;
        assertThat(find(click, FLAC, "clicks").message()).startsWith("One click (at 0:09.3).");
    }

    @Test
    void zeroHasNoSign() {
        assertThat(FindingList.text("%.1f dB, DR%.0f, %+.1f dB", -0.04, -0.3, -0.04))
                .isEqualTo("0.0 dB, DR0, 0.0 dB");
        assertThat(FindingList.text("%.1f dB, 3-0 at %s", -10.0, "-0.05"))
                .isEqualTo("-10.0 dB, 3-0 at -0.05");
    }

    @Test
    void channelFaultsAreTold() throws IOException {
        AudioClip clip = good(12.0);
        float[] left = clip.channel(0);
        float[] inverted = left.clone();
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = -inverted[i];
        }
        assertThat(codes(new AudioClip(RATE_HZ, left), FLAC)).contains("mono");
        assertThat(codes(new AudioClip(RATE_HZ, left, left), FLAC)).contains("dual-mono");
        assertThat(codes(new AudioClip(RATE_HZ, left, inverted), FLAC))
                .contains("polarity")
                .doesNotContain("mono-loss");
        Finding dead =
                find(new AudioClip(RATE_HZ, new float[left.length], left), FLAC, "dead-channel");
        assertThat(dead.message()).startsWith("The left channel is silent.");
    }

    @Test
    void lossyFilesAreTold() throws IOException {
        assertThat(find(good(12.0), MP3, "lossy-file").message()).startsWith("MP3 is a lossy");
    }

    @Test
    void tracesOfEarlierFormatsAreTold() throws IOException {
        AudioClip coarse = good(12.0);
        for (int c = 0; c < 2; c++) {
            float[] samples = coarse.channel(c);
            for (int i = 0; i < samples.length; i++) {
                samples[i] = Math.round(samples[i] * 32_768f) / 32_768f;
            }
        }
        assertThat(find(coarse, FLAC, "bit-depth").value()).isEqualTo(16.0);
        assertThat(find(coarse, FLAC, "bit-depth").severity()).isEqualTo(Severity.INFO);
        AudioClip odd = new AudioClip(22_050, good(12.0).channel(0));
        assertThat(find(odd, FLAC, "odd-rate").severity()).isEqualTo(Severity.FAILURE);
    }

    @Test
    void cutEndsAndHolesAndClicksAreTold() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 12.0, 21);
        for (int c = 0; c < 2; c++) {
            Arrays.fill(clip.channel(c), 4 * RATE_HZ, 7 * RATE_HZ, 0f);
        }
        clip.channel(1)[4 * RATE_HZ + RATE_HZ / 2] = 0.3f;
        clip.channel(1)[9 * RATE_HZ + 15_000] += 0.5f;
        assertThat(find(clip, FLAC, "abrupt-end").value()).isGreaterThan(-50.0);
        assertThat(find(clip, FLAC, "internal-silence").atSeconds()).isBetween(4.5, 4.51);
        assertThat(find(clip, FLAC, "clicks").value()).isGreaterThanOrEqualTo(2.0);
    }

    @Test
    void silenceIsTold() throws IOException {
        AudioClip music = good(12.0);
        float[] samples = new float[RATE_HZ * 25];
        System.arraycopy(music.channel(0), 0, samples, RATE_HZ, music.frames());
        List<String> codes = codes(new AudioClip(RATE_HZ, samples, samples), FLAC);
        assertThat(codes).contains("leading-silence", "trailing-silence");
        assertThat(codes(new AudioClip(RATE_HZ, new float[RATE_HZ * 12]), FLAC))
                .containsExactly("silent", "short-for-range", "mono");
    }

    @Test
    void gravestComeFirst() throws IOException {
        List<Finding> findings = Preflight.check(analyze(shifted(-0.02f)), MP3);
        assertThat(findings.getFirst().severity()).isEqualTo(Severity.FAILURE);
        assertThat(findings.getLast().severity()).isEqualTo(Severity.INFO);
    }

    /** Faded in and out over 100 ms, and silent at the very ends. */
    private static AudioClip good(double seconds) {
        AudioClip clip = Signals.musicLike(RATE_HZ, seconds, 21);
        for (int c = 0; c < 2; c++) {
            float[] samples = clip.channel(c);
            for (int i = 0; i < 8820; i++) {
                float gain = Math.max(0f, i - 4410) / 4410f;
                samples[i] *= gain;
                samples[samples.length - 1 - i] *= gain;
            }
        }
        return clip;
    }

    private static AudioClip shifted(float offset) {
        AudioClip clip = good(12.0);
        for (int c = 0; c < 2; c++) {
            float[] samples = clip.channel(c);
            for (int i = 0; i < samples.length; i++) {
                samples[i] += offset;
            }
        }
        return clip;
    }

    private static Analysis analyze(AudioClip clip) throws IOException {
        return Analyzer.analyze(clip.source(), Figures.ALL, Progress.NONE);
    }

    private static List<String> codes(AudioClip clip, SourceInfo source) throws IOException {
        return Preflight.check(analyze(clip), source).stream().map(Finding::code).toList();
    }

    private static Finding find(AudioClip clip, SourceInfo source, String code) throws IOException {
        return Preflight.check(analyze(clip), source).stream()
                .filter(finding -> finding.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
