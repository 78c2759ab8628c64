// SPDX-License-Identifier: Apache-2.0
package org.lacquer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lacquer.analysis.GatedLoudness;
import org.lacquer.analysis.KWeightedPower;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.Processor;

final class SaturationTest {
    private static final int RATE = 44_100;

    /** The hyperbolic tangent is the textbook's, within the error that its comment states. */
    @Test
    void tanhIsTanh() {
        for (double x = -40.0; x <= 40.0; x += 0.001) {
            assertThat(SaturationCurve.tanh(x)).isCloseTo(StrictMath.tanh(x), within(2e-8));
        }
        assertThat(SaturationCurve.tanh(1e300)).isCloseTo(1.0, within(1e-13));
        assertThat(SaturationCurve.tanh(-1e300)).isCloseTo(-1.0, within(1e-13));
    }

    @ParameterizedTest
    @EnumSource(SaturationCurve.class)
    void curvesRiseFromSlopeOneToNearOne(SaturationCurve curve) {
        assertThat(curve.at(0.0)).isZero();
        assertThat(curve.slopeAt(0.0)).isEqualTo(1.0);
        double last = curve.at(-6.0);
        for (double x = -6.0; x <= 6.0; x += 0.01) {
            assertThat(curve.at(x)).isGreaterThanOrEqualTo(last - 1e-9);
            last = curve.at(x);
            double slope = (curve.at(x + 1e-4) - curve.at(x - 1e-4)) / 2e-4;
            assertThat(curve.slopeAt(x)).as("at %s", x).isCloseTo(slope, within(1e-3));
        }
        assertThat(Math.abs(curve.at(20.0))).isBetween(0.89, 1.0);
        assertThat(Math.abs(curve.at(-20.0))).isBetween(0.99, 1.11);
    }

    /** Standards: 15 kHz at +6 dB, largest line that is no harmonic at most -90 dBc. */
    @ParameterizedTest
    @CsvSource({
        "TAPE, 44100, -90", "TUBE, 44100, -90", "TRANSFORMER, 44100, -90",
        "SOFT_CLIP, 44100, -90", "TAPE, 48000, -90", "SOFT_CLIP, 96000, -90",
        "SOFT_CLIP, 192000, -90"
    })
    void aliasesStayBelowMinus90(SaturationCurve curve, int rate, double mostDbc) {
        SaturationBand band = new SaturationBand(curve, 6.0, 100.0, 0.0);
        float[] out = run(SaturationSettings.of(band), sine(15_000.0, 0.0, 4 * rate, rate), rate);
        assertThat(Distortion.largestOtherLineDb(out, 15_000.0, rate)).isLessThan(mostDbc);
    }

    /** What remains at 1 kHz: harmonics alone, wherever they come from. */
    @ParameterizedTest
    @EnumSource(SaturationCurve.class)
    void mixedTonesMakeNothingBetweenTheirHarmonics(SaturationCurve curve) {
        SaturationBand band = new SaturationBand(curve, 3.0, 60.0, 0.2);
        float[] out = run(SaturationSettings.of(band), sine(997.0, -3.0, 4 * RATE, RATE), RATE);
        assertThat(Distortion.largestOtherLineDb(out, 997.0, RATE)).isLessThan(-100.0);
    }

    /** Slow enough for the emphasis to be flat, samples follow the static curve. */
    @ParameterizedTest
    @CsvSource({"TUBE, 6, 100, 0.3", "SOFT_CLIP, 3, 40, 0", "SOFT_CLIP, -6, 100, 0.1"})
    void samplesFollowTheStaticCurve(
            SaturationCurve curve, double driveDb, double mixPercent, double bias) {
        SaturationBand band = new SaturationBand(curve, driveDb, mixPercent, bias);
        SaturationSettings settings = SaturationSettings.of(band);
        float[] in = sine(200.0, -3.0, 2 * RATE, RATE);
        Processor processor = settings.prepare(new AudioClip(RATE, in).format());
        float[] out = run(settings, in, RATE);
        int latency = processor.latencyFrames();
        // The makeup gain and the DC block are what is between.
        double gain = 0.0;
        double mean = 0.0;
        int from = RATE;
        int to = from + 10 * RATE / 200;
        for (int i = from; i < to; i++) {
            mean += band.outputFor(in[i]) / (to - from);
        }
        double cross = 0.0;
        double power = 0.0;
        for (int i = from; i < to; i++) {
            double expected = band.outputFor(in[i]) - mean;
            cross += expected * out[i + latency];
            power += expected * expected;
        }
        gain = cross / power;
        assertThat(Decibels.fromGain(gain)).isBetween(-1.0, 4.0);
        for (int i = from; i < to; i++) {
            assertThat((double) out[i + latency])
                    .isCloseTo(gain * (band.outputFor(in[i]) - mean), within(0.01));
        }
    }

