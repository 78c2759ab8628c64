// SPDX-License-Identifier: Apache-2.0
package org.lacquer.analysis;

import org.lacquer.audio.Require;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the spectrum of a kind of music lies: mean and spread of the 30 third-octave bands of
 * {@link Spectrum#centresHz()}, in dBFS at -20 LUFS, which is how {@link FeatureSet#LTAS} has them.
 *
 * @param meanDb middle of the corridor
 * @param spreadDb distance from the middle to either edge, for instance one standard deviation
 */
public record TonalCorridor(List<Double> meanDb, List<Double> spreadDb) {
    /** Loudness at which spectra are compared. */
    public static final double EQUAL_LUFS = -20.0;

    /**
     * Edges of the four wide bands; a third octave centred on an edge counts half on either side.
     */
    private static final double[] WIDE_EDGES_HZ = {20.0, 250.0, 2_000.0, 8_000.0, 20_000.0};

    public TonalCorridor {
        meanDb = List.copyOf(meanDb);
        spreadDb = List.copyOf(spreadDb);
        Require.that(
                meanDb.size() == ThirdOctaves.COUNT && spreadDb.size() == ThirdOctaves.COUNT,
                "meanDb and spreadDb must have "
                        + ThirdOctaves.COUNT
                        + " bands, got "
                        + meanDb.size()
                        + " and "
                        + spreadDb.size());
        for (double spread : spreadDb) {
            Require.inRange("spreadDb", spread, 0.0, 100.0, "dB");
        }
    }

    /**
     * A song beside the corridor.
     *
     * @param thirds the 30 third octaves
     * @param wide four bands: 20–250, 250–2000, 2000–8000 and 8000–20,000 Hz; each the mean of its
     *     third octaves' levels, means and spreads
     */
    public record Comparison(List<Band> thirds, List<Band> wide) {
        public Comparison {
            thirds = List.copyOf(thirds);
            wide = List.copyOf(wide);
        }

        /** Third octaves outside the corridor, in order of frequency. */
        public List<Band> outside() {
            return thirds.stream().filter(band -> band.outsideDb() != 0.0).toList();
        }
    }

    /**
     * One band of the song and of the corridor.
     *
     * @param lowHz lower edge
     * @param highHz upper edge
     * @param levelDb the song's, at -20 LUFS; NaN where the stream cannot hold the band
     * @param meanDb the corridor's middle
     * @param spreadDb the corridor's half width
     */
    public record Band(
            double lowHz, double highHz, double levelDb, double meanDb, double spreadDb) {

        /** Level above the middle of the corridor. */
        public double differenceDb() {
            return levelDb - meanDb;
        }

        /** How far above (positive) or below (negative) the corridor; 0 inside or undefined. */
        public double outsideDb() {
            double beyond = Math.abs(differenceDb()) - spreadDb;
            return beyond > 0.0 ? Math.copySign(beyond, differenceDb()) : 0.0;
        }
    }

    /**
     * Compares at equal loudness. Every level is NaN for a stream without spectrum or integrated
     * loudness.
     */
    public Comparison compare(Analysis analysis) {
        double[] levels = new double[ThirdOctaves.COUNT];
        boolean measured = !analysis.spectrum().levelsDbfs().isEmpty();
        double gainDb = equalLoudnessGainDb(analysis.loudness(), analysis.channels());
        for (int b = 0; b < levels.length; b++) {
            boolean held = 2.0 * ThirdOctaves.upperEdgeHz(b) <= analysis.sampleRateHz() * 1.02;
            levels[b] =
                    measured && held
                            ? analysis.spectrum().levelsDbfs().get(b) + gainDb
                            : Double.NaN;
        }
        return compare(levels);
    }

    /** Gain that brings a stream to {@link #EQUAL_LUFS}, one channel heard as two equal ones. */
    static double equalLoudnessGainDb(Loudness loudness, int channels) {
        double pair = channels == 1 ? 10.0 * StrictMath.log10(2.0) : 0.0;
        return EQUAL_LUFS - loudness.integratedLufs() - pair;
    }

    private Comparison compare(double[] levels) {
        List<Band> thirds = new ArrayList<>();
        for (int b = 0; b < levels.length; b++) {
            thirds.add(
                    new Band(
                            ThirdOctaves.lowerEdgeHz(b),
                            ThirdOctaves.upperEdgeHz(b),
                            levels[b],
                            meanDb.get(b),
                            spreadDb.get(b)));
        }
        List<Band> wide = new ArrayList<>();
        for (int w = 0; w + 1 < WIDE_EDGES_HZ.length; w++) {
            wide.add(mean(thirds, WIDE_EDGES_HZ[w], WIDE_EDGES_HZ[w + 1]));
        }
        return new Comparison(thirds, wide);
    }

    private static Band mean(List<Band> thirds, double lowHz, double highHz) {
        double weights = 0.0;
        double level = 0.0;
        double mean = 0.0;
        double spread = 0.0;
        for (int b = 0; b < ThirdOctaves.COUNT; b++) {
            double hz = ThirdOctaves.nominalHz(b);
            double weight =
                    hz == lowHz || hz == highHz ? 0.5 : hz > lowHz && hz < highHz ? 1.0 : 0.0;
            Band third = thirds.get(b);
            if (weight > 0.0 && Double.isFinite(third.levelDb())) {
                weights += weight;
                level += weight * third.levelDb();
                mean += weight * third.meanDb();
                spread += weight * third.spreadDb();
            }
        }
        return weights == 0.0
                ? new Band(lowHz, highHz, Double.NaN, Double.NaN, Double.NaN)
                : new Band(lowHz, highHz, level / weights, mean / weights, spread / weights);
    }
}
