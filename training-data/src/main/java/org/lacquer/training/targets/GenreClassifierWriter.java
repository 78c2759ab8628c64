// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.targets;

import org.lacquer.analysis.FeatureSet;
import org.lacquer.inference.tone.Cholesky;
import org.lacquer.training.algebra.Scaler;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.data.BaseRow;
import org.lacquer.training.data.CleanStretches;
import org.lacquer.training.data.FeatureMeasurer;
import org.lacquer.training.data.Layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A linear discriminant that tells the genres with measured music apart: tracks of the training and
 * calibration packages, both excerpts averaged, equal priors. Figures of width are left out, since
 * they are what mixes get wrong.
 *
 * <p>{@link #DIAGONAL} and {@link #TEMPER} have the highest likelihood when packages of training
 * and calibration are left out by sevenths.
 */
public final class GenreClassifierWriter {
    /** Fewer training tracks than this are no genre. */
    private static final int SMALLEST_GENRE = 3;

    /** How far the covariance within genres is drawn toward its diagonal. */
    private static final double DIAGONAL = 0.5;

    /** Features say nearly the same, packages of a genre differ: how much their evidence counts. */
    private static final double TEMPER = 0.12;

    /** One track: the mean of its clean excerpts. */
    private record One(String packageName, String genre, Split split, double[] features) {}

    private final List<Integer> used = new ArrayList<>();
    private final List<String> genres = new ArrayList<>();
    private final List<One> tracks;
    private final List<One> fitted;
    private final Scaler scaler;

    /** By genre, then by feature. */
    private final double[][] weights;

    private final double[] offsets;

    public GenreClassifierWriter(List<BaseRow> rows) {
        for (int j = 0; j < Layout.WIDTH; j++) {
            if (j < Layout.SIDE_MID || j >= Layout.LEVELS) {
                used.add(j);
            }
        }
        tracks = tracks(rows);
        Map<String, Integer> counts = new TreeMap<>();
        for (One one : tracks) {
            if (one.split() == Split.TRAIN && !one.genre().equals("-")) {
                counts.merge(one.genre(), 1, Integer::sum);
            }
        }
        counts.forEach(
                (genre, count) -> {
                    if (count >= SMALLEST_GENRE) {
                        genres.add(genre);
                    }
                });
        if (genres.size() < 2) {
            throw new IllegalArgumentException(
                    "two genres must have "
                            + SMALLEST_GENRE
                            + " training tracks each; the tracks of training are "
                            + counts);
        }
        fitted = known(split -> split != Split.TEST);
        scaler = Scaler.of(fitted.stream().map(One::features).toList());
        weights = new double[genres.size()][used.size()];
        offsets = new double[genres.size()];
        fit();
    }

    private List<One> tracks(List<BaseRow> rows) {
        Map<String, List<BaseRow>> clean = new TreeMap<>();
        for (BaseRow row : rows) {
            if (row.variant() == 0 && row.excerpt() < CleanStretches.WHOLE) {
                clean.computeIfAbsent(row.track(), key -> new ArrayList<>()).add(row);
            }
        }
        List<One> found = new ArrayList<>();
        for (List<BaseRow> excerpts : clean.values()) {
            double[] mean = new double[used.size()];
            for (BaseRow row : excerpts) {
                for (int j = 0; j < mean.length; j++) {
                    mean[j] += row.features()[used.get(j)] / excerpts.size();
                }
            }
            BaseRow first = excerpts.getFirst();
            found.add(new One(first.packageName(), first.genre(), first.split(), mean));
        }
        return found;
    }

    private List<One> known(java.util.function.Predicate<Split> splits) {
        return tracks.stream()
                .filter(one -> splits.test(one.split()) && genres.contains(one.genre()))
                .toList();
    }

    private void fit() {
        int width = used.size();
        List<double[]> z = fitted.stream().map(one -> scaler.apply(one.features())).toList();
        double[][] means = new double[genres.size()][width];
        int[] counts = new int[genres.size()];
        for (int i = 0; i < z.size(); i++) {
            int g = genres.indexOf(fitted.get(i).genre());
            counts[g]++;
            for (int j = 0; j < width; j++) {
                means[g][j] += z.get(i)[j];
            }
        }
        for (int g = 0; g < means.length; g++) {
            for (int j = 0; j < width; j++) {
                means[g][j] /= counts[g];
            }
        }
        double[][] within = new double[width][width];
        for (int i = 0; i < z.size(); i++) {
            double[] mean = means[genres.indexOf(fitted.get(i).genre())];
            for (int j = 0; j < width; j++) {
                for (int k = 0; k <= j; k++) {
                    double product = (z.get(i)[j] - mean[j]) * (z.get(i)[k] - mean[k]);
                    within[j][k] += (j == k ? 1.0 : 1.0 - DIAGONAL) * product / z.size();
                }
            }
        }
        double[][] columns = new double[width][genres.size()];
        for (int j = 0; j < width; j++) {
            for (int g = 0; g < means.length; g++) {
                columns[j][g] = means[g][j];
            }
        }
        double[][] solved = Cholesky.solve(within, columns);
        for (int g = 0; g < means.length; g++) {
            for (int j = 0; j < width; j++) {
                weights[g][j] = TEMPER * solved[j][g];
                offsets[g] -= 0.5 * weights[g][j] * means[g][j];
            }
        }
    }

    /** Probability of each genre. */
    private double[] probabilities(double[] features) {
        double[] z = scaler.apply(features);
        double[] out = offsets.clone();
        double total = 0.0;
        for (int g = 0; g < out.length; g++) {
            for (int j = 0; j < z.length; j++) {
                out[g] += weights[g][j] * z[j];
            }
            out[g] = StrictMath.exp(out[g]);
            total += out[g];
        }
        for (int g = 0; g < out.length; g++) {
            out[g] /= total;
        }
        return out;
    }

    /** The resource that the app reads, with its manifest at the head. */
    public String text(String cacheSha256) {
        StringBuilder out = new StringBuilder("# SPDX-License-Identifier: Apache-2.0\n");
        out.append("# Generated by TrainingMain genres; do not edit.\n");
        out.append("featureSetVersion\t").append(FeatureMeasurer.VERSION).append('\n');
        out.append("trainingDataSha256\t").append(cacheSha256).append('\n');
        out.append("tracks\t").append(fitted.size()).append('\n');
        TreeSet<String> packages = new TreeSet<>();
        fitted.forEach(one -> packages.add(one.packageName()));
        out.append("packages\t").append(packages.size()).append('\n');
        Figures figures = figures();
        out.append("metric.testTracks\t").append(figures.tracks()).append('\n');
        out.append("metric.likeliestIsRight\t").append(number(figures.first())).append('\n');
        out.append("metric.oneOfTwoIsRight\t").append(number(figures.second())).append('\n');
        out.append("metric.probabilityOfRight\t").append(number(figures.mean())).append('\n');
        out.append("zLimit\t").append(number(Scaler.LIMIT)).append('\n');
        out.append("genres\t").append(String.join("\t", genres)).append("\noffset");
        for (double offset : offsets) {
            out.append('\t').append(number(offset));
        }
        out.append('\n');
        for (int j = 0; j < used.size(); j++) {
            out.append("feature\t").append(FeatureSet.features().get(used.get(j)).name());
            out.append('\t').append(number(scaler.mean()[j]));
            out.append('\t').append(number(scaler.inverseSd()[j]));
            for (double[] weight : weights) {
                out.append('\t').append(number(weight[j]));
            }
            out.append('\n');
        }
        return out.toString();
    }

    /** What the test split says: shares of tracks, and the mean probability of the right genre. */
    private record Figures(int tracks, double first, double second, double mean, int[][] table) {}

    private Figures figures() {
        List<One> test = known(split -> split == Split.TEST);
        int[][] table = new int[genres.size()][genres.size()];
        double first = 0.0;
        double second = 0.0;
        double mean = 0.0;
        for (One one : test) {
            double[] p = probabilities(one.features());
            int right = genres.indexOf(one.genre());
            Integer[] order = new Integer[p.length];
            Arrays.setAll(order, g -> g);
            Arrays.sort(order, (a, b) -> Double.compare(p[b], p[a]));
            table[right][order[0]]++;
            first += order[0] == right ? 1.0 / test.size() : 0.0;
            second += order[0] == right || order[1] == right ? 1.0 / test.size() : 0.0;
            mean += p[right] / test.size();
        }
        return new Figures(test.size(), first, second, mean, table);
    }

    /** The confusion table of the test split. */
    public String markdown() {
        Figures figures = figures();
        StringBuilder out = new StringBuilder("| genre, told as |");
        for (String genre : genres) {
            out.append(' ').append(genre).append(" |");
        }
        out.append("\n|---|").append("---|".repeat(genres.size())).append('\n');
        for (int g = 0; g < genres.size(); g++) {
            out.append("| ").append(genres.get(g)).append(" |");
            for (int count : figures.table()[g]) {
                out.append(' ').append(count).append(" |");
            }
            out.append('\n');
        }
        return out.append(
                        String.format(
                                Locale.ROOT,
                                "%n%d tracks: the likeliest genre is right for %.0f %%, one of the"
                                        + " two likeliest for %.0f %%; the right one gets %.2f on"
                                        + " average.%n",
                                figures.tracks(),
                                100 * figures.first(),
                                100 * figures.second(),
                                figures.mean()))
                .toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
