// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Biquad;
import org.lacquer.audio.BiquadCoefficients;
import org.lacquer.audio.FilterDesign;
import org.lacquer.audio.StreamFormat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;

class FeatureExtractorTest {
    private static final int RATE_HZ = 44_100;

    @Test
    void featureSetHas311DistinctNames() {
        assertThat(FeatureSet.SIZE).isEqualTo(311);
        assertThat(FeatureSet.SIZE - FeatureSet.CONTENT).isEqualTo(235);
        var names = new HashSet<String>();
        for (FeatureSet.Feature feature : FeatureSet.features()) {
            names.add(feature.name());
        }
        assertThat(names).hasSize(311).hasSameSizeAs(FeatureSet.features());
        assertThat(FeatureSet.indexOf("ltas.25")).isEqualTo(FeatureSet.LTAS);
        assertThat(FeatureSet.indexOf("width.25-160")).isEqualTo(FeatureSet.WIDTH);
        assertThat(FeatureSet.indexOf("correlation.12500-20000"))
                .isEqualTo(FeatureSet.CORRELATION + 5);
        assertThat(FeatureSet.indexOf("level.high.p99")).isEqualTo(FeatureSet.BAND_CREST - 1);
        assertThat(FeatureSet.indexOf("transientDensity")).isEqualTo(FeatureSet.TRANSIENT_DENSITY);
        assertThat(FeatureSet.indexOf("content.p10.25")).isEqualTo(FeatureSet.CONTENT);
        assertThat(FeatureSet.indexOf("content.neighbour.25"))
                .isEqualTo(FeatureSet.CONTENT_NEIGHBOUR);
        assertThat(FeatureSet.indexOf("content.lag16.16000")).isEqualTo(FeatureSet.SIZE - 1);
    }

