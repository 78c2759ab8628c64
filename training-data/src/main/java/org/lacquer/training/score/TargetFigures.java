// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.score;

import org.lacquer.inference.model.ToneGate;
import org.lacquer.inference.tone.EqSolver;
import org.lacquer.training.data.BaseRow;
import org.lacquer.training.data.Layout;
import org.lacquer.training.data.TargetBank;
import org.lacquer.training.data.TargetBank.Target;
import org.lacquer.training.data.TrainingRows;
import org.lacquer.training.data.TrainingRows.Example;
import org.lacquer.training.data.TrainingRows.Targets;
import org.lacquer.training.learn.LearnedModel;
import org.lacquer.training.learn.LinearHeads;
import org.lacquer.training.learn.ModelTrainer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Whether targets are heard, and what the heads beside the settings are worth. */
final class TargetFigures {
    private static final int QUESTIONS = 6;

    /** Fewer training tracks than this are no genre target. */
    private static final int SMALLEST_GENRE = 3;

    private final ModelTrainer.Result result;
    private final List<BaseRow> test;

    TargetFigures(ModelTrainer.Result result, List<BaseRow> test) {
        this.result = result;
        this.test = test;
    }

    /**
     * The app's rule: repairs are gated as without a target, what the target changes is followed.
     */
    static double[] towardTarget(ModelTrainer.Result result, Example example) {
        return towardTarget(result, result.model(), example);
    }

    /** The same with one part of the model. */
    static double[] towardTarget(ModelTrainer.Result result, LearnedModel model, Example example) {
        Example blind = example.withTarget(result.bank().none());
        LearnedModel.Answer without = model.apply(blind.question());
        LearnedModel.Answer with = model.apply(example.question());
        double[] gains = result.gated(without);
        for (int k = 0; k < gains.length; k++) {
            gains[k] = ToneGate.toward(without.mean()[k], gains[k], with.mean()[k]);
        }
        return gains;
    }

    /** Style-coupled references: skill, 1 − error / error untouched, without and with them. */
    String styles(Map<String, Double> metrics) {
        StringBuilder out = new StringBuilder("| References | cases | loudness only dB |");
        out.append(" skill without them | skill with them | skill, full match [95 %] |");
        out.append(" with minus without dB [95 %] |\n|---|---|---|---|---|---|---|\n");
        int[] counts = {1, 4};
        Targets[] kinds = {Targets.STYLED_BY_ONE, Targets.STYLED_BY_FOUR};
        for (int i = 0; i < counts.length; i++) {
            int wanted = counts[i];
            TargetBank bank = result.bank();
            List<Example> cases =
                    TrainingRows.draw(test, bank, QUESTIONS, kinds[i], "validate/").stream()
                            .filter(
                                    e ->
                                            bank.albumMates(e.track(), e.packageName()).size()
                                                    >= wanted)
                            .toList();
            double[] untouched = Evaluation.errors(cases, e -> new double[EqSolver.BANDS]);
            double[] without =
                    Evaluation.errors(cases, e -> towardTarget(result, e.withTarget(bank.none())));
            double[] with = Evaluation.errors(cases, e -> towardTarget(result, e));
            Estimate skill = skill(cases, with, untouched);
            metrics.put("skill.styledReferences" + wanted, skill.value());
            out.append(
                    String.format(
                            Locale.ROOT,
                            "| %d | %d | %.2f | %s | **%s** | %s | %s |\n",
                            wanted,
                            cases.size(),
                            Arrays.stream(untouched).average().orElse(Double.NaN),
                            skill(cases, without, untouched).words("%.2f"),
                            skill.words("%.2f"),
                            skill(cases, Evaluation.errors(cases, Evaluation::fullMatch), untouched)
                                    .words("%.2f"),
                            estimate(cases, minus(with, without)).words("%+.2f")));
        }
        return out.toString();
    }

    /** Error with the track's own genre as target against the mean over all other genres. */
    String genres() {
        TargetBank bank = result.bank();
        List<Example> cases = TrainingRows.draw(test, bank, QUESTIONS, Targets.NONE, "validate/");
        TreeSet<String> names = new TreeSet<>();
        test.forEach(row -> names.add(row.genre()));
        names.removeIf(name -> bank.genreTracks(name, "").size() < SMALLEST_GENRE);
        StringBuilder out = new StringBuilder("| Genre | test tracks | training tracks |");
        out.append(" right minus wrong dB [95 %] | right minus none dB [95 %] |\n");
        out.append("|---|---|---|---|---|\n");
        List<Example> pooled = new ArrayList<>();
        List<Double> pooledWrong = new ArrayList<>();
        List<Double> pooledNone = new ArrayList<>();
        for (String name : names) {
            List<Example> own = cases.stream().filter(e -> e.genre().equals(name)).toList();
            if (name.equals("-") || own.isEmpty()) {
                continue;
            }
            double[] wrong = new double[own.size()];
            double[] none = new double[own.size()];
            for (int i = 0; i < own.size(); i++) {
                Example e = own.get(i);
                double right =
                        Evaluation.error(e, towardTarget(result, e.withTarget(target(name))));
                none[i] = right - Evaluation.error(e, towardTarget(result, e));
                double others = 0.0;
                for (String other : names) {
                    if (!other.equals(name) && !other.equals("-")) {
                        others +=
                                Evaluation.error(
                                        e, towardTarget(result, e.withTarget(target(other))));
                    }
                }
                long count = names.stream().filter(n -> !n.equals(name) && !n.equals("-")).count();
                wrong[i] = right - others / Math.max(1, count);
                pooled.add(e);
                pooledWrong.add(wrong[i]);
                pooledNone.add(none[i]);
            }
            genreLine(out, name, own, bank.genreTracks(name, "").size(), wrong, none);
        }
        genreLine(
                out,
                "**all**",
                pooled,
                0,
                pooledWrong.stream().mapToDouble(x -> x).toArray(),
                pooledNone.stream().mapToDouble(x -> x).toArray());
        return out.toString();
    }

