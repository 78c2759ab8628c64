// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lacquer.audio.AudioClip;
import org.lacquer.audio.Biquad;
import org.lacquer.audio.FilterDesign;
import org.lacquer.audio.Progress;

import java.io.IOException;
import java.util.List;

/** Tempo, sections, resonances, band levels and the loudness histogram of synthetic songs. */
class SongFiguresTest {
    /** Low, so that a minute of song is quick. */
    private static final int RATE_HZ = 22_050;

    /** Songs of 22.05 kHz have frames as long as those of 44.1 kHz, in bins as wide. */
    private static final double FRAME_SECONDS = 512.0 / RATE_HZ;

    @Test
    void clicksHaveTheirTempo() throws IOException {
        for (double bpm : new double[] {70, 84.5, 133.3, 180}) {
            Tempo tempo = dynamics(mono(clicks(bpm, 16.0))).tempo();
            assertThat(tempo.bpm()).as("%.1f bpm", bpm).isCloseTo(bpm, within(0.005 * bpm));
            assertThat(tempo.confidence()).isBetween(0.4, 1.0);
        }
    }

    /** Kick on one and three, snare on two and four, hats in eighths; the hats must not double. */
    @Test
    void drumsHaveTheirTempo() throws IOException {
        for (double bpm : new double[] {90, 120, 140, 170}) {
            Tempo tempo = dynamics(mono(drums(bpm, 16.0))).tempo();
            assertThat(tempo.bpm()).as("%.0f bpm", bpm).isCloseTo(bpm, within(0.01 * bpm));
        }
    }

    @Test
    void noiseAndTonesHaveNoTempo() throws IOException {
        for (float[] samples :
                List.of(
                        Signals.noise(RATE_HZ * 16, 0.3, 1),
                        SpectrumFiguresTest.pink(RATE_HZ * 16, 2),
                        Signals.tones(RATE_HZ, 440.0, Signals.tone(16, -12)),
                        new float[RATE_HZ * 8])) {
            Tempo tempo = dynamics(mono(samples)).tempo();
            assertThat(tempo.bpm()).isNaN();
            assertThat(tempo.confidence() >= TempoSearch.LEAST_CONFIDENCE).isFalse();
        }
        assertThat(dynamics(mono(clicks(120, 4.0))).tempo()).isEqualTo(Tempo.NONE);
    }

    @Test
    void onsetsAtRandomTimesHaveNoTempo() {
        var random = new java.util.SplittableRandom(5);
        float[] rises = new float[4000];
        for (int i = 0; i < 400; i++) {
            rises[random.nextInt(rises.length)] = 10f;
        }
        assertThat(TempoSearch.of(rises, FRAME_SECONDS).bpm()).isNaN();
    }

    @Test
    void sectionsAreFoundWhereTheLoudnessSteps() throws IOException {
        double[] lengths = {8, 20, 15, 22, 7};
        double[] levels = {-14, 0, -5, 0, -20};
        List<Section> sections = dynamics(mono(steps(lengths, levels))).sections();
        assertThat(sections).hasSize(5);
        double time = 0.0;
        for (int i = 0; i < 5; i++) {
            Section section = sections.get(i);
            assertThat(section.startSeconds()).isCloseTo(time, within(0.5));
            time += lengths[i];
            assertThat(section.endSeconds()).isCloseTo(time, within(0.5));
            assertThat(section.loudnessLufs() - sections.get(1).loudnessLufs())
                    .as("section %d", i)
                    .isCloseTo(levels[i], within(i == 0 || i == 4 ? 0.8 : 0.4));
        }
        assertThat(sections.getFirst().startSeconds()).isZero();
        assertThat(sections.getLast().endSeconds()).isEqualTo(72.0);
        assertThat(sections.stream().map(Section::level))
                .containsExactly(
                        Section.Level.QUIET,
                        Section.Level.LOUD,
                        Section.Level.MEDIUM,
                        Section.Level.LOUD,
                        Section.Level.QUIET);
        assertThat(sections.stream().map(Section::place))
                .containsExactly(
                        Section.Place.INTRO,
                        Section.Place.BODY,
                        Section.Place.BODY,
                        Section.Place.BODY,
                        Section.Place.OUTRO);
    }

