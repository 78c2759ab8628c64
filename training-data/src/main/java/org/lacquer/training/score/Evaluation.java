// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.score;

import org.lacquer.inference.tone.EqSolver;
import org.lacquer.training.data.FeatureAlgebra;
import org.lacquer.training.data.Labels;
import org.lacquer.training.data.Layout;
import org.lacquer.training.data.TrainingRows.Example;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How far the third-octave spectrum of the result is from the hidden master's, for several ways to
 * choose the EQ. Loudness is equal throughout; the EQ is computed, not rendered (equal to 0.25 dB).
 */
public final class Evaluation {
    /** A way to choose EQ gains. */
    @FunctionalInterface
    public interface System {
        /** Gains for one question. */
        double[] gainsDb(Example example);
    }

    /**
     * How one system did.
     *
     * @param meanDb weighted third-octave error
     * @param reduction of it against loudness only, negative is better, 1 is all of it
     * @param heavyThirdDb the error on the third of the cases that were worst to begin with
     * @param heavyReduction of that
     * @param lightThirdDb the error on the third that was best
     * @param change of the error against loudness only, dB, negative is better
     * @param harm share of cases made worse by more than {@link Labels#HARM_DB}
     * @param moved how far finished masters were moved, dB
     */
    public record Line(
            String name,
            int cases,
            double meanDb,
            Estimate reduction,
            double heavyThirdDb,
            Estimate heavyReduction,
            double lightThirdDb,
            Estimate change,
            Estimate harm,
            Estimate moved) {}

    /** An untouched mix that is no farther from its master is the master. */
    private static final double SAME_DB = 1e-9;

    private final List<Example> cases;
    private final double[] untouched;
    private final double lightBound;
    private final double heavyBound;

    public Evaluation(List<Example> examples) {
        this.cases = List.copyOf(examples);
        this.untouched = errors(cases, e -> new double[EqSolver.BANDS]);
        double[] faulty = Arrays.stream(untouched).filter(e -> e > SAME_DB).sorted().toArray();
        this.lightBound = faulty[faulty.length / 3];
        this.heavyBound = faulty[2 * faulty.length / 3];
    }

    public Line measure(String name, System system) {
        double[] errors = errors(cases, system);
        int[] all = where(e -> true);
        int[] heavy = where(e -> e > SAME_DB && e >= heavyBound);
        int[] light = where(e -> e > SAME_DB && e < lightBound);
        int[] finished = where(e -> e <= SAME_DB);
        return new Line(
                name,
                cases.size(),
                mean(errors, all),
                reduction(errors, all),
                mean(errors, heavy),
                reduction(errors, heavy),
                mean(errors, light),
                estimate(all, i -> errors[i] - untouched[i]),
                estimate(all, i -> errors[i] - untouched[i] > Labels.HARM_DB ? 1.0 : 0.0),
                estimate(finished, i -> errors[i]));
    }

    private int[] where(DoublePredicate untouchedDb) {
        return IntStream.range(0, untouched.length)
                .filter(i -> untouchedDb.test(untouched[i]))
                .toArray();
    }

    private static double mean(double[] errors, int[] places) {
        return Arrays.stream(places).mapToDouble(i -> errors[i]).average().orElse(0.0);
    }

    private Estimate reduction(double[] errors, int[] places) {
        return Bootstrap.ofRatio(
                Arrays.stream(places).mapToDouble(i -> errors[i] - untouched[i]).toArray(),
                Arrays.stream(places).mapToDouble(i -> untouched[i]).toArray(),
                albums(places),
                1);
    }

    private Estimate estimate(int[] places, IntToDoubleFunction value) {
        return Bootstrap.ofMean(
                Arrays.stream(places).mapToDouble(value).toArray(), albums(places), 1);
    }

    private List<String> albums(int[] places) {
        return Arrays.stream(places).mapToObj(i -> cases.get(i).packageName()).toList();
    }

    /** What is left of each case's error. */
    static double[] errors(List<Example> examples, System system) {
        return examples.stream().mapToDouble(e -> error(e, system.gainsDb(e))).toArray();
    }

