// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.AudioSource;
import org.lacquer.audio.Progress;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

class AnalyzerTest {
    private static final int RATE_HZ = 44_100;

    @Test
    void agreesWithTheMeters() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 8.0, 1);
        Analysis analysis = all(clip);
        var peaks = Signals.truePeak(clip);
        assertThat(analysis.loudness()).isEqualTo(Signals.loudness(clip));
        assertThat(analysis.peaks().truePeakDbtp()).isEqualTo(peaks.truePeakDbtp());
        assertThat(analysis.dynamics().plrDb())
                .isEqualTo(peaks.truePeakDbtp() - analysis.loudness().integratedLufs());
        assertThat(analysis.durationSeconds()).isEqualTo(8.0);
        assertThat(analysis.sampleRateHz()).isEqualTo(RATE_HZ);
        assertThat(analysis.channels()).isEqualTo(2);
        assertThat(analysis.nonFiniteSamples()).isZero();
        assertThat(analysis.firstNonFiniteSeconds()).isNaN();
    }

    @Test
    void sourceBlocksOfAnySizeGiveTheSameAnalysis() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 5.0, 2);
        Analysis whole = all(clip);
        for (int size : new int[] {1, 37, 1024, 5000}) {
            assertThat(Analyzer.analyze(trickle(clip, size), Figures.ALL, Progress.NONE))
                    .isEqualTo(whole);
        }
    }

    @Test
    void loudnessFiguresAreTheSameWithoutTheRest() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 5.0, 3);
        Analysis all = all(clip);
        Analysis some = Analyzer.analyze(clip.source(), Figures.LOUDNESS, Progress.NONE);
        assertThat(some.loudness()).isEqualTo(all.loudness());
        assertThat(some.peaks()).isEqualTo(all.peaks());
        assertThat(some.dynamics().psrDb()).isEqualTo(all.dynamics().psrDb());
        assertThat(some.features()).isNull();
        assertThat(some.spectrum()).isEqualTo(Spectrum.NONE);
        assertThat(some.dynamics().dr14()).isNaN();
    }

    @Test
    void peakToShortTermRatioOfASteadySineIsItsCrest() throws IOException {
        // Peak -6; loudness of 997 Hz on both channels is the peak level.
        AudioClip clip = stereo(Signals.tones(RATE_HZ, 997, Signals.tone(6, -6)));
        Dynamics dynamics = all(clip).dynamics();
        assertThat(dynamics.psrMinDb()).isCloseTo(0.0, within(0.02));
        assertThat(dynamics.psrMedianDb()).isCloseTo(0.0, within(0.02));
        assertThat(dynamics.plrDb()).isCloseTo(0.0, within(0.02));
    }

    @Test
    void thirdOctavesFindASineAndItsLevel() throws IOException {
        for (int rate : Signals.RATES_HZ) {
            float[] samples = Signals.tones(rate, 1000, Signals.tone(3, -12));
            Spectrum spectrum = all(new AudioClip(rate, samples, samples)).spectrum();
            int band = spectrum.centresHz().indexOf(1000.0);
            assertThat(spectrum.levelsDbfs().get(band)).isCloseTo(-15.01, within(0.02));
            assertThat(spectrum.levelsDbfs().get(band + 3)).isLessThan(-60.0);
            assertThat(spectrum.sideLevelsDbfs().get(band)).isLessThan(-130.0);
        }
    }

    @Test
    void whiteNoiseTiltsUpThreeDecibelsAnOctave() throws IOException {
        float[] left = Signals.noise(RATE_HZ * 6, 0.3, 8);
        float[] right = Signals.noise(RATE_HZ * 6, 0.3, 9);
        Analysis analysis = all(new AudioClip(RATE_HZ, left, right));
        assertThat(analysis.spectrum().tiltDbPerOctave()).isCloseTo(3.01, within(0.1));
        assertThat(analysis.spectrum().bandwidthHz()).isGreaterThan(21_000);
        assertThat(analysis.spectrum().edgeDropDb()).isLessThan(5.0);
        assertThat(analysis.stereo().widthDb()).isCloseTo(0.0, within(0.2));
        assertThat(analysis.stereo().correlation()).isCloseTo(0.0, within(0.02));
        // (1 + ρ) / 2 with ρ = 0 is -3.01 dB.
        assertThat(analysis.stereo().monoLossLu()).isCloseTo(3.01, within(0.1));
        for (StereoImage.Band band : analysis.stereo().bands()) {
            assertThat(band.correlation()).as("%f Hz", band.lowHz()).isCloseTo(0.0, within(0.12));
        }
    }

    @Test
    void correlationAndWidthFollowTheFormula() throws IOException {
        // R = 0.8 L + 0.6 N has a correlation of 0.8 and S/M = 0.2 / 1.8 = -9.54 dB.
        float[] left = Signals.noise(RATE_HZ * 5, 0.4, 10);
        float[] other = Signals.noise(RATE_HZ * 5, 0.4, 11);
        float[] right = new float[left.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = (float) (0.8 * left[i] + 0.6 * other[i]);
        }
        StereoImage stereo = all(new AudioClip(RATE_HZ, left, right)).stereo();
        assertThat(stereo.correlation()).isCloseTo(0.8, within(0.01));
        assertThat(stereo.widthDb()).isCloseTo(-9.54, within(0.2));
        assertThat(stereo.monoLossLu()).isCloseTo(0.46, within(0.05));
        assertThat(stereo.bands().get(3).correlation()).isCloseTo(0.8, within(0.03));
    }

    @Test
    void lowPassedNoiseHasAnEdge() throws IOException {
        float[] samples = lowPassed(Signals.noise(RATE_HZ * 4, 0.5, 12), 16_000.0);
        Spectrum spectrum = all(stereo(samples)).spectrum();
        assertThat(spectrum.bandwidthHz()).isCloseTo(16_000, within(300.0));
        assertThat(spectrum.edgeDropDb()).isGreaterThan(SpectrumFigures.EDGE_DB);
    }

    @Test
    void swappedChannelsMirrorTheAnalysis() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 5.0, 5);
        Analysis one = all(clip);
        Analysis other = all(Signals.swapped(clip));
        assertThat(other.peaks()).isEqualTo(one.peaks());
        assertThat(other.spectrum().midLevelsDbfs()).isEqualTo(one.spectrum().midLevelsDbfs());
        assertThat(other.spectrum().sideLevelsDbfs()).isEqualTo(one.spectrum().sideLevelsDbfs());
        assertThat(other.stereo().correlation()).isEqualTo(one.stereo().correlation());
        assertThat(other.channelLevels()).isEqualTo(one.channelLevels().reversed());
        assertThat(other.loudness().integratedLufs())
                .isCloseTo(one.loudness().integratedLufs(), within(1e-12));
    }

    @Test
    void clipRunsAreCounted() throws IOException {
        float[] samples = Signals.noise(RATE_HZ * 2, 0.5, 13);
        for (int i = 0; i < 5; i++) {
            samples[30_000 + i] = 1f;
            samples[60_000 + i] = i < 2 ? -1f : 0f;
            samples[70_000 + i] = -0.995f;
        }
        Peaks peaks = all(new AudioClip(RATE_HZ, samples)).peaks();
        assertThat(peaks.clipRuns()).isEqualTo(2);
        assertThat(peaks.clippedSamples()).isEqualTo(10);
        assertThat(peaks.firstClipSeconds()).isEqualTo(30_000.0 / RATE_HZ);
        assertThat(peaks.samplePeakDbfs()).isEqualTo(0.0);
    }

    @Test
    void offsetSilenceAndNonFiniteSamplesAreReported() throws IOException {
        float[] samples = new float[RATE_HZ * 4];
        float[] noise = Signals.noise(RATE_HZ * 2, 0.2, 14);
        for (int i = 0; i < noise.length; i++) {
            samples[RATE_HZ + i] = noise[i] + 0.01f;
        }
        samples[RATE_HZ + 500] = Float.NaN;
        samples[RATE_HZ + 900] = Float.NEGATIVE_INFINITY;
        Analysis analysis = all(new AudioClip(RATE_HZ, samples));
        assertThat(analysis.nonFiniteSamples()).isEqualTo(2);
        assertThat(analysis.firstNonFiniteSeconds()).isEqualTo((RATE_HZ + 500.0) / RATE_HZ);
        assertThat(analysis.leadingSilenceSeconds()).isCloseTo(1.0, within(0.001));
        assertThat(analysis.trailingSilenceSeconds()).isCloseTo(1.0, within(0.001));
        assertThat(analysis.channelLevels().get(0).dcOffset()).isCloseTo(0.005, within(0.0005));
        assertThat(analysis.loudness().integratedLufs()).isFinite();
    }

    @Test
    void silenceAndEmptyStreamsAreUndefined() throws IOException {
        for (int frames : new int[] {0, 10, 8_820, RATE_HZ * 4}) {
            Analysis analysis = all(stereo(new float[frames]));
            assertThat(analysis.loudness().integratedLufs()).isNaN();
            assertThat(analysis.peaks().truePeakDbtp()).isNaN();
            assertThat(analysis.dynamics().plrDb()).isNaN();
            assertThat(analysis.dynamics().dr14()).isNaN();
            assertThat(analysis.spectrum()).isEqualTo(Spectrum.NONE);
            assertThat(analysis.stereo()).isEqualTo(StereoImage.NONE);
            assertThat(analysis.features().vector().defined()).isFalse();
        }
    }

    @Test
    void surroundHasLoudnessButNoStereoImage() throws IOException {
        float[][] samples = new float[6][];
        for (int c = 0; c < 6; c++) {
            samples[c] = Signals.noise(RATE_HZ * 4, 0.1, c);
        }
        Analysis analysis = all(new AudioClip(RATE_HZ, samples));
        assertThat(analysis.loudness().integratedLufs()).isFinite();
        assertThat(analysis.channelLevels()).hasSize(6);
        assertThat(analysis.features()).isNull();
        assertThat(analysis.stereo()).isEqualTo(StereoImage.NONE);
    }

    @Test
    void progressNeverFallsAndEndsAtOne() throws IOException {
        List<Double> heard = new ArrayList<>();
        AudioClip clip = Signals.musicLike(RATE_HZ, 3.0, 6);
        Analyzer.analyze(clip.source(), clip.frames(), Figures.LOUDNESS, heard::add);
        assertThat(heard).isSorted().endsWith(1.0).hasSizeGreaterThan(5);
    }

    private static Analysis all(AudioClip clip) throws IOException {
        return Analyzer.analyze(clip.source(), Figures.ALL, Progress.NONE);
    }

    private static AudioClip stereo(float[] samples) {
        return new AudioClip(RATE_HZ, samples, samples);
    }

    /** Gives at most {@code size} frames a read. */
    private static AudioSource trickle(AudioClip clip, int size) {
        return new AudioSource() {
            private final AudioSource source = clip.source();
            private final AudioBlock small = new AudioBlock(clip.format().channels(), size);

            @Override
            public StreamFormat format() {
                return clip.format();
            }

            @Override
            public int read(AudioBlock block) throws IOException {
                int count = source.read(small);
                block.copyFrom(small, 0, count);
                return count;
            }

            @Override
            public void close() {}
        };
    }

    /** Windowed-sinc low-pass, steep. */
    private static float[] lowPassed(float[] samples, double cutoffHz) {
        int half = 150;
        double[] taps = new double[2 * half + 1];
        for (int k = -half; k <= half; k++) {
            double x = 2.0 * cutoffHz / RATE_HZ;
            double sinc = k == 0 ? x : Math.sin(Math.PI * x * k) / (Math.PI * k);
            double turn = Math.PI * (k + half) / half;
            taps[k + half] = sinc * (0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2.0 * turn));
        }
        float[] out = new float[samples.length];
        for (int n = half; n < samples.length - half; n++) {
            double sum = 0.0;
            for (int k = -half; k <= half; k++) {
                sum += taps[k + half] * samples[n - k];
            }
            out[n] = (float) sum;
        }
        return out;
    }
}
