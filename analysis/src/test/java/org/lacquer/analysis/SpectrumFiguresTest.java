// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Progress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

class SpectrumFiguresTest {
    private static final int RATE_HZ = 44_100;

    @Test
    void sixthOctavesHalveTheThirds() {
        for (int b = 0; b < ThirdOctaves.COUNT; b++) {
            assertThat(SixthOctaves.lowerEdgeHz(2 * b))
                    .isCloseTo(ThirdOctaves.lowerEdgeHz(b), within(1e-9 * 20_000));
            assertThat(SixthOctaves.lowerEdgeHz(2 * b + 1))
                    .isCloseTo(ThirdOctaves.centreHz(b), within(1e-9 * 20_000));
        }
        // IEC 61260-1, even fraction: 1 kHz is an edge, not a centre.
        assertThat(SixthOctaves.centreHz(33)).isCloseTo(1059.25, within(0.01));
    }

    /** Bands this narrow need every one of the three transforms. */
    @Test
    void toneReadsItsPowerInItsOwnSixthOctave() throws IOException {
        for (int band : new int[] {0, 5, 17, 18, 35, 36, 58}) {
            double hz = SixthOctaves.centreHz(band);
            float[] samples = Signals.tones(RATE_HZ, hz, Signals.tone(5, -12));
            List<Double> levels = spectrum(stereo(samples)).sixthLevelsDbfs();
            assertThat(levels.get(band)).as("%.1f Hz", hz).isCloseTo(-15.01, within(0.15));
            for (int other = 0; other < SixthOctaves.COUNT; other++) {
                // The neighbours see the skirt of the window; two bands on there is little left.
                double most = Math.abs(other - band) == 1 ? -30.0 : -50.0;
                if (other != band) {
                    assertThat(levels.get(other))
                            .as("band %d for %.1f Hz", other, hz)
                            .isLessThan(most);
                }
            }
        }
    }

    @Test
    void pinkNoiseIsEvenInSixthOctaves() throws IOException {
        Spectrum spectrum = spectrum(stereo(pink(RATE_HZ * 40, 3)));
        double mean =
                spectrum.sixthLevelsDbfs().stream().mapToDouble(x -> x).average().orElseThrow();
        for (int b = 0; b < SixthOctaves.COUNT; b++) {
            // The variance of a band falls with its width and with time; the filter behind the
            // noise is itself within 0.3 dB between 20 Hz and 18 kHz.
            double tolerance = b < 6 ? 2.5 : b < 20 ? 1.5 : 0.5;
            if (SixthOctaves.centreHz(b) < 18_000.0) {
                assertThat(spectrum.sixthLevelsDbfs().get(b))
                        .as("%.1f Hz", SixthOctaves.centreHz(b))
                        .isCloseTo(mean, within(tolerance));
            }
        }
        assertThat(spectrum.tiltDbPerOctave()).isCloseTo(0.0, within(0.1));
        // Geometric over arithmetic mean of 1 / f from 20 Hz to 20 kHz is e / ln(1000) = 0.39; the
        // lowest bins see what lies below.
        assertThat(spectrum.shape().flatness()).isCloseTo(0.35, within(0.03));
    }

    @Test
    void sixthOctavesAddUpToTheThirds() throws IOException {
        for (AudioClip clip : List.of(stereo(pink(RATE_HZ * 8, 1)), withSilence())) {
            Spectrum spectrum = spectrum(clip);
            // Below, the thirds are as coarse as their bins; at the splits two transforms meet.
            for (int b = 9; b < ThirdOctaves.COUNT; b++) {
                double sum =
                        Math.pow(10.0, spectrum.sixthLevelsDbfs().get(2 * b) / 10.0)
                                + Math.pow(10.0, spectrum.sixthLevelsDbfs().get(2 * b + 1) / 10.0);
                assertThat(10.0 * Math.log10(sum))
                        .as("%.0f Hz", ThirdOctaves.nominalHz(b))
                        .isCloseTo(spectrum.levelsDbfs().get(b), within(b < 18 ? 0.3 : 1e-5));
            }
        }
    }

    @Test
    void everyRateReadsTheSameSixths() throws IOException {
        List<Double> at48 = spectrum(tones(48_000)).sixthLevelsDbfs();
        for (int rate : new int[] {44_100, 88_200, 96_000, 192_000}) {
            List<Double> other = spectrum(tones(rate)).sixthLevelsDbfs();
            for (int b = 0; b < 56; b += 4) {
                assertThat(other.get(b))
                        .as("%.1f Hz at %d Hz", SixthOctaves.centreHz(b), rate)
                        .isCloseTo(at48.get(b), within(0.1));
            }
        }
    }

