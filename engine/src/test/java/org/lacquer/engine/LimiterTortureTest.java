// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.analysis.TruePeakMeter;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSpool;
import org.lacquer.audio.BitDepth;
import org.lacquer.audio.FileFormat;
import org.lacquer.audio.Processor;
import org.lacquer.audio.Progress;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.TestSignals.Collector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Signals that other limiters fail on. The ceiling is -1 dBTP throughout. */
final class LimiterTortureTest {
    private static final int RATE = 44_100;
    private static final double CEILING_DBTP = -1.0;

    /**
     * How far below the ceiling the highest peak may come out: nothing is turned down as a whole.
     */
    private static final double REACH_DB = 0.05;

    private enum Torture {
        /** Samples 3 dB below the peaks between them. */
        QUARTER_RATE(3.0) {
            @Override
            double at(int i, Random random) {
                return sine(0.25 * i + 0.125);
            }
        },
        CLICKS_IN_NOISE(0.0) {
            @Override
            double at(int i, Random random) {
                double noise = 0.25 * random.nextGaussian();
                return i % 997 == 0 ? 4.0 * (random.nextBoolean() ? 1 : -1) : noise;
            }
        },
        FULL_SCALE_SQUARE(6.0) {
            @Override
            double at(int i, Random random) {
                return i / 37 % 2 == 0 ? 1.0 : -1.0;
            }
        },
        /**
         * The signs of the interpolator's own taps: the largest peak that samples of 1 can make.
         */
        WORST_PHASE(0.0) {
            @Override
            double at(int i, Random random) {
                int tap = i % 512 - 256;
                return tap == 0 ? 1.0 : ((tap & 1) == 0) == (tap > 0) ? -1.0 : 1.0;
            }
        },
        /** All sines of a comb start in phase once a period. */
        ALIGNED_COMB(12.0) {
            @Override
            double at(int i, Random random) {
                double sum = 0.0;
                for (int k = 1; k < 40; k++) {
                    sum += StrictMath.cos(2.0 * StrictMath.PI * k * 441.0 * (i + 0.37) / RATE);
                }
                return sum / 40.0;
            }
        },
        RANDOM_SIGNS(3.0) {
            @Override
            double at(int i, Random random) {
                return random.nextBoolean() ? 1.0 : -1.0;
            }
        };

        private final double driveDb;

        Torture(double driveDb) {
            this.driveDb = driveDb;
        }

        abstract double at(int i, Random random);
    }

