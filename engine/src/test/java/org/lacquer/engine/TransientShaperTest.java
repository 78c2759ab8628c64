// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.Random;

final class TransientShaperTest {
    private static final int RATE = 44_100;

    /** Steady tones have neither onsets nor tails. */
    @ParameterizedTest
    @ValueSource(doubles = {40.0, 100.0, 1_000.0, 12_000.0})
    void steadyTonesStayAsTheyAre(double frequencyHz) {
        float[] in = new float[4 * RATE];
        for (int i = 0; i < in.length; i++) {
            in[i] = (float) (0.5 * Math.sin(2.0 * Math.PI * frequencyHz * i / RATE));
        }
        float[] out = run(TransientShaperSettings.of(12.0, 12.0), in);
        int latency = latency();
        for (int i = 2 * RATE; i < 3 * RATE; i++) {
            assertThat((double) out[i + latency]).isCloseTo(in[i], within(0.005));
        }
    }

    /** A decaying stroke: its first 10 ms move with attack, its tail with sustain. */
    @ParameterizedTest
    @CsvSource({"8, 0", "-8, 0", "0, 6", "0, -6"})
    void onsetsAndTailsMoveApart(double attackDb, double sustainDb) {
        float[] in = strokes(0.5);
        float[] out = run(TransientShaperSettings.of(attackDb, sustainDb), in);
        int latency = latency();
        int stroke = 3 * RATE;
        double onsetDb = changeDb(in, out, stroke, RATE / 100, latency);
        double tailDb = changeDb(in, out, stroke + RATE / 4, RATE / 5, latency);
        if (attackDb != 0.0) {
            assertThat(onsetDb / attackDb).isBetween(0.45, 1.0);
            assertThat(tailDb).isCloseTo(0.0, within(0.3));
        } else {
            assertThat(tailDb / sustainDb).isBetween(0.45, 1.0);
            assertThat(onsetDb).isCloseTo(0.0, within(0.5));
        }
    }

    /** 40 dB less in is 40 dB less out. */
    @Test
    void levelDoesNotMatter() {
        TransientShaperSettings settings = TransientShaperSettings.of(6.0, -4.0);
        float[] loud = run(settings, strokes(0.5));
        float[] quiet = run(settings, strokes(0.005));
        for (int i = 0; i < loud.length; i++) {
            assertThat(100.0 * quiet[i]).isCloseTo(loud[i], within(1e-5));
        }
    }

    @Test
    void gainIsBounded() {
        TransientBand band = new TransientBand(12.0, -12.0);
        for (double onset = 0.0; onset < 60.0; onset += 1.5) {
            for (double decay = 0.0; decay < 200.0; decay += 10.0) {
                assertThat(band.gainDb(onset, decay)).isBetween(-12.0, 12.0);
            }
        }
        assertThat(band.gainDb(2.0, 2.0)).isZero();
        assertThat(band.gainDb(7.0, 0.0)).isEqualTo(6.0);
        assertThat(band.gainDb(0.0, 7.0)).isEqualTo(-6.0);
    }

    private static int latency() {
        return TransientShaperSettings.of(1.0, 0.0)
                .prepare(new StreamFormat(RATE, 1))
                .latencyFrames();
    }

    /** Two strokes a second: noise that falls by 60 dB in half a second. */
    private static float[] strokes(double gain) {
        float[] x = new float[6 * RATE];
        Random random = new Random(61);
        for (int i = 0; i < x.length; i++) {
            double beat = i % (RATE / 2) / (double) RATE;
            x[i] =
                    (float)
                            (gain
                                    * Decibels.toGain(-120.0 * beat)
                                    * (random.nextDouble() * 2.0 - 1.0));
        }
        return x;
    }

    private static double changeDb(float[] in, float[] out, int from, int count, int latency) {
        double before = 0.0;
        double after = 0.0;
        for (int i = from; i < from + count; i++) {
            before += (double) in[i] * in[i];
            after += (double) out[i + latency] * out[i + latency];
        }
        return Decibels.fromPower(after / before);
    }

    private static float[] run(TransientShaperSettings settings, float[] in) {
        AudioClip clip = new AudioClip(RATE, in.clone());
        return TestSignals.run(settings.prepare(clip.format()), clip, null)[0];
    }
}