    @Test
    void whiteNoiseHasTheShapeOfWhiteNoise() throws IOException {
        SpectralShape shape = spectrum(stereo(Signals.noise(RATE_HZ * 10, 0.5, 5))).shape();
        // Magnitudes are even from 20 Hz to 20 kHz.
        assertThat(shape.centroidHz()).isCloseTo(10_010, within(60.0));
        assertThat(shape.rollOff85Hz()).isCloseTo(17_000, within(60.0));
        assertThat(shape.rollOff95Hz()).isCloseTo(19_000, within(60.0));
        assertThat(shape.flatness()).isCloseTo(1.0, within(0.01));
    }

    @Test
    void toneHasTheShapeOfATone() throws IOException {
        SpectralShape shape =
                spectrum(stereo(Signals.tones(RATE_HZ, 3000.0, Signals.tone(4, -6)))).shape();
        // The skirt of the window weighs a little.
        assertThat(shape.centroidHz()).isCloseTo(3000, within(15.0));
        assertThat(shape.rollOff85Hz()).isCloseTo(3000, within(60.0));
        assertThat(shape.flatness()).isLessThan(1e-3);
    }

    @Test
    void balanceIsTheLevelOfWideBandsAtEqualLoudness() throws IOException {
        // 997 Hz reads its peak level in LUFS on both channels, and 3.01 dB less as power.
        AudioClip low = stereo(Signals.tones(RATE_HZ, 997.0, Signals.tone(6, -30)));
        TonalBalance balance = spectrum(low).balance();
        assertThat(balance.lowMidDb()).isCloseTo(-23.01, within(0.05));
        assertThat(balance.lowDb()).isLessThan(-60.0);
        assertThat(balance.highMidDb()).isLessThan(-60.0);
        assertThat(balance.highDb()).isLessThan(-60.0);
        AudioClip one = new AudioClip(RATE_HZ, low.channel(0));
        assertThat(spectrum(one).balance().lowMidDb()).isCloseTo(-23.01, within(0.05));
        TonalBalance pink = spectrum(stereo(pink(RATE_HZ * 20, 4))).balance();
        // 3.5, 3, 2 and 1.33 octaves.
        assertThat(pink.lowDb() - pink.lowMidDb()).isCloseTo(0.67, within(0.4));
        assertThat(pink.highMidDb() - pink.lowMidDb()).isCloseTo(-1.76, within(0.3));
        assertThat(pink.highDb() - pink.lowMidDb()).isCloseTo(-3.52, within(0.3));
    }