    static double error(Example example, double[] gainsDb) {
        return Labels.ltasError(
                EqSolver.apply(example.before(), gainsDb),
                example.after(),
                EqSolver.audibility(example.after()));
    }

    /** Gains that follow the target of the question fully, within ±6 dB. */
    public static double[] fullMatch(Example example) {
        double[] target =
                FeatureAlgebra.ltasOf(
                        Arrays.copyOfRange(
                                example.question(),
                                Layout.WIDTH,
                                Layout.WIDTH + Layout.TARGET_WIDTH));
        double[] gains =
                EqSolver.solve(example.before(), target, EqSolver.audibility(target), 0.15);
        return Arrays.stream(gains).map(g -> Math.max(-6.0, Math.min(6.0, g))).toArray();
    }

    /** Share of answers inside mean ± 1.645 sigma: over all settings, and the lowest album. */
    public static Map<String, Double> coverage(
            List<Example> examples, List<double[]> means, List<double[]> sigmas) {
        double[] inside = new double[Labels.COUNT];
        Map<String, double[]> albums = new TreeMap<>();
        for (int i = 0; i < examples.size(); i++) {
            double[] album =
                    albums.computeIfAbsent(examples.get(i).packageName(), key -> new double[2]);
            for (int k = 0; k < Labels.COUNT; k++) {
                double miss = Math.abs(examples.get(i).labels()[k] - means.get(i)[k]);
                boolean hit = miss <= 1.645 * sigmas.get(i)[k];
                inside[k] += hit ? 1.0 / examples.size() : 0.0;
                album[0] += hit ? 1 : 0;
                album[1]++;
            }
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        shares.put("eq", average(inside, 0, Labels.SLOPES));
        shares.put("slope", average(inside, Labels.SLOPES, Labels.SIDES));
        shares.put("width", average(inside, Labels.SIDES, Labels.PLR));
        shares.put("plr", inside[Labels.PLR]);
        shares.put("all", average(inside, 0, Labels.COUNT));
        shares.put(
                "lowestAlbum",
                albums.values().stream().mapToDouble(a -> a[0] / a[1]).min().orElse(Double.NaN));
        return shares;
    }

    /** 1 − squared error / variance of each setting. */
    public static double[] determination(List<Example> examples, List<double[]> means) {
        double[] out = new double[Labels.COUNT];
        for (int k = 0; k < out.length; k++) {
            int label = k;
            double mean = examples.stream().mapToDouble(e -> e.labels()[label]).average().orElse(0);
            double error = 0.0;
            double variance = 0.0;
            for (int i = 0; i < examples.size(); i++) {
                double truth = examples.get(i).labels()[k];
                error += (truth - means.get(i)[k]) * (truth - means.get(i)[k]);
                variance += (truth - mean) * (truth - mean);
            }
            out[k] = 1.0 - error / Math.max(variance, 1e-12);
        }
        return out;
    }

    /** The lines as a Markdown table. */
    public static String table(List<Line> lines) {
        List<String> rows = new ArrayList<>();
        rows.add(
                "| System | cases | mean dB | heavy third [95 %] | light third | change vs loudness"
                        + " only [95 %] | harm [95 %] | finished master moved [95 %] |");
        rows.add("|---|---|---|---|---|---|---|---|");
        for (Line line : lines) {
            rows.add(
                    String.format(
                            Locale.ROOT,
                            "| %s | %d | %.2f (%+.0f %%) | %.2f (%s %%) | %.2f | %s | %s %% |"
                                    + " %s dB |",
                            line.name(),
                            line.cases(),
                            line.meanDb(),
                            100.0 * line.reduction().value(),
                            line.heavyThirdDb(),
                            line.heavyReduction().percent().words("%+.0f"),
                            line.lightThirdDb(),
                            line.change().words("%+.2f"),
                            line.harm().percent().words("%.1f"),
                            line.moved().words("%.2f")));
        }
        return String.join("\n", rows) + "\n";
    }

    private static double average(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElse(Double.NaN);
    }
}
