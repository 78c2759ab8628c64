// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.analysis.TruePeakMeter;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Processor;
import org.lacquer.audio.StreamFormat;
import org.lacquer.engine.TestSignals.Regime;

import java.util.Random;

/** The limiter in its best quality: the laws of every stage, its ceiling, and what it is for. */
final class PeakCorrectionTest {
    private static final int RATE = 44_100;
    private static final int FRAMES = 32_000;
    private static final LimiterSettings BEST =
            LimiterSettings.DEFAULT.withDriveDb(6.0).withQuality(LimiterSettings.Quality.BEST);

    @ParameterizedTest
    @EnumSource(Regime.class)
    void ceilingHolds(Regime regime) {
        AudioClip clip = TestSignals.clip(regime, RATE, 2, FRAMES, 51);
        for (double driveDb : new double[] {3.0, 12.0}) {
            float[][] out = limit(BEST.withDriveDb(driveDb), clip);
            TruePeakMeter meter = new TruePeakMeter(clip.format());
            meter.write(AudioBlock.wrap(out));
            meter.finish();
            assertThat(meter.truePeakDbtp() > -1.0).as("drive %s dB", driveDb).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Regime.class,
            names = {"CLICKS", "BASS", "MUSIC_LIKE"})
    void blockPartitionIsInaudible(Regime regime) {
        AudioClip clip = TestSignals.clip(regime, RATE, 2, FRAMES, 52);
        float[][] whole = TestSignals.run(BEST.prepare(clip.format()), clip, null);
        assertThat(TestSignals.run(BEST.prepare(clip.format()), clip, new Random(53)))
                .isDeepEqualTo(whole);
    }

    @Test
    void resetEqualsFresh() {
        AudioClip first = TestSignals.clip(Regime.TWICE_FULL_SCALE, RATE, 2, FRAMES, 54);
        AudioClip second = TestSignals.clip(Regime.MUSIC_LIKE, RATE, 2, FRAMES, 55);
        Processor used = BEST.prepare(first.format());
        TestSignals.run(used, first, null);
        used.reset();
        assertThat(TestSignals.run(used, second, null))
                .isDeepEqualTo(TestSignals.run(BEST.prepare(second.format()), second, null));
    }

    @Test
    void silenceStaysSilence() {
        float[][] out = limit(BEST, new AudioClip(RATE, new float[FRAMES], new float[FRAMES]));
        assertThat(out[0]).containsOnly(0f);
        assertThat(out[1]).containsOnly(0f);
    }

    @ParameterizedTest
    @EnumSource(
            value = Regime.class,
            names = {"NEAR_NYQUIST", "BASS", "CLICKS"})
    void hostileInputStaysFinite(Regime regime) {
        AudioClip clip = TestSignals.clip(regime, RATE, 1, FRAMES, 56);
        for (int i = 0; i < FRAMES; i++) {
            clip.channel(0)[i] *= 1e6f;
        }
        for (float sample : limit(BEST, clip)[0]) {
            assertThat(Float.isFinite(sample)).isTrue();
        }
    }

    /** What stays below the ceiling comes out as it went in, as late as reported. */
    @ParameterizedTest
    @ValueSource(ints = {8_000, 44_100, 96_000})
    void belowTheCeilingNothingChanges(int rate) {
        AudioClip clip = TestSignals.clip(Regime.QUIET_NOISE, rate, 1, FRAMES, 57);
        float[][] out = limit(BEST.withDriveDb(0.0), clip);
        assertThat(out[0]).isEqualTo(clip.channel(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 22_050, 96_000, 384_000})
    void otherRatesAreLimitedToo(int rate) {
        AudioClip clip = TestSignals.clip(Regime.MUSIC_LIKE, rate, 1, rate, 58);
        float[][] out = limit(BEST.withDriveDb(12.0), clip);
        TruePeakMeter meter = new TruePeakMeter(clip.format());
        meter.write(AudioBlock.wrap(out));
        meter.finish();
        assertThat(meter.truePeakDbtp()).isBetween(-1.1, -1.0);
    }

    @Test
    void channelsThatAreEqualStayEqual() {
        AudioClip one = TestSignals.clip(Regime.MUSIC_LIKE, RATE, 1, FRAMES, 59);
        float[][] out =
                limit(BEST, new AudioClip(RATE, one.channel(0).clone(), one.channel(0).clone()));
        assertThat(out[1]).isEqualTo(out[0]);
    }

    /**
     * A bass tone that is 7 dB too high becomes a smaller tone: no harmonic of it rises above -70
     * dB, where clipping makes one of -15 dB.
     */
    @Test
    void loudToneComesOutAsATone() {
        float[] samples = new float[4 * RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) StrictMath.sin(2.0 * StrictMath.PI * 60.0 * i / RATE);
        }
        float[] out = limit(BEST, new AudioClip(RATE, samples))[0];
        double tone = amplitude(out, 60.0);
        assertThat(tone).isBetween(0.7, 0.9);
        for (int harmonic = 2; harmonic < 12; harmonic++) {
            assertThat(20.0 * Math.log10(amplitude(out, 60.0 * harmonic) / tone))
                    .as("harmonic %d", harmonic)
                    .isLessThan(-70.0);
        }
    }

    /** Of two seconds from the second one on, under a Hann window. */
    private static double amplitude(float[] samples, double frequencyHz) {
        double real = 0.0;
        double imaginary = 0.0;
        for (int i = 0; i < 2 * RATE; i++) {
            double window = 1.0 - StrictMath.cos(StrictMath.PI * i / RATE);
            double phase = 2.0 * StrictMath.PI * frequencyHz * i / RATE;
            real += window * samples[RATE + i] * StrictMath.cos(phase);
            imaginary += window * samples[RATE + i] * StrictMath.sin(phase);
        }
        return Math.sqrt(real * real + imaginary * imaginary) / RATE;
    }

    /** As long as the clip and aligned with it. */
    private static float[][] limit(LimiterSettings settings, AudioClip clip) {
        StreamFormat format = clip.format();
        Processor limiter = settings.prepare(format);
        int latency = limiter.latencyFrames();
        float[][] padded = new float[format.channels()][clip.frames() + latency];
        for (int c = 0; c < padded.length; c++) {
            System.arraycopy(clip.channel(c), 0, padded[c], 0, clip.frames());
        }
        float[][] late =
                TestSignals.run(limiter, new AudioClip(format.sampleRateHz(), padded), null);
        float[][] out = new float[late.length][];
        for (int c = 0; c < late.length; c++) {
            out[c] = java.util.Arrays.copyOfRange(late[c], latency, latency + clip.frames());
        }
        return out;
    }
}
