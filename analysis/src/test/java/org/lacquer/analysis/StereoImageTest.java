// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.analysis.ChannelRelation.DeadChannel;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Biquad;
import org.lacquer.audio.FilterDesign;

import java.io.IOException;
import java.util.Arrays;

class StereoImageTest {
    private static final int RATE_HZ = 44_100;

    /** Correlation, mono loss in LU, side over mid in dB: the fold-down formulas. */
    private static final double[][] FOLD_DOWN = {
        {0.9, 0.22, -12.8},
        {0.5, 1.25, -4.8},
        {0.0, 3.01, 0.0},
        {-0.5, 6.02, 4.8},
        {-0.9, 13.0, 12.8}
    };

    @Test
    void noiseOfKnownCorrelationLosesWhatTheFormulaSays() throws IOException {
        for (double[] row : FOLD_DOWN) {
            StereoImage stereo = stereo(correlated(row[0], 4.0));
            assertThat(stereo.mono().lossLu()).as("rho %f", row[0]).isCloseTo(row[1], within(0.15));
            assertThat(stereo.mono().widthDb()).isCloseTo(row[2], within(0.2));
            assertThat(stereo.mono().correlation()).isCloseTo(row[0], within(0.02));
            for (double value : stereo.mono().lossLuOverTime().values()) {
                assertThat(value).isCloseTo(row[1], within(0.2));
            }
            // Few bins average less: 3 % of the power for the middle band at 4 s of noise.
            MonoFold middle = stereo.monoBands().get(2);
            assertThat(middle.correlation()).isCloseTo(row[0], within(0.04));
            assertThat(middle.lossLu()).isCloseTo(row[1], within(0.4));
        }
    }