    /** What flags tell apart, and how often the mastered features lie in their interval. */
    String heads(Map<String, Double> metrics) {
        List<Example> cases =
                TrainingRows.draw(test, result.bank(), QUESTIONS, Targets.NONE, "validate/");
        LinearHeads heads = result.model().heads();
        List<double[]> probabilities = new ArrayList<>();
        double inside = 0.0;
        for (Example e : cases) {
            double[] z = result.model().scaler().apply(e.question());
            probabilities.add(heads.probabilities(z));
            double[] change = heads.change().apply(z);
            for (int j = 0; j < Layout.TARGET_WIDTH; j++) {
                double miss = Math.abs(e.master()[j] - e.question()[j] - change[j]);
                inside += miss <= 1.645 * heads.sigma()[j] ? 1.0 : 0.0;
            }
        }
        inside /= (double) cases.size() * Layout.TARGET_WIDTH;
        metrics.put("coverage90.mastered", inside);
        StringBuilder out = new StringBuilder("| Flag | share of cases | AUC |\n|---|---|---|\n");
        for (int k = 0; k < LinearHeads.FLAGS.size(); k++) {
            int flag = k;
            double[] scores = probabilities.stream().mapToDouble(p -> p[flag]).toArray();
            boolean[] is = new boolean[scores.length];
            int count = 0;
            for (int i = 0; i < is.length; i++) {
                is[i] = LinearHeads.flag(cases.get(i), k);
                count += is[i] ? 1 : 0;
            }
            double auc = auc(scores, is);
            metrics.put("auc." + LinearHeads.FLAGS.get(k), auc);
            out.append(
                    String.format(
                            Locale.ROOT,
                            "| %s | %.2f | %.2f |\n",
                            LinearHeads.FLAGS.get(k),
                            (double) count / is.length,
                            auc));
        }
        out.append(
                String.format(
                        Locale.ROOT,
                        "\nShare of mastered features inside their 90 %% interval: %.2f.\n",
                        inside));
        return out.toString();
    }

    /** Area under the receiver's curve: how often a case with the flag scores above one without. */
    static double auc(double[] scores, boolean[] is) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
        double ranks = 0.0;
        long positives = 0;
        for (int i = 0; i < order.length; ) {
            int end = i;
            while (end < order.length && scores[order[end]] == scores[order[i]]) {
                end++;
            }
            for (int k = i; k < end; k++) {
                if (is[order[k]]) {
                    ranks += (i + end + 1) / 2.0;
                    positives++;
                }
            }
            i = end;
        }
        double negatives = (double) order.length - positives;
        return (ranks - positives * (positives + 1) / 2.0) / (positives * negatives);
    }

    private Target target(String genre) {
        TargetBank bank = result.bank();
        return bank.target(bank.genreTracks(genre, ""), new double[Layout.BANDS], bank.global());
    }

    private static void genreLine(
            StringBuilder out,
            String name,
            List<Example> cases,
            int training,
            double[] wrong,
            double[] none) {
        out.append(
                String.format(
                        Locale.ROOT,
                        "| %s | %d | %s | %s | %s |\n",
                        name,
                        cases.stream().map(Example::track).distinct().count(),
                        training == 0 ? "" : Integer.toString(training),
                        estimate(cases, wrong).words("%+.2f"),
                        estimate(cases, none).words("%+.2f")));
    }

    /** 1 − error / error untouched. */
    private static Estimate skill(List<Example> cases, double[] errors, double[] untouched) {
        return Bootstrap.ofRatio(minus(untouched, errors), untouched, albums(cases), 1);
    }

    private static Estimate estimate(List<Example> cases, double[] values) {
        return Bootstrap.ofMean(values, albums(cases), 1);
    }

    private static List<String> albums(List<Example> cases) {
        return cases.stream().map(Example::packageName).toList();
    }

    private static double[] minus(double[] from, double[] values) {
        double[] out = new double[from.length];
        Arrays.setAll(out, i -> from[i] - values[i]);
        return out;
    }
}
