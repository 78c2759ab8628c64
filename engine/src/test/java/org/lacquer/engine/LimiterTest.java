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
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.TestSignals.Regime;

import java.util.OptionalDouble;
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

    /** Whatever else is set. */
    @Test
    void ceilingHoldsAtEverySetting() {
        for (long seed = 0; seed < 40; seed++) {
            Random random = new Random(100 + seed);
            LimiterSettings settings =
                    new LimiterSettings(
                            OptionalDouble.of(random.nextDouble() * 24.0),
                            -0.5,
                            random.nextDouble() * 12.0,
                            0.5 + random.nextDouble() * 5.0,
                            random.nextDouble() * 20.0,
                            10.0 + random.nextDouble() * 200.0,
                            LimiterSettings.Character.values()[random.nextInt(3)],
                            random.nextInt(5) * 25.0,
                            random.nextInt(4),
                            LimiterSettings.Quality.STANDARD);
            Regime regime = Regime.values()[random.nextInt(Regime.values().length)];
            AudioClip clip = TestSignals.clip(regime, RATE, 2, 12_000, seed);
            assertThat(truePeakDbtp(limit(clip, settings)) > -0.5)
                    .as("seed %d: %s, %s", seed, regime, settings)
                    .isFalse();
        }
    }

    /** Without a link a peak on the left leaves the right alone; with half of one, half of it. */
    @Test
    void linkSharesTheReduction() {
        float[] left = new float[20_000];
        float[] right = new float[20_000];
        for (int i = 0; i < left.length; i++) {
            left[i] = (float) StrictMath.sin(2.0 * StrictMath.PI * 500.0 * i / RATE);
            right[i] = 0.3f * left[i];
        }
        double[] levels = new double[3];
        for (int k = 0; k < 3; k++) {
            LimiterSettings settings =
                    LimiterSettings.DEFAULT.withDriveDb(5.0).withLinkPercent(50.0 * k);
            float[] out = limit(new AudioClip(RATE, left, right), settings)[1];
            for (int i = 10_000; i < 20_000; i++) {
                levels[k] = Math.max(levels[k], Math.abs(out[i]));
            }
        }
        double driven = 0.3 * Decibels.toGain(5.0);
        assertThat(levels[0]).isCloseTo(driven, within(0.005));
        assertThat(levels[2]).isCloseTo(0.3 * Decibels.toGain(-1.0), within(0.005));
        // Both channels' peaks: 1.78 and 0.53; in the middle 1.16, and the ceiling is 0.89.
        assertThat(levels[1]).isCloseTo(driven * 0.891 / 1.156, within(0.01));
    }

    /** A tone two dB too high is rounded off by most of them, and symmetrically. */
    @Test
    void clipperRoundsPeaksOff() {
        SoftClipper clipper =
                new SoftClipper(
                        1.0,
                        LimiterSettings.DEFAULT.withClipDb(3.0),
                        new StreamFormat(RATE, 1),
                        1_024);
        float[] tone = new float[1_024];
        for (int i = 0; i < tone.length; i++) {
            tone[i] = 1.259f * (float) StrictMath.sin(2.0 * StrictMath.PI * 700.0 * i / RATE);
        }
        AudioBlock block = AudioBlock.wrap(tone.clone());
        clipper.process(block, 0, 1_024);
        float largest = 0f;
        float smallest = 0f;
        for (float sample : block.channel(0)) {
            largest = Math.max(largest, sample);
            smallest = Math.min(smallest, sample);
        }
        double curve = SoftClipper.clipped(1.259, 1.0, 3.0);
        assertThat(Decibels.fromGain(1.259 / curve)).isBetween(2.0, 2.5);
        assertThat((double) largest).isCloseTo(curve, within(0.01));
        assertThat((double) smallest).isCloseTo(-curve, within(0.01));
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
        return limit(
                clip, LimiterSettings.DEFAULT.withDriveDb(driveDb).withCeilingDbtp(ceilingDbtp));
    }

    private static float[][] limit(AudioClip clip, LimiterSettings settings) {
        Processor limiter = settings.prepare(clip.format());
        int channels = clip.format().channels();
        float[][] padded = new float[channels][clip.frames() + limiter.latencyFrames()];
        for (int c = 0; c < channels; c++) {
            System.arraycopy(clip.channel(c), 0, padded[c], 0, clip.frames());
        }
        return TestSignals.run(limiter, new AudioClip(RATE, padded), null);
    }

    private static double truePeakDbtp(float[][] channels) {
        TruePeakMeter meter = new TruePeakMeter(new StreamFormat(RATE, channels.length));
        meter.write(AudioBlock.wrap(channels));
        meter.finish();
        return meter.truePeakDbtp();
    }
}
