// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Biquad;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.FilterDesign;

import java.util.function.IntToDoubleFunction;

final class DifferenceMeterTest {
    private static final int RATE = 44_100;
    private static final AudioClip SONG = Signals.musicLike(RATE, 15.0, 5);

    @Test
    void equalRecordingsDifferInNothing() {
        assertThat(measure(SONG, SONG, 4_096))
                .isEqualTo(new Difference(-120.0, -120.0, Double.NaN, 0.0, 0.0));
    }

    @Test
    void gainAndFilterLeaveNothing() {
        assertThat(measure(SONG, Signals.scaled(SONG, 0.3), 4_096).residualDb()).isLessThan(-115.0);
        Difference filtered = measure(SONG, filtered(SONG), 4_096);
        assertThat(filtered.residualDb()).isLessThan(-45.0);
        assertThat(filtered.gainMovementDb()).isLessThan(0.1);
    }

    @Test
    void addedNoiseIsTheResidual() {
        float[] left = SONG.channel(0).clone();
        float[] right = SONG.channel(1).clone();
        float[] noise = Signals.noise(left.length, 0.01, 77);
        float[] other = Signals.noise(left.length, 0.01, 78);
        for (int i = 0; i < left.length; i++) {
            left[i] += noise[i];
            right[i] += other[i];
        }
        AudioClip noisy = new AudioClip(RATE, left, right);
        double songLufs = lufs(SONG);
        double noiseLufs = lufs(new AudioClip(RATE, noise, other));
        assertThat(measure(SONG, noisy, 4_096).residualDb())
                .isCloseTo(noiseLufs - songLufs, within(1.5));
    }

    @Test
    void harderClippingLeavesMore() {
        double soft = measure(SONG, clipped(0.7), 4_096).residualDb();
        double hard = measure(SONG, clipped(0.35), 4_096).residualDb();
        assertThat(soft).isGreaterThan(-60.0);
        assertThat(hard).isGreaterThan(soft + 5.0);
    }

    @Test
    void worstPlaceIsTold() {
        float[] left = SONG.channel(0).clone();
        float[] right = SONG.channel(1).clone();
        float[] noise = Signals.noise(RATE, 0.05, 9);
        for (int i = 0; i < RATE; i++) {
            left[7 * RATE + i] += noise[i];
        }
        Difference difference = measure(SONG, new AudioClip(RATE, left, right), 4_096);
        assertThat(difference.worstSeconds()).isBetween(4.0, 8.0);
        assertThat(difference.worstResidualDb()).isGreaterThan(difference.residualDb() + 3.0);
    }

    @Test
    void tremoloIsGainMovementAndHardlyResidual() {
        // 2 dB up and down, sinusoidal: 2 / √2 dB.
        Difference difference =
                measure(
                        SONG,
                        modulated(
                                i ->
                                        Decibels.toGain(
                                                2.0
                                                        * StrictMath.sin(
                                                                2.0 * StrictMath.PI * i / RATE))),
                        4_096);
        assertThat(difference.gainMovementDb()).isCloseTo(Math.sqrt(2.0), within(0.1));
        assertThat(difference.residualDb()).isLessThan(-35.0);
    }

    @Test
    void softenedAttacksAreHeard() {
        float[][] beats = new float[2][10 * RATE];
        float[][] softened = new float[2][10 * RATE];
        float[] noise = Signals.noise(10 * RATE, 0.3, 4);
        for (int i = 0; i < noise.length; i++) {
            double age = (double) (i % (RATE / 2)) / RATE;
            double envelope = 0.05 + StrictMath.exp(-age / 0.03);
            double duck = age < 0.012 ? 0.5 : 1.0;
            for (int c = 0; c < 2; c++) {
                beats[c][i] = (float) (noise[i] * envelope);
                softened[c][i] = (float) (noise[i] * envelope * duck);
            }
        }
        Difference difference =
                measure(new AudioClip(RATE, beats), new AudioClip(RATE, softened), 4_096);
        assertThat(difference.transientChangeDb()).isCloseTo(-6.0, within(0.7));
    }

    @Test
    void blockSizeDoesNotMatter() {
        AudioClip other = clipped(0.5);
        assertThat(measure(SONG, other, 333)).isEqualTo(measure(SONG, other, 20_000));
    }

    @Test
    void silenceAndShortnessAreUndefined() {
        AudioClip silence = new AudioClip(RATE, new float[5 * RATE], new float[5 * RATE]);
        assertThat(measure(silence, silence, 512)).isEqualTo(Difference.UNDEFINED);
        AudioClip shortClip = Signals.musicLike(RATE, 1.0, 5);
        assertThat(measure(shortClip, shortClip, 512)).isEqualTo(Difference.UNDEFINED);
    }

    private static Difference measure(AudioClip reference, AudioClip processed, int block) {
        DifferenceMeter meter = new DifferenceMeter(reference.format());
        for (int start = 0; start < reference.frames(); start += block) {
            int end = Math.min(reference.frames(), start + block);
            meter.write(part(reference, start, end), part(processed, start, end));
        }
        return meter.finish();
    }

    private static AudioBlock part(AudioClip clip, int start, int end) {
        return AudioBlock.wrap(
                java.util.Arrays.copyOfRange(clip.channel(0), start, end),
                java.util.Arrays.copyOfRange(clip.channel(1), start, end));
    }

    private static AudioClip modulated(IntToDoubleFunction gain) {
        float[][] samples = new float[2][SONG.frames()];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < samples[c].length; i++) {
                samples[c][i] = (float) (gain.applyAsDouble(i) * SONG.channel(c)[i]);
            }
        }
        return new AudioClip(RATE, samples);
    }

    private static AudioClip clipped(double shareOfPeak) {
        float limit = 0f;
        for (int c = 0; c < 2; c++) {
            for (float sample : SONG.channel(c)) {
                limit = Math.max(limit, Math.abs(sample));
            }
        }
        float edge = (float) (shareOfPeak * limit);
        float[][] samples = new float[2][SONG.frames()];
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < samples[c].length; i++) {
                samples[c][i] = Math.max(-edge, Math.min(edge, SONG.channel(c)[i]));
            }
        }
        return new AudioClip(RATE, samples);
    }

    private static AudioClip filtered(AudioClip clip) {
        float[][] samples = new float[2][clip.frames()];
        for (int c = 0; c < 2; c++) {
            Biquad shelf = new Biquad(FilterDesign.highShelf(4_000.0, 4.0, 0.7, RATE));
            Biquad bell = new Biquad(FilterDesign.bell(300.0, -3.0, 0.9, RATE));
            for (int i = 0; i < samples[c].length; i++) {
                samples[c][i] = (float) bell.process(shelf.process(clip.channel(c)[i]));
            }
        }
        return new AudioClip(RATE, samples);
    }

    private static double lufs(AudioClip clip) {
        LoudnessMeter meter = new LoudnessMeter(clip.format());
        meter.write(AudioBlock.wrap(clip.channel(0), clip.channel(1)));
        return meter.loudness().integratedLufs();
    }
}
