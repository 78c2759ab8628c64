// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Decibels;
import org.lacquer.audio.StreamFormat;

import java.util.ArrayList;
import java.util.List;

/** Long-term spectrum and stereo image from recorded frames. */
final class SpectrumFigures {
    private static final double FLOOR_DB = -140.0;

    /** Bands from 100 Hz to 10 kHz. */
    private static final int TILT_FIRST = 6;

    private static final int TILT_LAST = 26;

    /** Fall below the densest part at which a spectrum ends. */
    private static final double END_DB = -80.0;

    /** Fall within 500 Hz that is an edge. */
    static final double EDGE_DB = 30.0;

    private static final double AVERAGE_HZ = 500.0;
    private static final double LOWEST_EDGE_HZ = 5000.0;

    /** Sixth octaves that begin nearest to 20, 250, 2000, 8000 and 20,000 Hz. */
    private static final int[] BALANCE_STARTS = {0, 21, 39, 51, 59};

    /** Range of the shape. */
    private static final double LOWEST_HZ = 20.0;

    private static final double HIGHEST_HZ = 20_000.0;

    private SpectrumFigures() {}

    static Spectrum spectrum(
            FrameRecorder recorder, GatedFrames frames, Loudness loudness, StreamFormat format) {
        SongFrames song = recorder.song();
        if (frames.count() == 0 || song == null) {
            return Spectrum.NONE;
        }
        List<Double> all = new ArrayList<>();
        List<Double> mid = new ArrayList<>();
        List<Double> side = new ArrayList<>();
        for (int b = 0; b < ThirdOctaves.COUNT; b++) {
            double m = frames.mean(FrameColumns.MID + b);
            double s = frames.mean(FrameColumns.SIDE + b);
            all.add(decibels(m + s));
            mid.add(decibels(m));
            side.add(decibels(s));
        }
        double[] edge = upperEdge(recorder.spectra(), format.sampleRateHz());
        double[] sixths = sixths(song.fine(), frames);
        List<Double> sixthLevels = new ArrayList<>();
        for (double power : sixths) {
            sixthLevels.add(decibels(power));
        }
        return new Spectrum(
                ThirdOctaves.nominalHz(),
                all,
                mid,
                side,
                tilt(all),
                edge[0],
                edge[1],
                SixthOctaves.centresHz(),
                sixthLevels,
                shape(recorder.spectra(), format.sampleRateHz()),
                balance(sixths, TonalCorridor.equalLoudnessGainDb(loudness, format.channels())),
                song.resonances().resonances());
    }

    /**
     * Gated power of the sixth octaves: the mean over the whole stream times what the gate makes of
     * the third octave that holds the band.
     */
    private static double[] sixths(FineSpectrum fine, GatedFrames frames) {
        double[] powers = new double[SixthOctaves.COUNT];
        for (int b = 0; b < ThirdOctaves.COUNT; b++) {
            double gain = frames.gateGain(FrameColumns.MID + b, FrameColumns.SIDE + b);
            for (int i = 2 * b; i < 2 * b + 2; i++) {
                double low = SixthOctaves.lowerEdgeHz(i);
                powers[i] = gain * fine.power(low, SixthOctaves.lowerEdgeHz(i + 1));
            }
        }
        return powers;
    }

    private static TonalBalance balance(double[] sixths, double gainDb) {
        double[] levels = new double[BALANCE_STARTS.length - 1];
        for (int w = 0; w < levels.length; w++) {
            double sum = 0.0;
            for (int i = BALANCE_STARTS[w]; i < BALANCE_STARTS[w + 1]; i++) {
                sum += sixths[i];
            }
            levels[w] = decibels(sum) + gainDb;
        }
        return new TonalBalance(levels[0], levels[1], levels[2], levels[3]);
    }

    private static SpectralShape shape(SpectralFrames spectra, int sampleRateHz) {
        double binHz = spectra.binHz(1, sampleRateHz);
        int first = Math.max(1, (int) Math.ceil(LOWEST_HZ / binHz));
        int last = Math.min(spectra.length() / 2 - 1, (int) (HIGHEST_HZ / binHz));
        double magnitudes = 0.0;
        double weighted = 0.0;
        double powers = 0.0;
        double logarithms = 0.0;
        for (int k = first; k <= last; k++) {
            double power = spectra.meanPower(k);
            double magnitude = Math.sqrt(power);
            magnitudes += magnitude;
            weighted += k * magnitude;
            powers += power;
            logarithms += StrictMath.log(power);
        }
        int count = last - first + 1;
        return new SpectralShape(
                weighted / magnitudes * binHz,
                rollOff(spectra, first, 0.85 * magnitudes) * binHz,
                rollOff(spectra, first, 0.95 * magnitudes) * binHz,
                StrictMath.exp(logarithms / count) / (powers / count));
    }