    @ParameterizedTest
    @EnumSource(Torture.class)
    void ceilingHoldsAndIsReached(Torture torture) {
        float[] samples = new float[RATE];
        Random random = new Random(31);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) torture.at(i, random);
        }
        float[][] out = limit(LimiterSettings.DEFAULT, torture.driveDb, samples);
        assertThat(truePeakDbtp(out)).isBetween(CEILING_DBTP - REACH_DB, CEILING_DBTP);
    }

    /**
     * A bass tone at 6 dB above full scale must not modulate the quiet tone above it. Limiters that
     * work by gain reach -24 to -48 dB here. The bound is 15 dB above what was measured.
     */
    @ParameterizedTest
    @ValueSource(ints = {40, 60, 100})
    void bassDoesNotModulate(int bassHz) {
        assertThat(intermodulationDb(LimiterSettings.DEFAULT, bassHz)).isLessThan(-80.0);
    }

    /**
     * Nor where peaks may pass the slow gain, by a setting or a character; 60 Hz is the hardest.
     */
    @ParameterizedTest
    @MethodSource("limitersThatLetPeaksPass")
    void bassDoesNotModulateWherePeaksPass(LimiterSettings settings) {
        assertThat(intermodulationDb(settings, 60)).isLessThan(-75.0);
    }

    static Stream<LimiterSettings> limitersThatLetPeaksPass() {
        LimiterSettings plain = LimiterSettings.DEFAULT;
        return Stream.of(
                plain.withFastDb(1.0),
                plain.withFastDb(9.0),
                plain.withCharacter(LimiterSettings.Character.PUNCHY),
                plain.withCharacter(LimiterSettings.Character.LOUD),
                plain.withClipDb(2.0),
                plain.withLinkPercent(0.0),
                plain.withQuality(LimiterSettings.Quality.BEST));
    }

    private static double intermodulationDb(LimiterSettings settings, int bassHz) {
        float[] samples = new float[6 * RATE];
        for (int i = 0; i < samples.length; i++) {
            double seconds = (double) i / RATE;
            samples[i] = (float) (1.9953 * sine(bassHz * seconds) + 0.1 * sine(1_000.0 * seconds));
        }
        float[][] out = limit(settings, 0.0, samples);
        assertThat(truePeakDbtp(out)).isBetween(CEILING_DBTP - 0.5, CEILING_DBTP);
        return intermodulationDb(out[0], bassHz);
    }

    /**
     * Dither of 16 bits is large beside a ceiling of -24 dBTP: the first rendering exceeds it, and
     * the renderer aims lower once, by no more than it has to.
     */
    @Test
    void rendererAimsLowerWhereDitherExceedsTheCeiling() throws IOException {
        float[] samples = new float[4 * RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) sine(0.25 * i + 0.125);
        }
        int[] renderings = {0};
        Rendered rendered = renderSolved(samples, -24.0, renderings);
        assertThat(renderings[0]).isEqualTo(2);
        assertThat(rendered.truePeakDbtp()).isBetween(-24.02, -24.0 + 0.002);
        assertThat(rendered.plan().limiter().orElseThrow().ceilingDbtp()).isEqualTo(-24.0);
    }

    /** At a ceiling that people use, one rendering is enough. */
    @Test
    void rendererNeedNotAimLower() throws IOException {
        float[] samples = TestSignals.musicLike(RATE, 4.0, 33).channel(0);
        int[] renderings = {0};
        Rendered rendered = renderSolved(samples, CEILING_DBTP, renderings);
        assertThat(renderings[0]).isEqualTo(1);
        assertThat(rendered.truePeakDbtp()).isBetween(CEILING_DBTP - REACH_DB, CEILING_DBTP);
    }

    private static Rendered renderSolved(float[] samples, double ceilingDbtp, int[] renderings)
            throws IOException {
        MasteringPlan plan =
                MasteringPlan.of(
                        List.of(
                                LimiterSettings.DEFAULT
                                        .withDriveDb(9.0)
                                        .withCeilingDbtp(ceilingDbtp)),
                        Delivery.DEFAULT.withFile(FileFormat.WAV, BitDepth.INT16),
                        Provenance.DEFAULT);
        Collector out = new Collector();
        try (AudioSpool mix = TestSignals.spool(new AudioClip(RATE, samples))) {
            return new Renderer(Path.of("test"), Long.MAX_VALUE, Progress.NONE)
                    .render(
                            mix,
                            plan,
                            () -> {
                                renderings[0]++;
                                return out.begin();
                            });
        }
    }

    /** Power of the lines at 1 kHz ± 1 to 4 times the bass over that at 1 kHz. */
    private static double intermodulationDb(float[] samples, int bassHz) {
        double sides = 0.0;
        for (int k = 1; k <= 4; k++) {
            sides += linePower(samples, 1_000.0 - k * bassHz);
            sides += linePower(samples, 1_000.0 + k * bassHz);
        }
        return 10.0 * Math.log10(sides / linePower(samples, 1_000.0));
    }

    /** Of the last 5 s, under a window whose side lobes lie 92 dB down (F. Harris, 1978). */
    private static double linePower(float[] samples, double frequencyHz) {
        int count = 5 * RATE;
        double real = 0.0;
        double imaginary = 0.0;
        for (int i = 0; i < count; i++) {
            double turn = (double) i / count;
            double window =
                    0.35875
                            - 0.48829 * sine(turn + 0.25)
                            + 0.14128 * sine(2.0 * turn + 0.25)
                            - 0.01168 * sine(3.0 * turn + 0.25);
            double value = window * samples[samples.length - count + i];
            double phase = frequencyHz * i / RATE;
            real += value * sine(phase + 0.25);
            imaginary += value * sine(phase);
        }
        return real * real + imaginary * imaginary;
    }

    private static double sine(double turns) {
        return StrictMath.sin(2.0 * StrictMath.PI * turns);
    }

    private static float[][] limit(LimiterSettings settings, double driveDb, float[] samples) {
        AudioClip clip = new AudioClip(RATE, samples);
        Processor limiter =
                settings.withDriveDb(driveDb).withCeilingDbtp(CEILING_DBTP).prepare(clip.format());
        float[] padded = new float[samples.length + limiter.latencyFrames()];
        System.arraycopy(samples, 0, padded, 0, samples.length);
        return TestSignals.run(limiter, new AudioClip(RATE, padded), null);
    }

    private static double truePeakDbtp(float[][] channels) {
        TruePeakMeter meter = new TruePeakMeter(new StreamFormat(RATE, channels.length));
        meter.write(AudioBlock.wrap(channels));
        meter.finish();
        return meter.truePeakDbtp();
    }
}
