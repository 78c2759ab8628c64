// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.AudioSink;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Hears a mono or stereo stream of at least 3 s, an excerpt or a whole file, as the model does: 311
 * features, listed in {@link FeatureSet}. One channel is heard as two equal ones.
 *
 * <p><b>Frames.</b> Spectra of mid = (L + R) / 2 and side = (L - R) / 2 through a Hann window of
 * 2048 frames every 1024 at 44.1 and 48 kHz (in proportion at other rates, in powers of two),
 * gathered into 30 third-octave bands from 25 Hz to 20 kHz as mean squares; a bin on the edge of a
 * band is shared. Only frames at most 30 dB below the loudest, K-weighted, count ("gated"). Above
 * 25 minutes (at 44.1 kHz) every second stretch of 64 frames is left out, above 50 minutes three of
 * four, and so on.
 *
 * <ul>
 *   <li>{@code ltas} (30, dB): mean of mid and side power over the gated frames, shifted by the
 *       gain that brings the integrated loudness to -20 LUFS; floor -100.
 *   <li>{@code width} (6, dB): mean side power over mean mid power in six groups of bands (25–160,
 *       200–630, 800–2000, 2500–5000, 6300–10000, 12500–20000 Hz), limited to ±40.
 *   <li>{@code correlation} (6): of left and right in the same groups, from the same mean powers; 1
 *       for a silent group, 0 when one channel is silent.
 *   <li>{@code level} (24, dB): percentiles 5, 10, 25, 50, 75, 90, 95, 99 of the detectors of a
 *       three-band compressor (crossovers 180 and 3200 Hz, Linkwitz-Riley of fourth order; attack
 *       and release 20/200, 12/140, 5/90 ms), read four times a gated frame, above the band's mean
 *       power over the gated frames; floor -60.
 *   <li>{@code crest} by band (3, dB): largest sample of the band in either channel over its gated
 *       RMS of both; 0 for a silent band.
 *   <li>{@code loudnessRange} (LU): EBU Tech 3342, without appended silence, which would weigh in
 *       an excerpt. {@code momentaryRange} (LU): the same gates and percentiles for momentary
 *       loudness every 100 ms. {@code plr} (dB): true peak less integrated loudness. {@code psr}
 *       (dB): median peak to short-term loudness ratio as in {@link Dynamics}. {@code crest} (dB):
 *       sample peak over the gated RMS. {@code clipDensity}: log10(1e-6 + share of samples in clip
 *       runs). {@code transientDensity} (1/s): onsets per second of gated time; an onset is a frame
 *       in which the mean rise since the frame before, over the bands at most 60 dB below the
 *       strongest, is the largest of five neighbours and at least 1 dB more than twice its median.
 *   <li>Content (235), all from e: the level of a band in a frame, mid and side together, in dB
 *       above the band's gated mean power, floor -60. {@code content.p10/p50/p90} (30 each):
 *       percentiles. {@code content.change} (30): mean magnitude of the change since the frame
 *       before. {@code content.attack} (30): percentile 95 of that change with its sign. {@code
 *       content.neighbour} (29) and {@code content.fourth} (26): Pearson correlation of e with the
 *       next and with the fourth band above. {@code content.lag2/lag6/lag16} (10 each): correlation
 *       of e with itself so many frames earlier, mean of three bands; correlations of a level that
 *       does not vary are 0. Pairs count when both frames are gated.
 * </ul>
 *
 * <p>Percentiles are linear between ranks. Any block size gives the same features. A gain changes
 * only {@code clipDensity}. Memory: 14 kB a second, at most 22 MB. Samples that are not finite
 * count as silence. Not thread-safe.
 */
public final class FeatureExtractor implements AudioSink {
    private static final double TARGET_LUFS = -20.0;
    private static final double LTAS_FLOOR_DB = -100.0;
    private static final double POWER_FLOOR_DB = -120.0;
    private static final double LEVEL_FLOOR_DB = -60.0;

    private final StreamFormat format;
    private final KWeightedPower power;
    private final TruePeakMeter peaks;
    private final Levels levels;
    private final FrameRecorder recorder;

    /** For one or two channels. */
    public FeatureExtractor(StreamFormat format) {
        this.format = format;
        this.recorder = new FrameRecorder(format);
        this.power = new KWeightedPower(format);
        this.peaks = new TruePeakMeter(format);
        this.levels = new Levels(format);
    }

    /**
     * @throws IllegalStateException after {@link #finish()}
     */
    @Override
    public void write(AudioBlock block) {
        AudioBlock finite = FiniteSamples.of(block);
        power.write(finite);
        peaks.write(finite);
        levels.write(finite);
        recorder.write(finite);
    }

    /** Features of the whole stream; all NaN when it is silent or shorter than 3 s. */
    public Features finish() {
        peaks.finish();
        double[] hopEnergies = power.hopEnergies();
        return features(
                format,
                hopEnergies,
                LoudnessMeter.of(hopEnergies, format),
                peaks,
                levels,
                recorder,
                new GatedFrames(recorder.store()));
    }

