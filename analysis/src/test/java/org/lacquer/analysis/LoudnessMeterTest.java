// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.lacquer.analysis.Signals.tone;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;

class LoudnessMeterTest {
    @Test
    void blockSizeChangesNothing() throws IOException {
        for (int rate : new int[] {11_025, 44_100, 48_000}) {
            AudioClip clip = Signals.musicLike(rate, 5.0, 3);
            Loudness whole = Signals.loudness(clip);
            for (int longest : new int[] {1, 17, 441, 5000}) {
                var meter = new LoudnessMeter(clip.format());
                Signals.play(clip, meter, longest);
                assertThat(meter.loudness()).isEqualTo(whole);
            }
        }
    }

    @Test
    void gainShiftsEveryFigureExactly() throws IOException {
        AudioClip clip = Signals.musicLike(48_000, 8.0, 4);
        Loudness before = Signals.loudness(clip);
        Loudness after = Signals.loudness(Signals.scaled(clip, 0.5));
        double shift = 20.0 * Math.log10(0.5);
        // A power of two scales every sample exactly; what is left is rounding of logarithms.
        var exact = within(1e-9);
        assertThat(after.integratedLufs() - before.integratedLufs()).isCloseTo(shift, exact);
        assertThat(after.momentaryMaxLufs() - before.momentaryMaxLufs()).isCloseTo(shift, exact);
        assertThat(after.shortTermMaxLufs() - before.shortTermMaxLufs()).isCloseTo(shift, exact);
        assertThat(after.loudnessRangeLu()).isCloseTo(before.loudnessRangeLu(), exact);
    }

    @Test
    void scaledHopsReadAsScaledAudio() throws IOException {
        AudioClip clip = Signals.musicLike(44_100, 6.0, 9);
        var power = new KWeightedPower(clip.format());
        Signals.play(clip, power);
        double[] energies = power.hopEnergies();
        for (int h = 0; h < energies.length; h++) {
            energies[h] *= 0.25;
        }
        double rescaled = GatedLoudness.integratedLufs(energies, clip.format());
        double measured = Signals.loudness(Signals.scaled(clip, 0.5)).integratedLufs();
        assertThat(rescaled).isCloseTo(measured, within(1e-9));
    }

    @Test
    void swappedChannelsReadTheSame() throws IOException {
        AudioClip clip = Signals.musicLike(44_100, 4.0, 6);
        assertThat(Signals.loudness(Signals.swapped(clip)).integratedLufs())
                .isCloseTo(Signals.loudness(clip).integratedLufs(), within(1e-12));
    }

    @Test
    void oneChannelReadsThreeLessThanTwoEqualOnes() throws IOException {
        float[] samples = Signals.tones(48_000, 1000, tone(3, -20));
        double one = Signals.loudness(new AudioClip(48_000, samples)).integratedLufs();
        double two = Signals.loudness(new AudioClip(48_000, samples, samples)).integratedLufs();
        assertThat(two - one).isCloseTo(10.0 * Math.log10(2.0), within(1e-9));
    }

    @Test
    void repetitionKeepsTheLoudness() throws IOException {
        AudioClip once = Signals.stereoTone(48_000, tone(10, -20), tone(10, -28));
        AudioClip twice =
                Signals.stereoTone(
                        48_000, tone(10, -20), tone(10, -28), tone(10, -20), tone(10, -28));
        // Three blocks at each of two more joints differ.
        assertThat(Signals.loudness(twice).integratedLufs())
                .isCloseTo(Signals.loudness(once).integratedLufs(), within(0.05));
    }

    @Test
    void silenceAndVeryShortAudioAreUndefined() throws IOException {
        for (int frames : new int[] {0, 10, 4_800, 19_199}) {
            Loudness loudness =
                    Signals.loudness(new AudioClip(48_000, Signals.noise(frames, 0.1, 1)));
            assertThat(loudness.integratedLufs()).isNaN();
            assertThat(loudness.momentaryMaxLufs()).isNaN();
            assertThat(loudness.shortTermMaxLufs()).isNaN();
        }
        Loudness silent = Signals.loudness(new AudioClip(48_000, new float[480_000]));
        assertThat(silent.integratedLufs()).isNaN();
        assertThat(silent.momentaryMaxLufs()).isNaN();
        assertThat(silent.loudnessRangeLu()).isNaN();
        assertThat(silent.momentaryLufs().at(3)).isNaN();
        Loudness shortest = Signals.loudness(new AudioClip(48_000, Signals.noise(19_200, 0.1, 1)));
        assertThat(shortest.integratedLufs()).isFinite();
        assertThat(shortest.shortTermMaxLufs()).isNaN();
    }

    @Test
    void constantOffsetIsNotLoud() throws IOException {
        float[] samples = new float[48_000 * 6];
        java.util.Arrays.fill(samples, 0.5f);
        var power = new KWeightedPower(new StreamFormat(48_000, 2));
        Signals.play(new AudioClip(48_000, samples, samples), power);
        double[] energies = power.hopEnergies();
        // The step at the start is heard, but gone within two seconds.
        assertThat(energies[0]).isGreaterThan(1.0);
        assertThat(energies[200]).isLessThan(1e-15);
    }

    @Test
    void nonFiniteSamplesCountAsSilence() throws IOException {
        float[] clean = Signals.tones(48_000, 1000, tone(5, -20));
        float[] poisoned = clean.clone();
        clean[50_000] = 0f;
        clean[90_000] = 0f;
        poisoned[50_000] = Float.NaN;
        poisoned[90_000] = Float.POSITIVE_INFINITY;
        assertThat(Signals.loudness(new AudioClip(48_000, poisoned)))
                .isEqualTo(Signals.loudness(new AudioClip(48_000, clean)));
    }

    @Test
    void hopsCoverEveryFrameOnceAtOddRates() {
        for (int rate : new int[] {8_000, 11_025, 22_050, 44_100, 44_056, 384_000}) {
            assertThat(Hops.startFrame(0, rate)).isZero();
            assertThat(Hops.startFrame(360_000, rate)).isEqualTo(3_600L * rate);
            for (int hop = 0; hop < 1000; hop++) {
                double exact = hop * rate / 100.0;
                assertThat((double) Hops.startFrame(hop, rate)).isCloseTo(exact, within(0.5));
            }
        }
    }

    @Test
    void refusesMoreThanEightChannelsWithoutWeights() {
        assertThatThrownBy(() -> new LoudnessMeter(new StreamFormat(48_000, 9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("channels must be between 1 and 8, got 9");
        assertThat(new LoudnessMeter(new StreamFormat(48_000, 9), 1, 1, 1, 1, 1, 1, 1, 1, 0))
                .isNotNull();
    }
}