    /** Place where the sum of magnitudes from a bin on reaches a part; a bin ends half a bin on. */
    private static double rollOff(SpectralFrames spectra, int first, double part) {
        int k = first;
        double sum = Math.sqrt(spectra.meanPower(k));
        while (sum < part) {
            k++;
            sum += Math.sqrt(spectra.meanPower(k));
        }
        return k + 0.5 - (sum - part) / Math.sqrt(spectra.meanPower(k));
    }

    /** The figures of gated frames; {@link ImageRecorder} adds those over time. */
    static StereoImage stereo(GatedFrames frames, double correlation) {
        if (frames.count() == 0) {
            return StereoImage.NONE;
        }
        List<StereoImage.Band> bands = new ArrayList<>();
        for (int g = 0; g < FeatureSet.GROUPS; g++) {
            int from = ThirdOctaves.groupStart(g);
            int to = ThirdOctaves.groupEnd(g);
            bands.add(
                    new StereoImage.Band(
                            ThirdOctaves.nominalHz(from),
                            ThirdOctaves.nominalHz(to - 1),
                            frames.widthDb(from, to),
                            frames.correlation(g)));
        }
        double loss =
                frames.meanDb(FrameColumns.WEIGHTED) - frames.meanDb(FrameColumns.WEIGHTED_MID);
        return new StereoImage(
                correlation,
                frames.widthDb(0, ThirdOctaves.COUNT),
                Math.max(0.0, loss),
                bands,
                StereoImage.NONE.mono(),
                List.of(),
                ChannelRelation.NONE,
                Verdict.UNKNOWN,
                List.of());
    }

    /** Least-squares line through the levels over octaves. */
    private static double tilt(List<Double> levels) {
        double middle = (TILT_FIRST + TILT_LAST) / 2.0;
        double product = 0.0;
        double square = 0.0;
        for (int b = TILT_FIRST; b <= TILT_LAST; b++) {
            product += (b - middle) * levels.get(b);
            square += (b - middle) * (b - middle);
        }
        double octavesPerBand = StrictMath.log(10.0) / StrictMath.log(2.0) / 10.0;
        return product / square / octavesPerBand;
    }

    /** Bandwidth in Hz and the fall of the density at the steepest edge above 5 kHz in dB. */
    private static double[] upperEdge(SpectralFrames spectra, int sampleRateHz) {
        int bins = spectra.length() / 2 + 1;
        int width = Math.max(1, (int) Math.round(AVERAGE_HZ / spectra.binHz(1, sampleRateHz)));
        double[] density = new double[bins - width + 1];
        double densest = 0.0;
        for (int k = 0; k < density.length; k++) {
            double sum = 0.0;
            for (int i = k; i < k + width; i++) {
                sum += spectra.meanPower(i);
            }
            density[k] = sum / width;
            densest = Math.max(densest, density[k]);
        }
        int end = density.length - 1;
        while (end > 0 && decibels(density[end]) < decibels(densest) + END_DB) {
            end--;
        }
        double steepest = 0.0;
        int edge = -1;
        int first = (int) (LOWEST_EDGE_HZ / spectra.binHz(1, sampleRateHz));
        // Averages over 500 Hz whose middles are 1 kHz apart leave 500 Hz for the fall itself.
        for (int k = first; k + 2 * width < density.length; k++) {
            double fall = decibels(density[k]) - decibels(density[k + 2 * width]);
            if (fall > steepest) {
                steepest = fall;
                edge = k + width + width / 2;
            }
        }
        double bandwidth =
                steepest >= EDGE_DB
                        ? spectra.binHz(edge, sampleRateHz)
                        : Math.min(spectra.binHz(end + width, sampleRateHz), sampleRateHz / 2.0);
        return new double[] {bandwidth, steepest};
    }

    private static double decibels(double power) {
        return power <= 0.0 ? FLOOR_DB : Math.max(FLOOR_DB, Decibels.fromPower(power));
    }
}