    /** Even with a bias nothing is left at 0 Hz. */
    @ParameterizedTest
    @ValueSource(doubles = {-0.5, 0.0, 0.3})
    void resultHasNoDc(double bias) {
        SaturationBand band = new SaturationBand(SaturationCurve.TUBE, 6.0, 100.0, bias);
        float[] out = run(SaturationSettings.of(band), sine(100.0, -3.0, 4 * RATE, RATE), RATE);
        double sum = 0.0;
        for (int i = 2 * RATE; i < 3 * RATE; i++) {
            sum += out[i];
        }
        assertThat(sum / RATE).isCloseTo(0.0, within(1e-5));
    }

    /** A click small enough not to be bent comes out as it went in, to the last octave. */
    @Test
    void quietSoundKeepsItsSpectrum() {
        float[] in = new float[RATE];
        in[100] = 1e-3f;
        SaturationSettings settings =
                SaturationSettings.of(new SaturationBand(SaturationCurve.TAPE, 6.0, 100.0, 0.0));
        Processor processor = settings.prepare(new AudioClip(RATE, in).format());
        float[] out = run(settings, in, RATE);
        float scale = out[100 + processor.latencyFrames()] / 1e-3f;
        for (int i = 0; i < RATE / 2; i++) {
            double expected = i == 100 + processor.latencyFrames() ? 1e-3 * scale : 0.0;
            assertThat((double) out[i]).isCloseTo(expected, within(1e-8));
        }
    }

    /** More drive does not mean louder: within 0.3 LU on a signal like music. */
    @ParameterizedTest
    @EnumSource(SaturationCurve.class)
    void driveDoesNotChangeLoudness(SaturationCurve curve) {
        AudioClip clip = TestSignals.musicLike(RATE, 12.0, 51);
        double before = lufs(new float[][] {clip.channel(0), clip.channel(1)});
        for (double driveDb : new double[] {-6.0, 0.0, 6.0, 9.0}) {
            SaturationSettings settings =
                    SaturationSettings.of(new SaturationBand(curve, driveDb, 100.0, 0.0))
                            .withLevelLufs(before);
            double after = lufs(TestSignals.run(settings.prepare(clip.format()), clip, null));
            assertThat(after - before).as("%s dB", driveDb).isBetween(-0.3, 0.3);
        }
    }

    @Test
    void moreDriveMeansMoreHarmonics() {
        double last = 0.0;
        for (double driveDb = -12.0; driveDb <= 12.0; driveDb += 6.0) {
            SaturationBand band = new SaturationBand(SaturationCurve.TAPE, driveDb, 100.0, 0.0);
            float[] out = run(SaturationSettings.of(band), sine(500.0, -6.0, 4 * RATE, RATE), RATE);
            double share = Distortion.harmonicShare(out, 500.0, RATE);
            assertThat(share).isGreaterThan(1.5 * last);
            last = share;
        }
        assertThat(last).isBetween(0.05, 0.35);
    }

    @Test
    void coresSaturateInTheBass() {
        SaturationBand band = new SaturationBand(SaturationCurve.TRANSFORMER, 0.0, 100.0, 0.0);
        double bass =
                Distortion.harmonicShare(
                        run(SaturationSettings.of(band), sine(50.0, -6.0, 4 * RATE, RATE), RATE),
                        50.0,
                        RATE);
        double middle =
                Distortion.harmonicShare(
                        run(SaturationSettings.of(band), sine(1_000.0, -6.0, 4 * RATE, RATE), RATE),
                        1_000.0,
                        RATE);
        assertThat(bass).isGreaterThan(3.0 * middle);
    }

    @Test
    void bandsOfAverageMusicAddUp() {
        assertThat(SaturationLoss.bandShare(0.0, 1e9)).isCloseTo(1.0, within(1e-12));
        double low = SaturationLoss.bandShare(0.0, 200.0);
        double middle = SaturationLoss.bandShare(200.0, 4_000.0);
        double high = SaturationLoss.bandShare(4_000.0, 1e9);
        assertThat(low + middle + high).isCloseTo(1.0, within(1e-12));
        assertThat(low).isBetween(0.3, 0.8);
        assertThat(high).isBetween(0.002, 0.1);
    }

    private static double lufs(float[][] samples) {
        AudioBlock block = AudioBlock.wrap(samples);
        KWeightedPower power = new KWeightedPower(new AudioClip(RATE, samples).format());
        power.write(block);
        return GatedLoudness.integratedLufs(power.hopEnergies(), power.format());
    }

    private static float[] run(SaturationSettings settings, float[] in, int rate) {
        AudioClip clip = new AudioClip(rate, in.clone());
        return TestSignals.run(settings.prepare(clip.format()), clip, null)[0];
    }

    private static float[] sine(double frequencyHz, double levelDb, int frames, int rate) {
        float[] x = new float[frames];
        double gain = Decibels.toGain(levelDb);
        for (int i = 0; i < frames; i++) {
            x[i] = (float) (gain * Math.sin(2.0 * Math.PI * frequencyHz * i / rate));
        }
        return x;
    }
}