    @Test
    void correlationDecidesTheVerdictAndTheTime() throws IOException {
        assertThat(stereo(correlated(0.8, 4.0)).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(stereo(correlated(0.8, 4.0)).findings()).isEmpty();
        assertThat(finding(stereo(correlated(-0.2, 4.0)), "negative-correlation").severity())
                .isEqualTo(Severity.WARNING);
        assertThat(finding(stereo(correlated(-0.5, 4.0)), "negative-correlation").severity())
                .isEqualTo(Severity.FAILURE);
        assertThat(stereo(correlated(-0.5, 4.0)).verdict()).isEqualTo(Verdict.POOR);
    }

    @Test
    void unrelatedChannelsDoNotWorkAgainstEachOther() throws IOException {
        assertThat(stereo(correlated(-0.04, 4.0)).findings())
                .extracting(Finding::code)
                .doesNotContain("negative-correlation");
        assertThat(finding(stereo(correlated(-0.2, 4.0)), "negative-correlation").message())
                .endsWith("in mono that moment thins out.");
    }

    @Test
    void anInvertedChannelIsSeen() throws IOException {
        AudioClip clip = correlated(0.9, 4.0);
        assertThat(stereo(clip).cancels()).isFalse();
        float[] right = clip.channel(1);
        for (int i = 0; i < right.length; i++) {
            right[i] = -right[i];
        }
        assertThat(stereo(clip).cancels()).isTrue();
    }

    @Test
    void worstMomentIsWhereTheChannelsCancel() throws IOException {
        AudioClip clip = correlated(0.9, 12.0);
        float[] right = clip.channel(1);
        for (int i = 6 * RATE_HZ; i < 9 * RATE_HZ; i++) {
            right[i] = -right[i];
        }
        StereoImage stereo = stereo(clip);
        assertThat(stereo.mono().worstSeconds()).isEqualTo(6.0);
        assertThat(stereo.mono().worstLossLu()).isCloseTo(13.0, within(0.5));
        Finding finding = finding(stereo, "negative-correlation");
        assertThat(finding.atSeconds()).isEqualTo(6.0);
        assertThat(finding.value()).isCloseTo(-0.9, within(0.03));
        assertThat(finding.message()).contains("0:06");
        assertThat(stereo.mono().lossLuOverTime().size()).isEqualTo(10);
        // A series speaks at the end of its window.
        assertThat(stereo.mono().lossLuOverTime().secondsAt(6)).isEqualTo(9.0);
        assertThat(stereo.mono().lossLuOverTime().at(6)).isEqualTo(stereo.mono().worstLossLu());
    }

    @Test
    void quietMomentsAreNotJudged() throws IOException {
        AudioClip clip = correlated(0.9, 12.0);
        for (int i = 6 * RATE_HZ; i < 9 * RATE_HZ; i++) {
            clip.channel(0)[i] *= 0.05f;
            clip.channel(1)[i] *= -0.05f;
        }
        StereoImage stereo = stereo(clip);
        assertThat(stereo.mono().correlationOverTime().at(6)).isLessThan(-0.5);
        assertThat(stereo.findings()).isEmpty();
    }

    @Test
    void bassOutOfPhaseFailsInTheBassOnly() throws IOException {
        float[] bass = Signals.tones(RATE_HZ, 60.0, Signals.tone(5, -12));
        float[] middle = Signals.noise(bass.length, 0.2, 4);
        float[] left = new float[bass.length];
        float[] right = new float[bass.length];
        var high = new Biquad(FilterDesign.highPass(1_000.0, 0.7, RATE_HZ));
        for (int i = 0; i < bass.length; i++) {
            double music = high.process(middle[i]);
            left[i] = (float) (music + bass[i]);
            right[i] = (float) (music - bass[i]);
        }
        StereoImage stereo = stereo(new AudioClip(RATE_HZ, left, right));
        assertThat(stereo.monoBands().get(0).lossLu()).isGreaterThan(15.0);
        assertThat(stereo.monoBands().get(0).verdict()).isEqualTo(Verdict.POOR);
        assertThat(stereo.monoBands().get(0).correlation()).isLessThan(-0.9);
        assertThat(stereo.monoBands().get(2).lossLu()).isLessThan(0.1);
        assertThat(stereo.monoBands().get(3).verdict()).isEqualTo(Verdict.GOOD);
        assertThat(stereo.findings().getFirst().code()).isEqualTo("mono-loss-bass");
        assertThat(stereo.findings().getFirst().severity()).isEqualTo(Severity.FAILURE);
        assertThat(stereo.verdict()).isEqualTo(Verdict.POOR);
    }

    @Test
    void delayIsFoundWithItsSign() throws IOException {
        float[] noise = Signals.noise(5 * RATE_HZ, 0.3, 5);
        for (double ms : new double[] {-8.0, -1.3, -0.25, 0.0, 0.5, 2.0, 9.0}) {
            int frames = (int) Math.round(ms / 1000.0 * RATE_HZ);
            ChannelRelation relation = stereo(shifted(noise, frames)).channels();
            assertThat(relation.delayMs())
                    .as("%f ms", ms)
                    .isCloseTo(frames * 1000.0 / RATE_HZ, within(0.01));
            assertThat(relation.delayCoherence()).isGreaterThan(0.9);
            assertThat(relation.polarityInverted()).isFalse();
        }
    }

    @Test
    void delayOfALateInvertedQuieterChannelIsFound() throws IOException {
        AudioClip clip = shifted(Signals.noise(5 * RATE_HZ, 0.3, 6), 88);
        float[] hiss = Signals.noise(clip.frames(), 0.05, 7);
        for (int i = 0; i < clip.frames(); i++) {
            clip.channel(1)[i] = -0.5f * clip.channel(1)[i] + hiss[i];
        }
        ChannelRelation relation = stereo(clip).channels();
        assertThat(relation.delayMs()).isCloseTo(88_000.0 / RATE_HZ, within(0.01));
        assertThat(relation.polarityInverted()).isTrue();
        assertThat(relation.balanceDb()).isCloseTo(5.56, within(0.1));
    }

    @Test
    void delayIsUndefinedWithoutCoherence() throws IOException {
        ChannelRelation independent = stereo(correlated(0.0, 5.0)).channels();
        assertThat(independent.delayMs()).isNaN();
        assertThat(independent.polarityInverted()).isFalse();
        // A single tone fits any number of whole periods.
        float[] tone = Signals.tones(RATE_HZ, 1_000.0, Signals.tone(5, -12));
        assertThat(stereo(shifted(tone, 10)).channels().delayMs()).isNaN();
    }

    @Test
    void invertedPolarityIsFound() throws IOException {
        float[] noise = Signals.noise(4 * RATE_HZ, 0.3, 8);
        float[] inverted = noise.clone();
        for (int i = 0; i < inverted.length; i++) {
            inverted[i] = -inverted[i];
        }
        StereoImage stereo = stereo(new AudioClip(RATE_HZ, noise, inverted));
        assertThat(stereo.channels().polarityInverted()).isTrue();
        assertThat(stereo.channels().dualMono()).isFalse();
        assertThat(stereo.channels().delayMs()).isCloseTo(0.0, within(0.001));
        assertThat(stereo.mono().lossLu()).isEqualTo(100.0);
        assertThat(stereo.mono().correlation()).isCloseTo(-1.0, within(1e-6));
        assertThat(stereo.verdict()).isEqualTo(Verdict.POOR);
        assertThat(stereo.findings()).anyMatch(f -> f.message().contains("loses everything"));
    }

    @Test
    void dualMonoAndDeadChannelsAreFound() throws IOException {
        float[] noise = Signals.noise(4 * RATE_HZ, 0.3, 9);
        ChannelRelation dual = stereo(new AudioClip(RATE_HZ, noise, noise)).channels();
        assertThat(dual.dualMono()).isTrue();
        assertThat(dual.dead()).isEqualTo(DeadChannel.NONE);
        assertThat(dual.balanceDb()).isCloseTo(0.0, within(1e-9));
        assertThat(dual.delayMs()).isCloseTo(0.0, within(1e-9));
        ChannelRelation left =
                stereo(new AudioClip(RATE_HZ, new float[noise.length], noise)).channels();
        assertThat(left.dead()).isEqualTo(DeadChannel.LEFT);
        assertThat(left.balanceDb()).isLessThan(-60.0);
        assertThat(left.delayMs()).isNaN();
        assertThat(left.dualMono()).isFalse();
        ChannelRelation right =
                stereo(new AudioClip(RATE_HZ, noise, new float[noise.length])).channels();
        assertThat(right.dead()).isEqualTo(DeadChannel.RIGHT);
    }

    @Test
    void swappedChannelsMirrorBalanceAndDelayAndNothingElse() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 6.0, 20);
        for (int i = clip.frames() - 1; i >= 30; i--) {
            clip.channel(1)[i] = 0.7f * clip.channel(1)[i - 30];
        }
        StereoImage one = stereo(clip);
        StereoImage other = stereo(Signals.swapped(clip));
        assertThat(other.mono()).isEqualTo(one.mono());
        assertThat(other.monoBands()).isEqualTo(one.monoBands());
        assertThat(other.findings()).isEqualTo(one.findings());
        assertThat(other.channels().balanceDb())
                .isCloseTo(-one.channels().balanceDb(), within(1e-9));
        if (!Double.isNaN(one.channels().delayMs())) {
            assertThat(other.channels().delayMs())
                    .isCloseTo(-one.channels().delayMs(), within(1e-6));
        }
    }

    @Test
    void gainChangesNoFigure() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 6.0, 21);
        StereoImage one = stereo(clip);
        StereoImage other = stereo(Signals.scaled(clip, 0.125));
        assertThat(other.mono()).isEqualTo(one.mono());
        assertThat(other.channels()).isEqualTo(one.channels());
    }

    @Test
    void everyRateHearsTheSame() throws IOException {
        for (int rate : new int[] {8_000, 22_050, 48_000, 96_000, 192_000}) {
            float[] a = Signals.noise(4 * rate, 0.3, 30);
            float[] b = Signals.noise(4 * rate, 0.3, 31);
            float[] right = new float[a.length];
            for (int i = 0; i < a.length; i++) {
                right[i] = (float) (0.5 * a[i] + Math.sqrt(0.75) * b[i]);
            }
            StereoImage stereo = stereo(new AudioClip(rate, a, right));
            assertThat(stereo.mono().lossLu()).as("%d Hz", rate).isCloseTo(1.25, within(0.1));
            assertThat(stereo.mono().lossLuOverTime().size()).isEqualTo(2);
        }
    }

    @Test
    void shortSilentAndSingleChannelStreamsAreUndefinedWhereTheyMustBe() throws IOException {
        float[] noise = Signals.noise(RATE_HZ, 0.3, 40);
        MonoFold brief = stereo(new AudioClip(RATE_HZ, noise, noise)).mono();
        assertThat(brief.lossLu()).isCloseTo(0.0, within(1e-9));
        assertThat(brief.worstLossLu()).isNaN();
        assertThat(brief.lossLuOverTime().size()).isZero();
        float[] longer = Signals.noise(4 * RATE_HZ, 0.3, 41);
        StereoImage single = stereo(new AudioClip(RATE_HZ, longer));
        assertThat(single.channels()).isEqualTo(ChannelRelation.NONE);
        assertThat(single.mono().lossLu()).isCloseTo(0.0, within(1e-9));
        assertThat(single.verdict()).isEqualTo(Verdict.GOOD);
        StereoImage silent =
                stereo(new AudioClip(RATE_HZ, new float[RATE_HZ * 4], new float[RATE_HZ * 4]));
        assertThat(silent).isEqualTo(StereoImage.NONE);
    }

    private static StereoImage stereo(AudioClip clip) throws IOException {
        return Images.of(clip).stereo();
    }

    private static Finding finding(StereoImage stereo, String code) {
        return stereo.findings().stream()
                .filter(finding -> finding.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    /** White noise, R = ρ L + √(1 - ρ²) N. */
    private static AudioClip correlated(double rho, double seconds) {
        int frames = (int) (seconds * RATE_HZ);
        float[] left = Signals.noise(frames, 0.3, 50);
        float[] other = Signals.noise(frames, 0.3, 51);
        float[] right = new float[frames];
        for (int i = 0; i < frames; i++) {
            right[i] = (float) (rho * left[i] + Math.sqrt(1.0 - rho * rho) * other[i]);
        }
        return new AudioClip(RATE_HZ, left, right);
    }

    /** Right later by so many frames; left when negative. */
    private static AudioClip shifted(float[] samples, int frames) {
        int count = samples.length - 1_000;
        float[] left = Arrays.copyOfRange(samples, 500, 500 + count);
        float[] right = Arrays.copyOfRange(samples, 500 - frames, 500 - frames + count);
        return new AudioClip(RATE_HZ, left, right);
    }
}
