// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.data;

import org.lacquer.inference.model.Question;
import org.lacquer.models.SpectrumPrior;
import org.lacquer.training.corpus.Track.Split;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Target means of tracks, albums and genres, shrunk toward the mean of all music by what their
 * number can carry: (n·x̄ + κ·μ) / (n + κ) with κ = variance within albums / variance between.
 */
public final class TargetBank {
    private static final int WIDTH = Layout.TARGET_WIDTH;

    /** A target and what it is worth; {@code effectiveTracks} 0 means there is none. */
    public record Target(double[] mean, double[] styleDb, double effectiveTracks) {
        /** What the model is told of the uncertainty: flag for none, 1 / (1 + tracks). */
        public double[] code() {
            return new double[] {effectiveTracks == 0.0 ? 1.0 : 0.0, 1.0 / (1.0 + effectiveTracks)};
        }
    }

    /** The clean figures of one track, both excerpts averaged. */
    private record TrackMean(
            String packageName, String genre, Split split, double[] mean, double[] styleDb) {}

    private final StyleOffsets styles;
    private final Map<String, TrackMean> tracks = new LinkedHashMap<>();
    private final double[] global = new double[WIDTH];
    private final double[] globalSd = new double[WIDTH];
    private final double[] kappa = new double[WIDTH];

    /**
     * Uses the variant-0 rows of the list. Means of all music, spreads and genres come from the
     * training split alone; the other splits only lend album mates to each other.
     */
    public TargetBank(List<BaseRow> rows) {
        styles = new StyleOffsets(rows);
        Map<String, List<BaseRow>> clean = new TreeMap<>();
        for (BaseRow row : rows) {
            if (row.variant() == 0) {
                clean.computeIfAbsent(row.track(), key -> new ArrayList<>()).add(row);
            }
        }
        clean.forEach(
                (track, excerpts) -> {
                    double[] mean = new double[WIDTH];
                    double[] styleDb = new double[Layout.BANDS];
                    for (BaseRow row : excerpts) {
                        double[] own = styles.of(row);
                        for (int b = 0; b < Layout.BANDS; b++) {
                            styleDb[b] += own[b] / excerpts.size();
                        }
                        for (int j = 0; j < WIDTH; j++) {
                            mean[j] += row.features()[j] / excerpts.size();
                        }
                    }
                    BaseRow first = excerpts.getFirst();
                    tracks.put(
                            track,
                            new TrackMean(
                                    first.packageName(),
                                    first.genre(),
                                    first.split(),
                                    mean,
                                    styleDb));
                });
        measure();
    }

    public double[] global() {
        return global.clone();
    }

    /** Spread between all tracks. */
    public double[] globalSd() {
        return globalSd.clone();
    }

    public double[] kappa() {
        return kappa.clone();
    }

    /** What styles are told by, and the folds behind it. */
    public StyleOffsets styles() {
        return styles;
    }

    /** No target: the global mean. */
    public Target none() {
        return new Target(global.clone(), new double[Layout.BANDS], 0.0);
    }

    /** Other tracks of the same package. */
    public List<String> albumMates(String track, String packageName) {
        List<String> mates = new ArrayList<>();
        tracks.forEach(
                (name, one) -> {
                    if (one.packageName().equals(packageName) && !name.equals(track)) {
                        mates.add(name);
                    }
                });
        return mates;
    }

    public List<String> trainingTracks() {
        List<String> found = new ArrayList<>();
        tracks.forEach(
                (name, one) -> {
                    if (one.split() == Split.TRAIN) {
                        found.add(name);
                    }
                });
        return found;
    }

    /** Slope of every feature's regression on one of them, over training tracks. */
    public double[] slopesOn(int feature) {
        double[] slopes = new double[WIDTH];
        double variance = 0.0;
        for (TrackMean one : tracks.values()) {
            if (one.split() != Split.TRAIN) {
                continue;
            }
            double x = one.mean()[feature] - global[feature];
            variance += x * x;
            for (int j = 0; j < WIDTH; j++) {
                slopes[j] += x * (one.mean()[j] - global[j]);
            }
        }
        for (int j = 0; j < WIDTH; j++) {
            slopes[j] /= Math.max(variance, 1e-9);
        }
        return slopes;
    }

    /** Which part of a track's difference from all music is style: one slope for all bands. */
    public double styleShare() {
        double both = 0.0;
        double square = 0.0;
        for (TrackMean one : tracks.values()) {
            if (one.split() == Split.TRAIN) {
                double[] difference = difference(one.mean());
                for (int b = 0; b < Layout.BANDS; b++) {
                    both += difference[b] * one.styleDb()[b];
                    square += difference[b] * difference[b];
                }
            }
        }
        return both / Math.max(square, 1e-9);
    }