    @Test
    void sectionsAreFoundWhereTheColourChanges() throws IOException {
        float[] samples = SpectrumFiguresTest.pink(RATE_HZ * 30, 3);
        float[] dull = samples.clone();
        new Biquad(FilterDesign.lowPass(600, 0.7, RATE_HZ)).process(dull, dull, dull.length);
        System.arraycopy(samples, 0, dull, 0, RATE_HZ * 16);
        List<Section> sections = dynamics(mono(dull)).sections();
        assertThat(sections).hasSize(2);
        assertThat(sections.get(1).startSeconds()).isCloseTo(16.0, within(0.5));
    }

    @Test
    void evenMusicIsOneSection() throws IOException {
        for (float[] samples :
                List.of(
                        drums(120, 30.0),
                        SpectrumFiguresTest.pink(RATE_HZ * 125, 4),
                        Signals.tones(RATE_HZ, 440.0, Signals.tone(30, -12)))) {
            List<Section> sections = dynamics(mono(samples)).sections();
            assertThat(sections).hasSize(1);
            assertThat(sections.getFirst().level()).isEqualTo(Section.Level.LOUD);
            assertThat(sections.getFirst().place()).isEqualTo(Section.Place.BODY);
        }
    }

    @Test
    void silenceIsASilentSection() throws IOException {
        List<Section> sections =
                dynamics(mono(steps(new double[] {10, 6, 10}, new double[] {0, -200, 0})))
                        .sections();
        assertThat(sections).hasSize(3);
        assertThat(sections.get(1).level()).isEqualTo(Section.Level.SILENT);
        Section all = dynamics(mono(new float[RATE_HZ * 9])).sections().getFirst();
        assertThat(all.level()).isEqualTo(Section.Level.SILENT);
        assertThat(all.loudnessLufs()).isNaN();
        assertThat(all.lengthSeconds()).isEqualTo(9.0);
        assertThat(dynamics(mono(new float[RATE_HZ * 3])).sections()).isEmpty();
        assertThat(dynamics(mono(new float[10])).sections()).isEmpty();
    }

    /** Enough noise that something excites the resonance between the notes. */
    @Test
    void resonanceIsFoundInMusic() throws IOException {
        for (double hz : new double[] {310.0, 1_150.0, 3_300.0}) {
            float[] samples = chords(24.0, 2.0, 6);
            new Biquad(FilterDesign.bell(hz, 15.0, 6.0, RATE_HZ))
                    .process(samples, samples, samples.length);
            List<Resonance> found = analysis(mono(samples)).spectrum().resonances();
            assertThat(found).as("%.0f Hz", hz).isNotEmpty();
            Resonance first = found.getFirst();
            assertThat(first.frequencyHz()).isCloseTo(hz, within(0.02 * hz));
            assertThat(first.excessDb()).isBetween(8.0, 17.0);
            assertThat(first.share()).isGreaterThan(0.9);
            assertThat(first.firstSeconds()).isLessThan(3.0);
        }
    }

    @Test
    void resonanceHasTheQOfItsFilter() throws IOException {
        for (double q : new double[] {2.0, 4.0}) {
            float[] samples = SpectrumFiguresTest.pink(RATE_HZ * 30, 7);
            new Biquad(FilterDesign.bell(1_000.0, 30.0, q, RATE_HZ))
                    .process(samples, samples, samples.length);
            Resonance first = analysis(mono(samples)).spectrum().resonances().getFirst();
            // A bell of 30 dB falls 3 dB from its top as its poles do, whose Q is higher by the
            // root of the gain; the ragged top of noise makes the width uncertain.
            double poles = q * Math.pow(10.0, 30.0 / 40.0);
            assertThat(first.q()).isCloseTo(poles, within(0.25 * poles));
            assertThat(first.frequencyHz()).isCloseTo(1_000.0, within(20.0));
        }
    }

    @Test
    void notesAreNoResonances() throws IOException {
        // Four chords in a loop: most of their notes never pause for long. One may be mistaken.
        for (double noise : new double[] {0.02, 0.5}) {
            assertThat(analysis(mono(chords(24.0, noise, 8))).spectrum().resonances())
                    .hasSizeLessThanOrEqualTo(1)
                    .allMatch(found -> found.excessDb() < 12.0);
        }
        float[] drone = chords(24.0, 0.1, 10);
        float[] tone = Signals.tones(RATE_HZ, 440.0, Signals.tone(24, -20));
        for (int i = 0; i < drone.length; i++) {
            drone[i] += tone[i];
        }
        assertThat(analysis(mono(drone)).spectrum().resonances()).isEmpty();
        assertThat(analysis(mono(SpectrumFiguresTest.pink(RATE_HZ * 24, 11))).spectrum())
                .extracting(Spectrum::resonances)
                .isEqualTo(List.of());
    }

