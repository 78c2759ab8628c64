// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.jspecify.annotations.Nullable;
import org.lacquer.audio.AudioBlock;
import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
import java.util.List;

/** All meters on one stream, and the figures that need several of them. */
final class Measurement {
    private final StreamFormat format;
    private final LoudnessMeter loudnessMeter;
    private final TruePeakMeter truePeakMeter;
    private final Levels levels;
    private final @Nullable DynamicRange dynamicRange;

    /** Only for mono and stereo, and only when everything is wanted. */
    private final @Nullable FrameRecorder recorder;

    private final @Nullable ImageRecorder image;

    /** Only when everything is wanted. */
    private final @Nullable IntegrityMeter integrity;

    private long cleanedFrames;

    private long nonFinite;
    private long firstNonFinite = -1;

    Measurement(StreamFormat format, Figures figures) {
        this.format = format;
        this.loudnessMeter = new LoudnessMeter(format);
        this.truePeakMeter = new TruePeakMeter(format);
        this.levels = new Levels(format);
        boolean all = figures == Figures.ALL;
        this.integrity = all ? new IntegrityMeter(format) : null;
        this.dynamicRange = figures == Figures.LOUDNESS ? null : new DynamicRange(format);
        boolean spectral = all && format.channels() <= 2;
        this.image = spectral ? new ImageRecorder(format) : null;
        this.recorder = image != null ? new FrameRecorder(format, true, image) : null;
    }

    /** Measures a block of the caller's; samples that are not finite become silence in it. */
    void write(AudioBlock block) {
        clean(block);
        writeFirst(block);
        writeSecond(block);
    }

    /** Makes samples that are not finite silence, in the block itself; before all meters. */
    void clean(AudioBlock block) {
        silenceNonFinite(block);
        cleanedFrames += block.frames();
    }

    /**
     * One half of the meters: what reading a file leaves time for. The two halves share nothing, so
     * that a thread may work through each.
     */
    void writeFirst(AudioBlock block) {
        if (recorder != null) {
            writeLevels(block);
        }
    }

    /** The other half. */
    void writeSecond(AudioBlock block) {
        if (recorder == null) {
            writeLevels(block);
        } else {
            recorder.write(block);
        }
        if (dynamicRange != null) {
            dynamicRange.write(block);
        }
        if (integrity != null) {
            integrity.write(block);
        }
    }

    private void writeLevels(AudioBlock block) {
        loudnessMeter.writeFinite(block);
        truePeakMeter.writeFinite(block);
        levels.write(block);
    }

    Analysis finish() {
        truePeakMeter.finish();
        double[] hopEnergies = loudnessMeter.hopEnergies();
        Loudness loudness = LoudnessMeter.of(hopEnergies, format);
        GatedFrames frames = recorder == null ? null : new GatedFrames(recorder.store());
        ImageRecorder.Image images =
                image == null || frames == null
                        ? new ImageRecorder.Image(StereoImage.NONE, Translation.NONE)
                        : image.finish(
                                SpectrumFigures.stereo(frames, levels.correlation()),
                                loudness.integratedLufs());
        Features features =
                recorder == null || frames == null
                        ? null
                        : FeatureExtractor.features(
                                format,
                                hopEnergies,
                                loudness,
                                truePeakMeter,
                                levels,
                                recorder,
                                frames);
        return new Analysis(
                format.secondsOf(levels.frames()),
                format.sampleRateHz(),
                format.channels(),
                loudness,
                peaks(),
                channelLevels(),
                dynamics(hopEnergies, loudness, frames, features),
                recorder == null || frames == null
                        ? Spectrum.NONE
                        : SpectrumFigures.spectrum(recorder, frames, loudness, format),
                images.stereo(),
                images.translation(),
                integrity == null ? Integrity.NONE : integrity.finish(frames),
                levels.leadingSilenceSeconds(),
                levels.trailingSilenceSeconds(),
                nonFinite,
                firstNonFinite < 0 ? Double.NaN : format.secondsOf(firstNonFinite),
                features);
    }

    private Peaks peaks() {
        return new Peaks(
                truePeakMeter.truePeakDbtp(),
                truePeakMeter.peakSeconds(),
                TruePeakMeter.decibels(truePeakMeter.samplePeak()),
                levels.clippedSamples(),
                levels.clipRuns(),
                levels.firstClipSeconds());
    }

    private List<ChannelLevel> channelLevels() {
        List<ChannelLevel> list = new ArrayList<>();
        for (int c = 0; c < format.channels(); c++) {
            double square = levels.meanSquare(c);
            list.add(
                    new ChannelLevel(
                            truePeakMeter.truePeakDbtp(c),
                            TruePeakMeter.decibels(truePeakMeter.samplePeak(c)),
                            square > 0.0 ? Decibels.fromPower(square) : Double.NaN,
                            levels.dcOffset(c)));
        }
        return list;
    }

    private Dynamics dynamics(
            double[] hopEnergies,
            Loudness loudness,
            @Nullable GatedFrames frames,
            @Nullable Features features) {
        Series psr = PeakToShortTerm.ratios(loudness, truePeakMeter);
        SongFrames song = recorder == null ? null : recorder.song();
        double range = dynamicRange == null ? Double.NaN : dynamicRange.unroundedDb();
        return new Dynamics(
                truePeakMeter.truePeakDbtp() - loudness.integratedLufs(),
                PeakToShortTerm.percentile(psr, 0.0),
                PeakToShortTerm.percentile(psr, 5.0),
                PeakToShortTerm.percentile(psr, 50.0),
                Math.rint(range),
                range,
                bandCrestDb(frames, 0),
                bandCrestDb(frames, 1),
                bandCrestDb(frames, 2),
                psr,
                features == null || frames == null
                        ? List.of()
                        : DynamicsFigures.bands(features.vector(), frames, format),
                features == null ? Double.NaN : features.vector().at(FeatureSet.TRANSIENT_DENSITY),
                song == null
                        ? Tempo.NONE
                        : TempoSearch.of(song.onsets().rises(), song.hopSeconds()),
                song == null
                        ? List.of()
                        : SectionMap.of(
                                song.sections(),
                                hopEnergies,
                                format.secondsOf(levels.frames()),
                                format));
    }

    private double bandCrestDb(@Nullable GatedFrames frames, int band) {
        return recorder == null || frames == null || frames.count() == 0
                ? Double.NaN
                : FeatureExtractor.bandCrestDb(recorder, frames, band);
    }

    private void silenceNonFinite(AudioBlock block) {
        for (int c = 0; c < block.channels(); c++) {
            float[] samples = block.channel(c);
            if (FiniteSamples.allFinite(samples, block.frames())) {
                continue;
            }
            for (int i = 0; i < block.frames(); i++) {
                if (!Float.isFinite(samples[i])) {
                    samples[i] = 0f;
                    nonFinite++;
                    long frame = cleanedFrames + i;
                    firstNonFinite = firstNonFinite < 0 ? frame : Math.min(firstNonFinite, frame);
                }
            }
        }
    }
}