    @Test
    void gainMovesLevelsAndLeavesShapes() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 14.0, 6);
        Spectrum before = spectrum(clip);
        Spectrum after = spectrum(Signals.scaled(clip, 0.1));
        for (int b = 0; b < SixthOctaves.COUNT; b++) {
            assertThat(after.sixthLevelsDbfs().get(b))
                    .isCloseTo(before.sixthLevelsDbfs().get(b) - 20.0, within(1e-5));
        }
        assertThat(after.shape().centroidHz()).isCloseTo(before.shape().centroidHz(), within(1e-4));
        assertThat(after.shape().rollOff95Hz())
                .isCloseTo(before.shape().rollOff95Hz(), within(1e-2));
        assertThat(after.shape().flatness()).isCloseTo(before.shape().flatness(), within(1e-6));
        assertThat(after.balance().lowDb()).isCloseTo(before.balance().lowDb(), within(1e-5));
        assertThat(after.balance().highDb()).isCloseTo(before.balance().highDb(), within(1e-5));
    }

    @Test
    void swappedChannelsHaveTheSameSpectrum() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 14.0, 7);
        assertThat(spectrum(Signals.swapped(clip)).sixthLevelsDbfs())
                .isEqualTo(spectrum(clip).sixthLevelsDbfs());
    }

    @Test
    void shortStreamsAreReadFromShorterWindows() throws IOException {
        for (double seconds : new double[] {0.1, 0.5, 1.2}) {
            Spectrum spectrum = spectrum(stereo(pink((int) (RATE_HZ * seconds), 8)));
            assertThat(spectrum.sixthLevelsDbfs()).hasSize(60).allMatch(x -> x > -60.0);
            assertThat(spectrum.shape().centroidHz()).isBetween(1_000.0, 10_000.0);
            assertThat(spectrum.resonances()).isEmpty();
        }
        assertThat(spectrum(stereo(new float[10]))).isEqualTo(Spectrum.NONE);
        // Shorter than 400 ms has no loudness to be equal at.
        assertThat(spectrum(stereo(pink(4410, 8))).balance().lowDb()).isNaN();
    }

    @Test
    void corridorTellsWhichBandsAreOutside() throws IOException {
        AudioClip clip = stereo(pink(RATE_HZ * 10, 9));
        Analysis analysis = analysis(clip);
        List<Double> mean = new ArrayList<>();
        for (double level : analysis.spectrum().levelsDbfs()) {
            mean.add(level - 20.0 - analysis.loudness().integratedLufs());
        }
        List<Double> spread = new ArrayList<>(Collections.nCopies(30, 1.0));
        TonalCorridor same = new TonalCorridor(mean, spread);
        assertThat(same.compare(analysis).outside()).isEmpty();
        assertThat(same.compare(analysis(Signals.scaled(clip, 0.2))).outside()).isEmpty();
        mean.set(16, mean.get(16) - 3.0);
        mean.set(20, mean.get(20) + 1.5);
        spread.set(20, 0.25);
        TonalCorridor.Comparison comparison = new TonalCorridor(mean, spread).compare(analysis);
        assertThat(comparison.outside()).hasSize(2);
        TonalCorridor.Band kilohertz = comparison.outside().getFirst();
        assertThat(kilohertz.lowHz()).isCloseTo(891.25, within(0.01));
        assertThat(kilohertz.highHz()).isCloseTo(1122.02, within(0.01));
        assertThat(kilohertz.differenceDb()).isCloseTo(3.0, within(1e-9));
        assertThat(kilohertz.outsideDb()).isCloseTo(2.0, within(1e-9));
        assertThat(comparison.outside().getLast().outsideDb()).isCloseTo(-1.25, within(1e-9));
        // 250 to 2000 Hz is nine thirds, and half of the thirds on its edges.
        assertThat(comparison.wide()).hasSize(4);
        assertThat(comparison.wide().get(1).differenceDb()).isCloseTo(3.0 / 9.0, within(1e-9));
        assertThat(comparison.wide().get(2).differenceDb()).isCloseTo(-1.5 / 6.0, within(1e-9));
        assertThat(comparison.wide().get(0).outsideDb()).isZero();
    }

    @Test
    void corridorLeavesOutWhatTheRateCannotHold() throws IOException {
        float[] noise = Signals.noise(16_000 * 5, 0.5, 10);
        TonalCorridor corridor =
                new TonalCorridor(Collections.nCopies(30, -30.0), Collections.nCopies(30, 3.0));
        TonalCorridor.Comparison comparison =
                corridor.compare(analysis(new AudioClip(16_000, noise)));
        assertThat(comparison.thirds().get(24).levelDb()).isFinite();
        assertThat(comparison.thirds().get(26).levelDb()).isNaN();
        assertThat(comparison.thirds().get(26).outsideDb()).isZero();
        assertThat(comparison.wide().get(3).levelDb()).isNaN();
        Analysis silence = analysis(stereo(new float[RATE_HZ * 4]));
        assertThat(corridor.compare(silence).outside()).isEmpty();
        assertThatThrownBy(() -> new TonalCorridor(List.of(1.0), List.of(1.0)))
                .hasMessage("meanDb and spreadDb must have 30 bands, got 1 and 1");
    }

    private static Analysis analysis(AudioClip clip) throws IOException {
        return Analyzer.analyze(clip.source(), Figures.ALL, Progress.NONE);
    }

    private static Spectrum spectrum(AudioClip clip) throws IOException {
        return analysis(clip).spectrum();
    }

    private static AudioClip stereo(float[] samples) {
        return new AudioClip(RATE_HZ, samples, samples);
    }

    /** Half of it digital silence: the gate must make up for it. */
    private static AudioClip withSilence() {
        float[] samples = pink(RATE_HZ * 12, 2);
        Arrays.fill(samples, 5 * RATE_HZ, 10 * RATE_HZ, 0f);
        return stereo(samples);
    }

    /** A tone in every fourth sixth octave. */
    private static AudioClip tones(int rate) {
        float[] samples = new float[rate * 5];
        for (int b = 0; b < 56; b += 4) {
            double hz = SixthOctaves.centreHz(b);
            for (int i = 0; i < samples.length; i++) {
                samples[i] += (float) (0.03 * Math.sin(2.0 * Math.PI * hz * i / rate + b));
            }
        }
        return new AudioClip(rate, samples);
    }

    /**
     * White noise through Kellet's filter ("refined"), which is pink within 0.05 dB above 9 Hz at
     * 44.1 kHz but for the last half octave.
     */
    static float[] pink(int frames, long seed) {
        float[] samples = Signals.noise(frames, 0.1, seed);
        double[] poles = {0.99886, 0.99332, 0.96900, 0.86650, 0.55000, -0.7616};
        double[] gains = {0.0555179, 0.0750759, 0.1538520, 0.3104856, 0.5329522, -0.0168980};
        double[] states = new double[6];
        double last = 0.0;
        for (int i = 0; i < frames; i++) {
            double white = samples[i];
            double sum = last + 0.5362 * white;
            for (int p = 0; p < 6; p++) {
                states[p] = poles[p] * states[p] + gains[p] * white;
                sum += states[p];
            }
            last = 0.115926 * white;
            samples[i] = (float) sum;
        }
        return samples;
    }
}
