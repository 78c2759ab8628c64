// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.SplittableRandom;

class TruePeakMeterTest {
    private static final int RATE_HZ = 44_100;

    @Test
    void equalsTheExhaustiveReadingOnHostileSignals() throws IOException {
        for (long seed = 1; seed <= 40; seed++) {
            float[] samples = hostile(seed);
            var meter = Signals.truePeak(new AudioClip(RATE_HZ, samples));
            assertThat((float) meter.truePeak())
                    .as("seed %d", seed)
                    .isEqualTo(TruePeakInterpolator.exhaustivePeak(samples));
        }
    }

    @Test
    void fastHalfWayPointsAreThoseOfTheKernel() {
        int count = 900;
        float[] samples = Signals.noise(count + TruePeakInterpolator.TAPS - 1, 1.0, 77);
        float[] fast = new float[count];
        PeakSearch.halves(samples, new double[count], fast, count);
        for (int i = 0; i < count; i++) {
            // Single precision, in another order: 128 roundings of 6e-8 at most.
            assertThat(fast[i]).isCloseTo(TruePeakInterpolator.at(samples, i, 16), within(2e-6f));
        }
    }

    @Test
    void readsSinesUpTo20KilohertzWithinAHundredth() throws IOException {
        for (double frequency : new double[] {997, 5_003, 11_025, 14_700.3, 18_011, 19_999}) {
            float[] samples = faded(Signals.tones(RATE_HZ, frequency, Signals.tone(0.5, -3)));
            double dbtp = Signals.truePeak(new AudioClip(RATE_HZ, samples)).truePeakDbtp();
            assertThat(dbtp).as("%f Hz", frequency).isCloseTo(-3.0, within(0.01));
        }
    }

    @Test
    void kernelIsFlatAndStopsByAHundredDecibels() {
        float[][] phases = TruePeakInterpolator.phases();
        for (double f = 0.0; f <= 20_000.0; f += 250.0) {
            assertThat(kernelDb(phases, f / RATE_HZ)).as("%f Hz", f).isCloseTo(0.0, within(0.001));
        }
        for (double f = 0.526; f <= 15.0; f += 0.0137) {
            assertThat(kernelDb(phases, f)).as("%f of the rate", f).isLessThan(-98.0);
        }
    }

    @Test
    void neverBelowTheSamplePeak() throws IOException {
        for (long seed = 1; seed <= 10; seed++) {
            var meter = Signals.truePeak(new AudioClip(RATE_HZ, Signals.noise(5000, 1.0, seed)));
            assertThat(meter.truePeak(0)).isGreaterThanOrEqualTo(meter.samplePeak(0));
        }
    }

    @Test
    void blockSizeChangesNothing() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 2.0, 5);
        var whole = Signals.truePeak(clip);
        for (int longest : new int[] {1, 17, 441, 5000}) {
            var meter = new TruePeakMeter(clip.format());
            Signals.play(clip, meter, longest);
            meter.finish();
            for (int c = 0; c < 2; c++) {
                assertThat(meter.truePeak(c)).isEqualTo(whole.truePeak(c));
                assertThat(meter.peakFrame(c)).isEqualTo(whole.peakFrame(c));
            }
        }
    }

    @Test
    void tellsWhereThePeakIs() throws IOException {
        float[] samples = new float[10_000];
        samples[7_000] = 0.5f;
        samples[7_001] = 0.5f;
        var meter = Signals.truePeak(new AudioClip(RATE_HZ, samples));
        assertThat(meter.peakFrame(0)).isEqualTo(7_000.5);
        assertThat(meter.truePeak(0)).isCloseTo(2.0 / Math.PI, within(0.001));
        assertThat(meter.samplePeak(0)).isEqualTo(0.5);
    }

    @Test
    void seesPeaksBeforeTheFirstAndAfterTheLastSample() throws IOException {
        float[] samples = {0.5f, -0.5f, 0.5f, -0.5f, 0.5f, -0.5f};
        var meter = Signals.truePeak(new AudioClip(RATE_HZ, samples));
        assertThat((float) meter.truePeak())
                .isEqualTo(TruePeakInterpolator.exhaustivePeak(samples));
        assertThat(meter.peakFrame(0)).isBetween(-1.0, 6.0);
    }

    @Test
    void silenceIsUndefinedAndNonFiniteSamplesAreSilence() throws IOException {
        var silent = Signals.truePeak(new AudioClip(RATE_HZ, new float[3000]));
        assertThat(silent.truePeakDbtp()).isNaN();
        assertThat(silent.peakFrame(0)).isNaN();
        float[] poisoned = new float[3000];
        poisoned[10] = 0.25f;
        poisoned[1000] = Float.NaN;
        poisoned[2000] = Float.NEGATIVE_INFINITY;
        assertThat(Signals.truePeak(new AudioClip(RATE_HZ, poisoned)).truePeak()).isEqualTo(0.25);
    }

    @Test
    void refusesAudioAfterTheEnd() {
        var meter = new TruePeakMeter(new StreamFormat(RATE_HZ, 1));
        meter.finish();
        meter.finish();
        assertThatThrownBy(() -> meter.write(new AudioBlock(1, 16)))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Regimes: noise, square-like, near Nyquist, sparse clicks, clipped, tiny, with steps. */
    private static float[] hostile(long seed) {
        var random = new SplittableRandom(seed);
        int frames = 700 + random.nextInt(2500);
        float[] samples = Signals.noise(frames, 1.0, seed);
        double frequency = random.nextDouble() * 0.5;
        for (int i = 0; i < frames; i++) {
            double tone = Math.sin(2.0 * Math.PI * frequency * i + seed);
            samples[i] =
                    switch ((int) (seed % 8)) {
                        case 0 -> samples[i];
                        case 1 -> Math.signum(samples[i]);
                        case 2 -> (float) Math.sin(2.0 * Math.PI * (0.49 + 1e-5 * i) * i);
                        case 3 -> random.nextInt(50) == 0 ? samples[i] : 0f;
                        case 4 -> (float) Math.max(-0.5, Math.min(0.5, 2.0 * tone));
                        case 5 -> 1e-7f * samples[i];
                        case 6 -> (float) (tone * i / frames + 0.1 * samples[i]);
                        default -> (float) tone;
                    };
        }
        return samples;
    }

    private static float[] faded(float[] samples) {
        int fade = RATE_HZ / 20;
        for (int i = 0; i < fade; i++) {
            samples[i] *= (float) i / fade;
            samples[samples.length - 1 - i] *= (float) i / fade;
        }
        return samples;
    }

    /** Magnitude of the kernel as one filter at 32 times the rate; frequency in cycles a frame. */
    private static double kernelDb(float[][] phases, double frequency) {
        double re = 0.0;
        double im = 0.0;
        for (int p = 0; p < 32; p++) {
            for (int k = 0; k < TruePeakInterpolator.TAPS; k++) {
                double time = k - TruePeakInterpolator.LEAD - p / 32.0;
                double angle = 2.0 * Math.PI * frequency * time;
                re += phases[p][k] * Math.cos(angle) / 32.0;
                im += phases[p][k] * Math.sin(angle) / 32.0;
            }
        }
        return 20.0 * Math.log10(Math.hypot(re, im));
    }
}