    /** Shape of a spectrum against that of all music, dB by third octave. */
    public double[] difference(double[] mean) {
        double[] difference = new double[Layout.BANDS];
        for (int b = 0; b < Layout.BANDS; b++) {
            difference[b] = mean[Layout.LTAS + b] - global[Layout.LTAS + b];
        }
        return SpectrumPrior.levelled(difference);
    }

    /** Training tracks of a genre outside one package. */
    public List<String> genreTracks(String genre, String exceptPackage) {
        List<String> found = new ArrayList<>();
        tracks.forEach(
                (name, one) -> {
                    if (one.split() == Split.TRAIN
                            && one.genre().equals(genre)
                            && !one.packageName().equals(exceptPackage)) {
                        found.add(name);
                    }
                });
        return found;
    }

    /** Plain mean and spread of tracks, and how many packages they come from. */
    public Summary summary(List<String> names) {
        double[] mean = new double[WIDTH];
        double[] square = new double[WIDTH];
        double[] styleDb = new double[Layout.BANDS];
        Set<String> packages = new LinkedHashSet<>();
        for (String name : names) {
            TrackMean one = known(name);
            packages.add(one.packageName());
            for (int b = 0; b < Layout.BANDS; b++) {
                styleDb[b] += one.styleDb()[b] / names.size();
            }
            for (int j = 0; j < WIDTH; j++) {
                mean[j] += one.mean()[j] / names.size();
                square[j] += one.mean()[j] * one.mean()[j] / names.size();
            }
        }
        double[] sd = new double[WIDTH];
        for (int j = 0; j < WIDTH; j++) {
            sd[j] = StrictMath.sqrt(Math.max(0.0, square[j] - mean[j] * mean[j]));
        }
        return new Summary(mean, sd, styleDb, names.size(), packages.size());
    }

    /** What {@link #summary} found. */
    public record Summary(double[] mean, double[] sd, double[] styleDb, int tracks, int albums) {
        /** What they are worth as independent tracks. */
        public double effectiveTracks() {
            return Question.effectiveTracks(tracks, albums);
        }
    }

    /** A target from tracks, with a style curve laid over it, shrunk toward {@code prior}. */
    public Target target(List<String> names, double[] styleEqDb, double[] prior) {
        if (names.isEmpty()) {
            return none();
        }
        Summary summary = summary(names);
        double[] mean = FeatureAlgebra.applyToMeans(summary.mean(), styleEqDb);
        double n = summary.effectiveTracks();
        double[] styleDb = summary.styleDb();
        for (int b = 0; b < Layout.BANDS; b++) {
            styleDb[b] += styleEqDb[b];
        }
        for (int j = 0; j < WIDTH; j++) {
            mean[j] = (n * mean[j] + kappa[j] * prior[j]) / (n + kappa[j]);
        }
        styleDb = SpectrumPrior.shrunk(SpectrumPrior.levelled(styleDb), n);
        return new Target(mean, styleDb, n);
    }

    private TrackMean known(String name) {
        TrackMean one = tracks.get(name);
        if (one == null) {
            throw new IllegalArgumentException("no clean rows of " + name);
        }
        return one;
    }

    /** Global mean; variance within and between packages by one-way analysis of variance. */
    private void measure() {
        Map<String, List<double[]>> albums = new TreeMap<>();
        List<TrackMean> training =
                tracks.values().stream().filter(one -> one.split() == Split.TRAIN).toList();
        for (TrackMean one : training) {
            albums.computeIfAbsent(one.packageName(), key -> new ArrayList<>()).add(one.mean());
        }
        for (int j = 0; j < WIDTH; j++) {
            double sum = 0.0;
            double square = 0.0;
            double within = 0.0;
            double withinCount = 0.0;
            double between = 0.0;
            double betweenSquare = 0.0;
            double invertedSizes = 0.0;
            int several = 0;
            for (List<double[]> album : albums.values()) {
                double mean = 0.0;
                for (double[] one : album) {
                    mean += one[j] / album.size();
                    sum += one[j];
                    square += one[j] * one[j];
                }
                if (album.size() < 2) {
                    continue;
                }
                for (double[] one : album) {
                    within += (one[j] - mean) * (one[j] - mean);
                }
                withinCount += album.size() - 1;
                between += mean;
                betweenSquare += mean * mean;
                invertedSizes += 1.0 / album.size();
                several++;
            }
            int n = training.size();
            global[j] = sum / n;
            globalSd[j] = StrictMath.sqrt(Math.max(1e-6, square / n - global[j] * global[j]));
            double inside = withinCount > 0 ? within / withinCount : 1.0;
            double spread =
                    several > 1
                            ? (betweenSquare - between * between / several) / (several - 1)
                                    - inside * invertedSizes / several
                            : inside / 3.0;
            kappa[j] = Math.min(12.0, Math.max(0.4, inside / Math.max(spread, 1e-9)));
        }
    }
}
