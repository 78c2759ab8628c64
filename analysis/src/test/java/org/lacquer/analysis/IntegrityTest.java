// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.Arrays;

/** Known signals, and what must be read from them. */
class IntegrityTest {
    private static final int RATE_HZ = 44_100;

    @Test
    void cleanMusicHasNoFaults() throws IOException {
        Integrity clean = measure(Signals.musicLike(RATE_HZ, 20.0, 1));
        assertThat(clean.tops().flatRuns()).isZero();
        assertThat(clean.tops().limitedShare()).isLessThan(0.05);
        assertThat(clean.depth()).isEqualTo(new Integrity.Depth(32, 0));
        assertThat(clean.hum().harmonics()).isZero();
        assertThat(clean.clicks().count()).isZero();
        assertThat(clean.silence().count()).isZero();
        assertThat(clean.highs().cutoffHz()).isNaN();
        assertThat(clean.lows().infrasonicDb()).isLessThan(-20.0);
    }

    @Test
    void blocksOfAnyLengthGiveTheSame() throws IOException {
        for (int rate : new int[] {44_100, 48_000, 22_050}) {
            AudioClip clip = Signals.musicLike(rate, 7.3, 2);
            Integrity whole = measure(clip);
            for (int longest : new int[] {1, 617, 5000}) {
                var meter = new IntegrityMeter(clip.format());
                Signals.play(clip, meter, longest);
                assertThat(meter.finish(null)).isEqualTo(whole);
            }
        }
    }

    /** The spectrum of a telephone ends below what is looked at in pauses. */
    @Test
    void quietTelephoneIsMeasured() throws IOException {
        AudioClip clip = Signals.musicLike(8_000, 3.0, 4);
        for (int c = 0; c < 2; c++) {
            float[] samples = clip.channel(c);
            for (int i = 0; i < samples.length; i++) {
                samples[i] *= 0.02f;
            }
        }
        assertThat(measure(clip).noise().floorDbfs()).isBetween(-90.0, -40.0);
    }

