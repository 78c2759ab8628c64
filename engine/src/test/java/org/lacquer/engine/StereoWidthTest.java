// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;
import org.lacquer.engine.Responses.Response;
import org.lacquer.engine.TestSignals.Regime;

final class StereoWidthTest {
    private static final int RATE = 44_100;
    private static final int FRAMES = 1 << 17;

    @ParameterizedTest
    @CsvSource({"-60, 0", "-3, 0", "9, 0", "2, 120", "0, 400"})
    void monoStaysAsItIs(double sideGainDb, double bassMonoHz) {
        float[] mono = TestSignals.clip(Regime.MUSIC_LIKE, RATE, 1, 20_000, 41).channel(0);
        float[][] out = run(sideGainDb, bassMonoHz, mono.clone(), mono.clone());
        assertThat(out[0]).isEqualTo(mono);
        assertThat(out[1]).isEqualTo(mono);
    }

    /** Mid is untouched and side is scaled, to one rounding to float of each channel. */
    @ParameterizedTest
    @ValueSource(doubles = {-60.0, -6.0, -0.5, 3.0, 9.0})
    void onlyTheSideGetsTheGain(double sideGainDb) {
        AudioClip clip = TestSignals.musicLike(RATE, 0.5, 42);
        float[] left = clip.channel(0);
        float[] right = clip.channel(1);
        float[][] out = run(sideGainDb, 0.0, left.clone(), right.clone());
        double gain = Decibels.toGain(sideGainDb);
        for (int i = 0; i < clip.frames(); i++) {
            double tolerance = Math.ulp(Math.max(Math.abs(out[0][i]), Math.abs(out[1][i])));
            assertThat(((double) out[0][i] + out[1][i]) / 2.0)
                    .isCloseTo(((double) left[i] + right[i]) / 2.0, within(tolerance));
            assertThat(((double) out[0][i] - out[1][i]) / 2.0)
                    .isCloseTo(gain * ((double) left[i] - right[i]) / 2.0, within(tolerance));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {40.0, 120.0, 400.0})
    void bassMonoTakesTheSideDownBy12DbAnOctave(double bassMonoHz) {
        float[] left = new float[FRAMES];
        float[] right = new float[FRAMES];
        left[0] = 0.5f;
        right[0] = -0.5f;
        float[][] out = run(0.0, bassMonoHz, left, right);
        float[] side = new float[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            assertThat(out[0][i]).isEqualTo(-out[1][i]);
            side[i] = out[0][i];
        }
        Response response = Responses.Response.of(side, 0.5f, RATE);
        double[] octaves = {0.125, 0.25, 0.5, 1.0, 2.0, 8.0};
        for (double ratio : octaves) {
            int bin = response.binOf(ratio * bassMonoHz);
            // Butterworth of second order: |H|² = 1 / (1 + (fc/f)⁴)
            double x = bassMonoHz / response.frequencyHz(bin);
            assertThat(response.db(bin))
                    .as("%s of the corner", ratio)
                    .isCloseTo(-10.0 * Math.log10(1.0 + x * x * x * x), within(0.05));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {40.0, 120.0, 400.0})
    void bassMonoLeavesTheMidAlone(double bassMonoHz) {
        AudioClip clip = TestSignals.musicLike(RATE, 0.5, 43);
        float[][] out = run(0.0, bassMonoHz, clip.channel(0).clone(), clip.channel(1).clone());
        for (int i = 0; i < clip.frames(); i++) {
            assertThat((out[0][i] + out[1][i]) / 2.0)
                    .isCloseTo((clip.channel(0)[i] + clip.channel(1)[i]) / 2.0, within(2e-7));
        }
    }

    private static float[][] run(
            double sideGainDb, double bassMonoHz, float[] left, float[] right) {
        AudioClip clip = new AudioClip(RATE, left, right);
        return TestSignals.run(
                new StereoWidthSettings(sideGainDb, bassMonoHz).prepare(clip.format()), clip, null);
    }
}