    @Test
    void gainChangesNothing() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 8.0, 1);
        double[] before = features(clip).vector().values();
        double[] after = features(Signals.scaled(clip, 0.25)).vector().values();
        for (int i = 0; i < FeatureSet.SIZE; i++) {
            assertThat(after[i])
                    .as(FeatureSet.features().get(i).name())
                    .isCloseTo(before[i], within(1e-6));
        }
    }

    @Test
    void equalisersMoveTheSpectrumButHardlyTheContent() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 12.0, 2);
        double[] before = features(clip).vector().values();
        List<List<BiquadCoefficients>> equalisers =
                List.of(
                        List.of(FilterDesign.bell(1000, 6.0, 0.7, RATE_HZ)),
                        List.of(FilterDesign.bell(3000, -6.0, 1.0, RATE_HZ)),
                        List.of(FilterDesign.lowShelf(150, 5.0, 0.7, RATE_HZ)),
                        List.of(FilterDesign.highShelf(4000, -6.0, 0.7, RATE_HZ)),
                        List.of(
                                FilterDesign.lowShelf(300, -3.0, 0.4, RATE_HZ),
                                FilterDesign.highShelf(2500, 3.0, 0.4, RATE_HZ)));
        for (List<BiquadCoefficients> equaliser : equalisers) {
            double[] after = features(filtered(clip, equaliser)).vector().values();
            double moved = 0.0;
            for (int b = 0; b < FeatureSet.BANDS; b++) {
                moved = Math.max(moved, Math.abs(after[b] - before[b]));
            }
            assertThat(moved).as("spectrum, dB").isGreaterThan(2.0);
            // Units differ, so decibels and correlations have bounds of their own: the mean over
            // all descriptors of a kind, and the worst one.
            assertThat(meanChange(before, after, FeatureSet.CONTENT, FeatureSet.CONTENT_NEIGHBOUR))
                    .as("content, dB")
                    .isLessThan(0.1);
            assertThat(meanChange(before, after, FeatureSet.CONTENT_NEIGHBOUR, FeatureSet.SIZE))
                    .as("content, correlation")
                    .isLessThan(0.02);
            assertThat(worstChange(before, after, FeatureSet.CONTENT, FeatureSet.CONTENT_NEIGHBOUR))
                    .as("content, dB")
                    .isLessThan(1.0);
        }
    }

    @Test
    void compressionMovesTheContent() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 12.0, 2);
        AudioClip squashed = Signals.scaled(clip, 1.0);
        for (int c = 0; c < 2; c++) {
            float[] samples = squashed.channel(c);
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (float) Math.tanh(8.0 * samples[i]);
            }
        }
        double[] before = features(clip).vector().values();
        double[] after = features(squashed).vector().values();
        assertThat(meanChange(before, after, FeatureSet.CONTENT, FeatureSet.CONTENT_NEIGHBOUR))
                .isGreaterThan(0.5);
    }

    @Test
    void oneChannelIsHeardAsTwoEqualOnes() throws IOException {
        float[] samples = Signals.musicLike(RATE_HZ, 6.0, 3).channel(0);
        Features one = features(new AudioClip(RATE_HZ, samples));
        Features two = features(new AudioClip(RATE_HZ, samples, samples));
        for (int i = 0; i < FeatureSet.SIZE; i++) {
            assertThat(one.vector().at(i))
                    .as(FeatureSet.features().get(i).name())
                    .isCloseTo(two.vector().at(i), within(1e-9));
        }
        assertThat(one.vector().at("width.800-2000")).isEqualTo(-40.0);
        assertThat(one.vector().at("correlation.800-2000")).isEqualTo(1.0);
    }

    @Test
    void sineHasTheFeaturesOfASine() throws IOException {
        float[] samples = Signals.tones(RATE_HZ, 1000.0, Signals.tone(6, -6));
        // A hard start would ring in the crossover.
        for (int i = 0; i < 4410; i++) {
            samples[i] *= i / 4410f;
        }
        FeatureVector vector = features(new AudioClip(RATE_HZ, samples, samples)).vector();
        // 997 Hz at peak p on both channels reads p LUFS, and its power is 3.01 dB lower.
        assertThat(vector.at("ltas.1000")).isCloseTo(-23.01, within(0.05));
        assertThat(vector.at("crest.mid")).isCloseTo(3.01, within(0.05));
        assertThat(vector.at("crest")).isCloseTo(3.01, within(0.05));
        assertThat(vector.at("loudnessRange")).isCloseTo(0.0, within(0.1));
        // Behind 12 and 140 ms the envelope of 1 + cos rests where rise and fall balance: at 1.67.
        assertThat(vector.at("level.mid.p50")).isCloseTo(2.23, within(0.1));
        assertThat(vector.at("level.mid.p99")).isCloseTo(2.23, within(0.2));
        assertThat(vector.at("transientDensity")).isLessThan(0.5);
        assertThat(vector.at("clipDensity")).isEqualTo(-6.0);
        assertThat(vector.at("content.change.1000")).isCloseTo(0.0, within(0.1));
    }

    @Test
    void beatsAreCountedAsTransients() throws IOException {
        float[] samples = Signals.noise(RATE_HZ * 10, 1.0, 4);
        for (int i = 0; i < samples.length; i++) {
            double time = (double) i / RATE_HZ;
            samples[i] *= (float) (0.3 * Math.exp(-6.0 * (time % 0.5)) + 0.02);
        }
        FeatureVector vector = features(new AudioClip(RATE_HZ, samples)).vector();
        assertThat(vector.at("transientDensity")).isCloseTo(2.0, within(0.3));
    }

    @Test
    void sampleRateHardlyMatters() throws IOException {
        double[] at48 = features(tones(48_000)).vector().values();
        for (int rate : new int[] {96_000, 192_000}) {
            double[] other = features(tones(rate)).vector().values();
            for (int b = 4; b < FeatureSet.BANDS - 2; b++) {
                assertThat(other[b])
                        .as("band %d at %d Hz", b, rate)
                        .isCloseTo(at48[b], within(0.1));
            }
            assertThat(other[FeatureSet.PLR]).isCloseTo(at48[FeatureSet.PLR], within(0.05));
            assertThat(other[FeatureSet.LEVEL_QUANTILES + 8])
                    .isCloseTo(at48[FeatureSet.LEVEL_QUANTILES + 8], within(0.1));
        }
    }

    @Test
    void midAndSidePowersAddUpToTheSpectrum() throws IOException {
        Features features = features(Signals.musicLike(RATE_HZ, 6.0, 5));
        for (int b = 0; b < FeatureSet.BANDS; b++) {
            double mid = Math.pow(10.0, features.midPowerDb().get(b) / 10.0);
            double side = Math.pow(10.0, features.sidePowerDb().get(b) / 10.0);
            assertThat(10.0 * Math.log10(mid + side))
                    .isCloseTo(features.vector().at(FeatureSet.LTAS + b), within(1e-6));
        }
    }

    @Test
    void analysisHoldsTheSameFeatures() throws IOException {
        AudioClip clip = Signals.musicLike(RATE_HZ, 5.0, 6);
        Analysis analysis =
                Analyzer.analyze(clip.source(), Figures.ALL, org.lacquer.audio.Progress.NONE);
        assertThat(analysis.features()).isEqualTo(features(clip));
    }

    @Test
    void tooShortOrSilentIsUndefined() throws IOException {
        assertThat(features(Signals.musicLike(RATE_HZ, 2.9, 7)).vector().defined()).isFalse();
        assertThat(features(new AudioClip(RATE_HZ, new float[RATE_HZ * 5])).vector().defined())
                .isFalse();
        assertThat(features(Signals.musicLike(RATE_HZ, 3.1, 7)).vector().defined()).isTrue();
    }

    @Test
    void everyRateGivesNumbers() throws IOException {
        for (int rate : new int[] {8_000, 11_025, 22_050, 32_000, 88_200}) {
            AudioClip clip = Signals.musicLike(rate, 4.0, 8);
            assertThat(features(clip).vector().defined()).as("%d Hz", rate).isTrue();
        }
    }

    @Test
    void refusesSurroundAndVectorsOfAnotherLength() {
        assertThatThrownBy(() -> new FeatureExtractor(new StreamFormat(RATE_HZ, 6)))
                .hasMessage("channels must be between 1 and 2, got 6");
        assertThatThrownBy(() -> new FeatureVector(1, new double[310]))
                .hasMessage("values must have 311 features, got 310");
        assertThatThrownBy(() -> FeatureSet.indexOf("loudness"))
                .hasMessage("no feature is named loudness");
    }

    @Test
    void longStreamsKeepEverySecondStretch() {
        FrameStore store = new FrameStore(1);
        for (int i = 0; i < 64 * 1024 + 64 * 4; i++) {
            store.add(new float[] {i});
        }
        assertThat(store.count()).isEqualTo(64 * (512 + 2));
        assertThat(store.get(63, 0)).isEqualTo(63f);
        assertThat(store.get(64, 0)).isEqualTo(128f);
        assertThat(store.get(64 * 513, 0)).isEqualTo(64f * 1026);
        assertThat(store.reachesBack(63, 16)).isTrue();
        assertThat(store.reachesBack(64, 1)).isFalse();
        assertThat(store.reachesBack(66, 2)).isTrue();
    }

    private static Features features(AudioClip clip) throws IOException {
        var extractor = new FeatureExtractor(clip.format());
        Signals.play(clip, extractor);
        return extractor.finish();
    }

    /** A tone in every third octave, each swelling at its own pace. */
    private static AudioClip tones(int rate) {
        float[] samples = new float[rate * 5];
        for (int b = 4; b < FeatureSet.BANDS - 2; b++) {
            double frequency = ThirdOctaves.centreHz(b);
            for (int i = 0; i < samples.length; i++) {
                double time = (double) i / rate;
                double swell = 1.0 + 0.5 * Math.sin(2.0 * Math.PI * (0.5 + 0.1 * b) * time);
                samples[i] +=
                        (float) (0.02 * swell * Math.sin(2.0 * Math.PI * frequency * time + b));
            }
        }
        return new AudioClip(rate, samples);
    }

    private static AudioClip filtered(AudioClip clip, List<BiquadCoefficients> sections) {
        float[][] samples = new float[2][];
        for (int c = 0; c < 2; c++) {
            samples[c] = clip.channel(c).clone();
            for (BiquadCoefficients section : sections) {
                new Biquad(section).process(samples[c], samples[c], samples[c].length);
            }
        }
        return new AudioClip(clip.format().sampleRateHz(), samples);
    }

    private static double meanChange(double[] before, double[] after, int from, int to) {
        double sum = 0.0;
        for (int i = from; i < to; i++) {
            sum += Math.abs(after[i] - before[i]);
        }
        return sum / (to - from);
    }

    private static double worstChange(double[] before, double[] after, int from, int to) {
        double worst = 0.0;
        for (int i = from; i < to; i++) {
            worst = Math.max(worst, Math.abs(after[i] - before[i]));
        }
        return worst;
    }
}