    @Test
    void clippedAndTurnedDownIsFound() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 10.0, 3);
        for (int c = 0; c < 2; c++) {
            float[] samples = clip.channel(c);
            for (int i = 0; i < samples.length; i++) {
                samples[i] = 0.4f * Math.max(-0.4f, Math.min(0.4f, samples[i]));
            }
        }
        Integrity.Tops tops = measure(clip).tops();
        assertThat(tops.flatRuns()).isGreaterThan(100);
        assertThat(tops.flatDbfs()).isCloseTo(-15.92, within(0.01));
        assertThat(tops.firstFlatSeconds()).isBetween(0.0, 0.1);
    }

    @Test
    void roundTopsAreNotFlat() throws IOException {
        // 30 Hz in 16 bits: five equal samples at every peak.
        float[] samples = Signals.tones(RATE_HZ, 30.0, Signals.tone(10, -6));
        quantize(samples, 16);
        assertThat(measure(new AudioClip(RATE_HZ, samples)).tops().flatRuns()).isZero();
    }

    @Test
    void limitedMusicTouchesItsTop() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 10.0, 3);
        for (int c = 0; c < 2; c++) {
            float[] samples = clip.channel(c);
            for (int i = 0; i < samples.length; i++) {
                samples[i] = Math.max(-0.1f, Math.min(0.1f, samples[i]));
            }
        }
        assertThat(measure(clip).tops().limitedShare()).isGreaterThan(0.3);
    }

    @Test
    void usedBitsAreCounted() throws IOException {
        for (int bits : new int[] {8, 12, 16, 20, 24}) {
            float[] samples = Signals.noise(RATE_HZ, 0.5, 4);
            quantize(samples, bits);
            assertThat(measure(new AudioClip(RATE_HZ, samples)).depth().usedBits()).isEqualTo(bits);
        }
        float[] tiny = {1e-39f, 0f, -1e-40f, 0.5f, -0f, Float.MIN_NORMAL};
        assertThat(measure(new AudioClip(RATE_HZ, tiny)).depth())
                .isEqualTo(new Integrity.Depth(32, 2));
        assertThat(measure(new AudioClip(RATE_HZ, new float[RATE_HZ])).depth().usedBits()).isZero();
    }

    @Test
    void noiseInPausesIsMeasured() throws IOException {
        for (double level : new double[] {-50.0, -70.0}) {
            AudioClip clip = Signals.musicLike(RATE_HZ, 20.0, 5);
            float[] noise =
                    Signals.noise(clip.frames(), Math.sqrt(3.0) * Math.pow(10, level / 20), 6);
            for (int c = 0; c < 2; c++) {
                float[] samples = clip.channel(c);
                Arrays.fill(samples, 8 * RATE_HZ, 10 * RATE_HZ, 0f);
                for (int i = 0; i < samples.length; i++) {
                    samples[i] += noise[i];
                }
            }
            Integrity.Noise read = measure(clip).noise();
            assertThat(read.gapDbfs()).isCloseTo(level, within(0.2));
            assertThat(read.gapSeconds()).isBetween(7.9, 9.6);
            assertThat(read.floorDbfs()).isCloseTo(level, within(0.3));
        }
    }

    @Test
    void quietMusicIsNoNoise() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 20.0, 5);
        float[] quiet = Signals.tones(RATE_HZ, 1234.0, Signals.tone(2.0, -48.0));
        System.arraycopy(quiet, 0, clip.channel(0), 8 * RATE_HZ, quiet.length);
        System.arraycopy(quiet, 0, clip.channel(1), 8 * RATE_HZ, quiet.length);
        assertThat(measure(clip).noise().gapDbfs()).isNaN();
    }

    @Test
    void humIsFoundWithItsFrequency() throws IOException {
        for (double mains : new double[] {50.0, 49.93, 60.0, 60.05}) {
            AudioClip clip = paused(48_000, 24.0);
            for (int h = 1; h <= 5; h++) {
                addTone(clip, h * mains, 0.002 / h);
            }
            Integrity.Hum hum = measure(clip).hum();
            assertThat(hum.frequencyHz()).isCloseTo(mains, within(0.03));
            assertThat(hum.harmonics()).isBetween(3, 5);
            assertThat(hum.prominenceDb()).isGreaterThan(12.0);
        }
    }

    @Test
    void bassNotesAreNoHum() throws IOException {
        // G1 with its harmonics all along, a tone that drifts, and two lines are too few.
        AudioClip bass = paused(RATE_HZ, 24.0);
        for (int h = 1; h <= 8; h++) {
            addTone(bass, h * 48.9994, 0.01);
        }
        assertThat(measure(bass).hum().harmonics()).isZero();
        AudioClip two = paused(RATE_HZ, 24.0);
        addTone(two, 50.0, 0.01);
        addTone(two, 100.0, 0.01);
        assertThat(measure(two).hum().harmonics()).isZero();
    }

    @Test
    void powerAtTheLowerEndIsInRightProportion() throws IOException {
        int frames = 20 * RATE_HZ;
        AudioClip clip = new AudioClip(RATE_HZ, new float[frames], new float[frames]);
        addTone(clip, 10.0, 0.01);
        addTone(clip, 30.0, 0.1);
        addTone(clip, 80.0, 0.05);
        addTone(clip, 4000.0, 0.2);
        Integrity.Lows lows = measure(clip).lows();
        double all = 0.01 * 0.01 + 0.1 * 0.1 + 0.05 * 0.05 + 0.2 * 0.2;
        assertThat(lows.infrasonicDb()).isCloseTo(10 * Math.log10(1e-4 / all), within(0.1));
        assertThat(lows.subToBassDb()).isCloseTo(6.02, within(0.1));
    }

    @Test
    void clicksAreCounted() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 10.0, 8);
        for (int second : new int[] {3, 5, 8}) {
            clip.channel(0)[second * RATE_HZ + 15_000] += 0.5f;
        }
        Integrity.Clicks clicks = measure(clip).clicks();
        assertThat(clicks.count()).isEqualTo(3);
        assertThat(clicks.firstSeconds()).isCloseTo(3.34, within(0.01));
    }

    @Test
    void drumsAreNoClicks() throws IOException {
        // Bursts of noise that start at once, over silence and over a tone.
        float[] samples = Signals.noise(10 * RATE_HZ, 0.8, 9);
        for (int i = 0; i < samples.length; i++) {
            double time = i % (RATE_HZ / 2) / (double) RATE_HZ;
            double tone = i > 5 * RATE_HZ ? 0.2 * Math.sin(2 * Math.PI * 110 * i / RATE_HZ) : 0.0;
            samples[i] = (float) (samples[i] * Math.exp(-30.0 * time) + tone);
        }
        assertThat(measure(new AudioClip(RATE_HZ, samples)).clicks().count()).isZero();
    }

    @Test
    void endsAreMeasured() throws IOException {
        float[] tone = Signals.tones(RATE_HZ, 441.0, Signals.tone(2.0, -20.0));
        tone[0] = 0.1f;
        Integrity.Ends ends = measure(new AudioClip(RATE_HZ, new float[tone.length], tone)).ends();
        assertThat(ends.startDbfs()).isCloseTo(-20.0, within(0.01));
        assertThat(ends.endDbfs()).isCloseTo(-23.01, within(0.05));
        Arrays.fill(tone, tone.length - 3000, tone.length, 0f);
        tone[0] = 0f;
        Integrity.Ends silent =
                measure(new AudioClip(RATE_HZ, new float[tone.length], tone)).ends();
        assertThat(silent.startDbfs()).isNegative().isInfinite();
        assertThat(silent.endDbfs()).isNegative().isInfinite();
    }

    @Test
    void silenceInsideIsFoundToTheFrame() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 12.0, 10);
        Arrays.fill(clip.channel(0), 200_000, 200_000 + 2 * RATE_HZ, 0f);
        Arrays.fill(clip.channel(1), 200_000, 200_000 + 2 * RATE_HZ, 0f);
        Arrays.fill(clip.channel(1), 10 * RATE_HZ, 12 * RATE_HZ, 0f);
        Integrity.Silence silence = measure(clip).silence();
        assertThat(silence).isEqualTo(new Integrity.Silence(1, 200_000.0 / RATE_HZ, 2.0));
        clip.channel(1)[200_000] = 1e-7f;
        assertThat(measure(clip).silence().count()).isZero();
    }

    @Test
    void wallIsFoundInMostWindows() throws IOException {
        AudioClip walled = lowPassed(RATE_HZ, 16_000.0);
        Integrity.Highs highs = measure(walled).highs();
        assertThat(highs.cutoffHz()).isCloseTo(16_000.0, within(300.0));
        assertThat(highs.cutoffShare()).isGreaterThan(0.95);
        assertThat(highs.cutoffSteadiness()).isGreaterThan(0.95);
        assertThat(highs.shelfShare()).isGreaterThan(0.9);
        assertThat(highs.ultrasonicDb()).isNaN();
    }

    @Test
    void upsampledMusicHasNothingAbove() throws IOException {
        Integrity.Highs native96 = measure(Signals.musicLike(96_000, 5.0, 11)).highs();
        assertThat(native96.ultrasonicDb()).isGreaterThan(-60.0);
        assertThat(native96.ultrasonicStepDb()).isLessThan(10.0);
        Integrity.Highs upsampled = measure(lowPassed(96_000, 21_500.0)).highs();
        assertThat(upsampled.ultrasonicStepDb()).isGreaterThan(50.0);
    }

    @Test
    void severalChannelsAndSilenceAreNoTrouble() throws IOException {
        float[] music = Signals.musicLike(RATE_HZ, 4.0, 12).channel(0);
        Integrity six = measure(new AudioClip(RATE_HZ, music, music, music, music, music, music));
        assertThat(six.clicks().count()).isZero();
        assertThat(six.depth().usedBits()).isEqualTo(32);
        Integrity silent = measure(new AudioClip(RATE_HZ, new float[5 * RATE_HZ]));
        assertThat(silent.noise().floorDbfs()).isNaN();
        assertThat(silent.lows().infrasonicDb()).isNaN();
        assertThat(silent.highs().cutoffHz()).isNaN();
        var empty = new IntegrityMeter(new StreamFormat(RATE_HZ, 2));
        assertThat(empty.finish(null).ends().endDbfs()).isNaN();
    }

    private static Integrity measure(AudioClip clip) throws IOException {
        var meter = new IntegrityMeter(clip.format());
        Signals.play(clip, meter);
        return meter.finish(null);
    }

    /** Music that pauses for a third of its time, with a little noise. */
    private static AudioClip paused(int rate, double seconds) {
        AudioClip clip = Signals.musicLike(rate, seconds, 7);
        float[] noise = Signals.noise(clip.frames(), 3e-4, 14);
        for (int c = 0; c < 2; c++) {
            float[] samples = clip.channel(c);
            Arrays.fill(samples, clip.frames() / 4, clip.frames() * 3 / 5, 0f);
            for (int i = 0; i < samples.length; i++) {
                samples[i] += noise[i];
            }
        }
        return clip;
    }

    private static void addTone(AudioClip clip, double frequencyHz, double amplitude) {
        double step = 2.0 * Math.PI * frequencyHz / clip.format().sampleRateHz();
        for (int i = 0; i < clip.frames(); i++) {
            float x = (float) (amplitude * Math.sin(step * i));
            clip.channel(0)[i] += x;
            clip.channel(1)[i] += x;
        }
    }

    private static void quantize(float[] samples, int bits) {
        float steps = 1 << (bits - 1);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.round(samples[i] * steps) / steps;
        }
    }

    /** Noise with beats, through a windowed sinc, the way a codec or a resampler cuts it. */
    private static AudioClip lowPassed(int rate, double cutoffHz) {
        float[] noise = Signals.noise(6 * rate, 0.5, 13);
        int half = 200;
        double[] taps = new double[2 * half + 1];
        for (int i = -half; i <= half; i++) {
            double x = 2.0 * cutoffHz / rate * i;
            double sinc = i == 0 ? 1.0 : Math.sin(Math.PI * x) / (Math.PI * x);
            double angle = Math.PI * i / (half + 1);
            double window = 0.42 + 0.5 * Math.cos(angle) + 0.08 * Math.cos(2.0 * angle);
            taps[i + half] = 2.0 * cutoffHz / rate * sinc * window;
        }
        float[] samples = new float[noise.length];
        for (int i = half; i < noise.length - half; i++) {
            double sum = 0.0;
            for (int t = 0; t < taps.length; t++) {
                sum += taps[t] * noise[i + t - half];
            }
            samples[i] = (float) sum;
        }
        return new AudioClip(rate, samples);
    }
}