    /** Features from meters that heard the same stream. */
    static Features features(
            StreamFormat format,
            double[] hopEnergies,
            Loudness loudness,
            TruePeakMeter peaks,
            Levels levels,
            FrameRecorder recorder,
            GatedFrames frames) {
        Series psr = PeakToShortTerm.ratios(loudness, peaks);
        double medianPsr = PeakToShortTerm.percentile(psr, 50.0);
        double range = range(hopEnergies, Tech3342.WINDOW_HOPS, format);
        if (!Double.isFinite(medianPsr) || !Double.isFinite(range)) {
            return undefined();
        }
        // Two equal channels read 3.01 LU more than one.
        double pair = format.channels() == 1 ? 10.0 * StrictMath.log10(2.0) : 0.0;
        double gainDb = TARGET_LUFS - loudness.integratedLufs() - pair;
        double[] vector = new double[FeatureSet.SIZE];
        List<Double> mid = new ArrayList<>();
        List<Double> side = new ArrayList<>();
        for (int b = 0; b < ThirdOctaves.COUNT; b++) {
            double m = frames.mean(FrameColumns.MID + b);
            double s = frames.mean(FrameColumns.SIDE + b);
            vector[FeatureSet.LTAS + b] = levelDb(m + s, gainDb, LTAS_FLOOR_DB);
            mid.add(levelDb(m, gainDb, POWER_FLOOR_DB));
            side.add(levelDb(s, gainDb, POWER_FLOOR_DB));
        }
        for (int g = 0; g < FeatureSet.GROUPS; g++) {
            vector[FeatureSet.WIDTH + g] =
                    frames.widthDb(ThirdOctaves.groupStart(g), ThirdOctaves.groupEnd(g));
            vector[FeatureSet.CORRELATION + g] = frames.correlation(g);
        }
        for (int b = 0; b < CompressorBands.BANDS; b++) {
            writeLevelQuantiles(vector, b, frames);
            vector[FeatureSet.BAND_CREST + b] = bandCrestDb(recorder, frames, b);
        }
        vector[FeatureSet.LOUDNESS_RANGE] = range;
        vector[FeatureSet.MOMENTARY_RANGE] = range(hopEnergies, Bs1770.BLOCK_HOPS, format);
        vector[FeatureSet.PLR] = peaks.truePeakDbtp() - loudness.integratedLufs() - pair;
        vector[FeatureSet.PSR] = medianPsr - pair;
        vector[FeatureSet.CREST] =
                TruePeakMeter.decibels(peaks.samplePeak()) - frames.meanDb(FrameColumns.TOTAL);
        vector[FeatureSet.CLIP_DENSITY] =
                StrictMath.log10(
                        1e-6
                                + (double) levels.clippedSamples()
                                        / (levels.frames() * format.channels()));
        ContentDescriptors content = new ContentDescriptors(frames);
        double hopSeconds = format.secondsOf(recorder.spectra().hop());
        vector[FeatureSet.TRANSIENT_DENSITY] = content.transientsPerSecond(hopSeconds);
        content.write(vector);
        return new Features(new FeatureVector(FeatureSet.VERSION, vector), mid, side);
    }

    /** Gates and percentiles of EBU Tech 3342 on windows every 100 ms. */
    private static double range(double[] hopEnergies, int windowHops, StreamFormat format) {
        return Tech3342.loudnessRange(
                Hops.windowPowers(
                        hopEnergies,
                        hopEnergies.length,
                        windowHops,
                        Tech3342.STEP_HOPS,
                        format.sampleRateHz()));
    }

    /** Largest sample of a band over its gated RMS in dB; 0 for a silent band. */
    static double bandCrestDb(FrameRecorder recorder, GatedFrames frames, int band) {
        double mean = frames.mean(FrameColumns.BAND_POWERS + band);
        double peak = recorder.bandPeak(band);
        return mean > 0.0 ? Decibels.fromPower(peak * peak / mean) : 0.0;
    }

    private static void writeLevelQuantiles(double[] vector, int band, GatedFrames frames) {
        int readings = FrameColumns.READINGS;
        int column = FrameColumns.ENVELOPES + band * readings;
        double mean = frames.mean(FrameColumns.BAND_POWERS + band);
        float[] levels = new float[frames.count() * readings];
        for (int i = 0; mean > 0.0 && i < levels.length; i++) {
            double power = frames.get(i / readings, column + i % readings);
            levels[i] = (float) Math.max(LEVEL_FLOOR_DB, Decibels.fromPower(power / mean));
        }
        Arrays.sort(levels);
        for (int q = 0; q < FeatureSet.QUANTILES; q++) {
            vector[FeatureSet.LEVEL_QUANTILES + band * FeatureSet.QUANTILES + q] =
                    Percentiles.of(levels, levels.length, FeatureSet.QUANTILE_PERCENTS.get(q));
        }
    }

    private static double levelDb(double power, double gainDb, double floorDb) {
        return power > 0.0 ? Math.max(floorDb, Decibels.fromPower(power) + gainDb) : floorDb;
    }

    private static Features undefined() {
        double[] vector = new double[FeatureSet.SIZE];
        Arrays.fill(vector, Double.NaN);
        List<Double> bands = Collections.nCopies(FeatureSet.BANDS, Double.NaN);
        return new Features(new FeatureVector(FeatureSet.VERSION, vector), bands, bands);
    }
}