    @Test
    void bandLevelsAreThoseOfTheFeatures() throws IOException {
        Analysis analysis = analysis(mono(drums(120, 12.0)));
        List<BandLevels> bands = analysis.dynamics().bands();
        assertThat(bands).hasSize(3);
        assertThat(bands.get(0).lowHz()).isZero();
        assertThat(bands.get(1).lowHz()).isEqualTo(180.0);
        assertThat(bands.get(1).highHz()).isEqualTo(3_200.0);
        assertThat(bands.get(2).highHz()).isEqualTo(RATE_HZ / 2.0);
        assertThat(bands.get(1).crestDb()).isEqualTo(analysis.dynamics().midCrestDb());
        FeatureVector vector = analysis.features().vector();
        assertThat(bands.get(2).p99Db()).isEqualTo(vector.at("level.high.p99"));
        assertThat(bands.get(0).p50Db()).isEqualTo(vector.at("level.low.p50"));
        assertThat(bands.get(0).p5Db()).isLessThan(bands.get(0).p95Db());
        assertThat(analysis.dynamics().transientsPerSecond())
                .isEqualTo(vector.at("transientDensity"));
    }

    @Test
    void steadyToneHasTheLevelsOfATone() throws IOException {
        float[] tone = Signals.tones(RATE_HZ, 1000.0, Signals.tone(8, -20));
        BandLevels mid = dynamics(new AudioClip(RATE_HZ, tone, tone)).bands().get(1);
        assertThat(mid.rmsDbfs()).isCloseTo(-23.01, within(0.1));
        // See FeatureExtractorTest: the detector of a tone rests 2.2 dB above its power.
        assertThat(mid.p95Db() - mid.p10Db()).isCloseTo(0.0, within(0.1));
    }

    @Test
    void histogramCountsTheSeries() throws IOException {
        AudioClip clip = mono(steps(new double[] {6, 14}, new double[] {-12, 0}));
        Loudness loudness = analysis(clip).loudness();
        LoudnessHistogram histogram = loudness.histogram();
        assertThat(histogram.momentary()).hasSize(histogram.bins());
        assertThat(histogram.momentary().stream().mapToInt(x -> x).sum())
                .isEqualTo(loudness.momentaryLufs().size());
        assertThat(histogram.shortTerm().stream().mapToInt(x -> x).sum())
                .isEqualTo(loudness.shortTermLufs().size());
        assertThat(histogram.usualLufs()).isCloseTo(loudness.shortTermMaxLufs(), within(1.2));
        // 11.1 s of the 17.1 s of short-term values lie wholly within the louder part.
        assertThat(histogram.usualShare()).isBetween(0.6, 0.8);
        for (int bin = 0; bin < histogram.bins(); bin++) {
            double low = histogram.middleLufs(bin) - LoudnessHistogram.BIN_LU / 2.0;
            long count =
                    java.util.Arrays.stream(loudness.momentaryLufs().values())
                            .filter(x -> x >= low && x < low + LoudnessHistogram.BIN_LU)
                            .count();
            assertThat(histogram.momentary().get(bin)).isEqualTo((int) count);
        }
        assertThat(histogram.momentary().getLast() + histogram.shortTerm().getLast()).isPositive();
    }

    @Test
    void histogramOfSilenceIsEmpty() {
        double[] values = {Double.NaN, -70.0, -90.0};
        LoudnessHistogram histogram =
                LoudnessHistogram.of(new Series(0.4, 0.1, values), Series.EMPTY);
        assertThat(histogram.bins()).isZero();
        assertThat(histogram.usualLufs()).isNaN();
        assertThat(histogram.usualShare()).isNaN();
        LoudnessHistogram loud =
                LoudnessHistogram.of(
                        new Series(0.4, 0.1, new double[] {90.0, -69.9}), Series.EMPTY);
        assertThat(loud.bins()).isEqualTo(200);
    }

