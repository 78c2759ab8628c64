// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lacquer.analysis.TruePeakMeter;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Processor;
import org.lacquer.engine.TestSignals.Regime;

import java.util.Random;

final class LimiterTest {
    private static final int RATE = 44_100;

    /** The guarantee is to 0.005 dB; the limiter aims lower by its margin. */
    @ParameterizedTest
    @EnumSource(Regime.class)
    void limiterNeverExceedsCeiling(Regime regime) {
        for (double driveDb : new double[] {-3.0, 3.0, 12.0, 30.0}) {
            AudioClip clip = TestSignals.clip(regime, RATE, 2, 30_000, 11);
            assertThat(truePeakDbtp(limit(clip, driveDb, -1.0)))
                    .as("drive %s dB", driveDb)
                    .isLessThanOrEqualTo(-1.0);
        }
    }

    @Test
    void randomBurstsNeverExceedCeiling() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            AudioClip clip = burst(random);
            double driveDb = random.nextDouble() * 24.0;
            assertThat(truePeakDbtp(limit(clip, driveDb, -0.3)))
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(-0.3);
        }
    }

    /** A few windowed sines and clicks of random frequency, phase and time. */
    private static AudioClip burst(Random random) {
        float[] left = new float[6_000];
        float[] right = new float[6_000];
        for (int k = 0; k < 6; k++) {
            int start = random.nextInt(5_000);
            int length = 1 + random.nextInt(900);
            double frequency = random.nextDouble() * 0.5;
            double phase = random.nextDouble() * 6.28;
            double level = random.nextDouble();
            for (int i = 0; i < length; i++) {
                double value = level * Math.sin(2.0 * Math.PI * frequency * i + phase);
                left[start + i] += (float) value;
                right[start + i] += (float) (value * random.nextDouble());
            }
        }
        return new AudioClip(RATE, left, right);
    }

    @Test
    void belowTheCeilingOnlyDriveActs() {
        AudioClip clip = TestSignals.clip(Regime.QUIET_NOISE, RATE, 2, 20_000, 12);
        Processor limiter = LimiterSettings.DEFAULT.withDriveDb(6.0).prepare(clip.format());
        float[][] out = TestSignals.run(limiter, clip, null);
        float gain = (float) Decibels.toGain(6.0);
        for (int i = 0; i < 20_000 - limiter.latencyFrames(); i++) {
            assertThat(out[0][i + limiter.latencyFrames()])
                    .isCloseTo(clip.channel(0)[i] * gain, within(1e-10f));
        }
    }

    /** Peaks come up to the ceiling: the guarantee is not bought by turning everything down. */
    @Test
    void loudToneReachesTheCeiling() {
        AudioClip clip = TestSignals.clip(Regime.BASS, RATE, 1, 40_000, 13);
        assertThat(truePeakDbtp(limit(clip, 9.0, -1.0))).isBetween(-1.02, -1.0);
    }

    /** Also where a trim pass rests: time without reduction counts. */
    @Test
    void reductionsDoNotDependOnTheBlocks() {
        AudioClip clip = TestSignals.musicLike(RATE, 2.0, 14);
        LimiterSettings settings = LimiterSettings.DEFAULT.withDriveDb(4.0).withFastDb(2.0);
        Limiter whole = (Limiter) settings.prepare(clip.format());
        TestSignals.run(whole, clip, null);
        Limiter parts = (Limiter) settings.prepare(clip.format());
        TestSignals.run(parts, clip, new Random(15));
        assertThat(whole.reductions().getLast().activeShare()).isBetween(0.001, 0.5);
        assertThat(parts.reductions()).isEqualTo(whole.reductions());
    }

    private static float[][] limit(AudioClip clip, double driveDb, double ceilingDbtp) {
        Processor limiter =
                LimiterSettings.DEFAULT
                        .withDriveDb(driveDb)
                        .withCeilingDbtp(ceilingDbtp)
                        .prepare(clip.format());
        int channels = clip.format().channels();
        float[][] padded = new float[channels][clip.frames() + limiter.latencyFrames()];
        for (int c = 0; c < channels; c++) {
            System.arraycopy(clip.channel(c), 0, padded[c], 0, clip.frames());
        }
        return TestSignals.run(limiter, new AudioClip(RATE, padded), null);
    }

    private static double truePeakDbtp(float[][] channels) {
        TruePeakMeter meter =
                new TruePeakMeter(new org.lacquer.audio.StreamFormat(RATE, channels.length));
        meter.write(AudioBlock.wrap(channels));
        meter.finish();
        return meter.truePeakDbtp();
    }
}
