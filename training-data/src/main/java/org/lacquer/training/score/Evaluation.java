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
     * @param heavyThirdDb the same on the third of the cases that were worst to begin with
     * @param lightThirdDb and on the third that was best
     * @param changeDb mean change against loudness only, negative is better
     * @param interval of {@code changeDb}, albums drawn whole
     * @param harmShare cases made worse by more than {@link Labels#HARM_DB}
     * @param identityDb how far finished masters were moved
     */
    public record Line(
            String name,
            int cases,
            double meanDb,
            double heavyThirdDb,
            double lightThirdDb,
            double changeDb,
            Bootstrap.Interval interval,
            double harmShare,
            double identityDb) {}

    private final List<Example> cases;
    private final double[] untouched;
    private final double lightBound;
    private final double heavyBound;

    public Evaluation(List<Example> examples) {
        this.cases = List.copyOf(examples);
        this.untouched = cases.stream().mapToDouble(e -> error(e, new double[8])).toArray();
        double[] faulty = Arrays.stream(untouched).filter(e -> e > 1e-9).sorted().toArray();
        this.lightBound = faulty[faulty.length / 3];
        this.heavyBound = faulty[2 * faulty.length / 3];
    }

    public Line measure(String name, System system) {
        double sum = 0.0;
        double heavy = 0.0;
        int heavies = 0;
        double light = 0.0;
        int lights = 0;
        double identity = 0.0;
        int identities = 0;
        int harmed = 0;
        double[] changes = new double[cases.size()];
        for (int i = 0; i < cases.size(); i++) {
            double error = error(cases.get(i), system.gainsDb(cases.get(i)));
            sum += error;
            changes[i] = error - untouched[i];
            harmed += changes[i] > Labels.HARM_DB ? 1 : 0;
            if (untouched[i] <= 1e-9) {
                identity += error;
                identities++;
            } else if (untouched[i] >= heavyBound) {
                heavy += error;
                heavies++;
            } else if (untouched[i] < lightBound) {
                light += error;
                lights++;
            }
        }
        int n = cases.size();
        return new Line(
                name,
                n,
                sum / n,
                heavy / heavies,
                light / Math.max(1, lights),
                Arrays.stream(changes).average().orElse(0.0),
                Bootstrap.ofMean(changes, cases.stream().map(Example::packageName).toList(), 1),
                (double) harmed / n,
                identity / Math.max(1, identities));
    }

    private static double error(Example example, double[] gainsDb) {
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
                "| System | cases | mean dB | heavy third | light third | change vs loudness only"
                        + " [95 %] | harm | finished master moved |");
        rows.add("|---|---|---|---|---|---|---|---|");
        for (Line line : lines) {
            rows.add(
                    String.format(
                            Locale.ROOT,
                            "| %s | %d | %.2f | %.2f | %.2f | %+.2f [%+.2f, %+.2f] | %.1f %% |"
                                    + " %.2f dB |",
                            line.name(),
                            line.cases(),
                            line.meanDb(),
                            line.heavyThirdDb(),
                            line.lightThirdDb(),
                            line.changeDb(),
                            line.interval().low(),
                            line.interval().high(),
                            100.0 * line.harmShare(),
                            line.identityDb()));
        }
        return String.join("\n", rows) + "\n";
    }

    private static double average(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElse(Double.NaN);
    }
}