    @Test
    void gainAndSwapChangeNothingButLevels() throws IOException {
        float[] left = drums(128, 30.0);
        float[] right = chords(30.0, 0.3, 12);
        AudioClip clip = new AudioClip(RATE_HZ, left, right);
        Analysis one = analysis(clip);
        Analysis quiet = analysis(Signals.scaled(clip, 0.125));
        assertThat(quiet.dynamics().tempo().bpm())
                .isCloseTo(one.dynamics().tempo().bpm(), within(1e-6));
        assertThat(quiet.dynamics().sections()).hasSameSizeAs(one.dynamics().sections());
        for (int i = 0; i < one.dynamics().sections().size(); i++) {
            Section a = one.dynamics().sections().get(i);
            Section b = quiet.dynamics().sections().get(i);
            assertThat(b.startSeconds()).isEqualTo(a.startSeconds());
            assertThat(b.level()).isEqualTo(a.level());
            assertThat(b.loudnessLufs()).isCloseTo(a.loudnessLufs() - 18.0618, within(1e-4));
        }
        assertThat(quiet.spectrum().resonances()).hasSameSizeAs(one.spectrum().resonances());
        Analysis swapped = analysis(Signals.swapped(clip));
        assertThat(swapped.dynamics().tempo()).isEqualTo(one.dynamics().tempo());
        assertThat(swapped.spectrum().resonances()).isEqualTo(one.spectrum().resonances());
        assertThat(swapped.spectrum().shape()).isEqualTo(one.spectrum().shape());
    }

    private static Analysis analysis(AudioClip clip) throws IOException {
        return Analyzer.analyze(clip.source(), Figures.ALL, Progress.NONE);
    }

    private static Dynamics dynamics(AudioClip clip) throws IOException {
        return analysis(clip).dynamics();
    }

    private static AudioClip mono(float[] samples) {
        return new AudioClip(RATE_HZ, samples);
    }

    /** Bursts of noise of 5 ms over a little noise. */
    private static float[] clicks(double bpm, double seconds) {
        float[] samples = Signals.noise((int) (RATE_HZ * seconds), 0.5, 20);
        for (int i = 0; i < samples.length; i++) {
            double since = (double) i / RATE_HZ % (60.0 / bpm);
            samples[i] *= since < 0.005 ? 1f : 0.002f;
        }
        return samples;
    }

    private static float[] drums(double bpm, double seconds) {
        float[] samples = Signals.noise((int) (RATE_HZ * seconds), 1.0, 21);
        double beat = 60.0 / bpm;
        for (int i = 0; i < samples.length; i++) {
            double time = (double) i / RATE_HZ;
            double sinceBeat = time % beat;
            boolean snare = (long) (time / beat) % 2 == 1;
            double kick =
                    snare
                            ? 0.0
                            : 0.5
                                    * Math.exp(-12.0 * sinceBeat)
                                    * Math.sin(2.0 * Math.PI * 60.0 * sinceBeat);
            double hit = snare ? 0.3 * Math.exp(-20.0 * sinceBeat) : 0.0;
            double hat = 0.04 * Math.exp(-60.0 * (time % (beat / 2.0)));
            samples[i] = (float) (kick + samples[i] * (hit + hat + 0.003));
        }
        return samples;
    }

    /** Four chords of three notes with overtones, two seconds each, and pink noise beneath. */
    private static float[] chords(double seconds, double noise, long seed) {
        int[][] chords = {{48, 52, 55}, {45, 48, 52}, {41, 45, 48}, {43, 47, 50}};
        float[] samples = SpectrumFiguresTest.pink((int) (RATE_HZ * seconds), seed);
        for (int i = 0; i < samples.length; i++) {
            double time = (double) i / RATE_HZ;
            double decay = 0.3 + 0.7 * Math.exp(-3.0 * (time % 0.5));
            double sum = 0.0;
            for (int note : chords[(int) (time / 2.0) % 4]) {
                double hz = 440.0 * Math.pow(2.0, (note - 69) / 12.0);
                for (int k = 1; k <= 8; k++) {
                    sum += Math.sin(2.0 * Math.PI * hz * k * time) / k;
                }
            }
            samples[i] = (float) (noise * samples[i] + 0.05 * decay * sum);
        }
        return samples;
    }

    /** Pink noise that changes its level in dB after so many seconds. */
    private static float[] steps(double[] seconds, double[] levelsDb) {
        double sum = 0.0;
        for (double part : seconds) {
            sum += part;
        }
        float[] samples = SpectrumFiguresTest.pink((int) (RATE_HZ * sum), 22);
        int position = 0;
        for (int p = 0; p < seconds.length; p++) {
            float gain = levelsDb[p] < -150.0 ? 0f : (float) Math.pow(10.0, levelsDb[p] / 20.0);
            int end = position + (int) (seconds[p] * RATE_HZ);
            for (; position < end; position++) {
                samples[position] *= gain;
            }
        }
        return samples;
    }
}
