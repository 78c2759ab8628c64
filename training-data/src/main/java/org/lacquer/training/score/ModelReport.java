// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.score;

import org.lacquer.inference.tone.EqSolver;
import org.lacquer.training.corpus.Track.Split;
import org.lacquer.training.data.BaseRow;
import org.lacquer.training.data.CleanStretches;
import org.lacquer.training.data.Labels;
import org.lacquer.training.data.TargetBank;
import org.lacquer.training.data.TrainingRows;
import org.lacquer.training.data.TrainingRows.Example;
import org.lacquer.training.data.TrainingRows.Targets;
import org.lacquer.training.learn.ForestBaseline;
import org.lacquer.training.learn.LearnedModel;
import org.lacquer.training.learn.ModelTrainer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The evaluation of one trained model on albums that it never saw. */
public final class ModelReport {
    private static final int QUESTIONS = 6;

    private final ModelTrainer.Result result;
    private final List<BaseRow> rows;

    public ModelReport(ModelTrainer.Result result, List<BaseRow> rows) {
        this.result = result;
        this.rows = rows;
    }

    /** Figures for the manifest and the Markdown that holds them. */
    public record Written(String markdown, Map<String, Double> metrics) {}

    /**
     * The tables without and with targets by networks that never heard the package: what choices
     * are made by.
     */
    public String calibrationTable() {
        List<BaseRow> heard =
                CleanStretches.without(rows).stream()
                        .filter(row -> row.split() != Split.TEST)
                        .toList();
        TargetBank bank = result.bank();
        Evaluation blind =
                new Evaluation(TrainingRows.draw(heard, bank, 4, Targets.NONE, "choose/"));
        Evaluation mixed =
                new Evaluation(TrainingRows.draw(heard, bank, 4, Targets.MIXED, "choose/"));
        return Evaluation.table(
                List.of(
                        blind.measure("loudness only", e -> new double[EqSolver.BANDS]),
                        blind.measure(
                                "ridge alone",
                                e -> eq(result.crossFit().deafTo(e).ridgeMean(e.question()))),
                        blind.measure("no gate", e -> eq(result.crossFit().answer(e).mean())),
                        blind.measure("gated", e -> result.gated(result.crossFit().answer(e))),
                        mixed.measure("any target: loudness only", e -> new double[8]),
                        mixed.measure(
                                "any target: gated",
                                e ->
                                        TargetFigures.towardTarget(
                                                result, result.crossFit().deafTo(e), e))));
    }

    /**
     * How the model does, without a target, on mixes whose stems are at fault.
     *
     * @param premasters rows that it did not learn from
     */
    public String stemFaultTable(List<BaseRow> premasters) {
        Evaluation blind =
                new Evaluation(
                        TrainingRows.draw(premasters, result.bank(), 12, Targets.NONE, "stems/"));
        LearnedModel model = result.model();
        return Evaluation.table(
                List.of(
                        blind.measure("loudness only", e -> new double[EqSolver.BANDS]),
                        blind.measure("no gate", e -> eq(model.apply(e.question()).mean())),
                        blind.measure("gated", this::gated)));
    }

    /**
     * @param withForest whether to train the forest baseline, which takes minutes
     */
    public Written write(boolean withForest) {
        List<BaseRow> test = rows.stream().filter(row -> row.split() == Split.TEST).toList();
        List<Example> blind = draw(test, Targets.NONE);
        List<Example> genre = draw(test, Targets.GENRE);
        List<Example> mixed = draw(test, Targets.MIXED);
        LearnedModel model = result.model();

        Evaluation blindly = new Evaluation(blind);
        List<Evaluation.Line> lines = new ArrayList<>();
        lines.add(blindly.measure("loudness only", e -> new double[EqSolver.BANDS]));
        if (withForest) {
            ForestBaseline forest = new ForestBaseline(model, trainingDraw());
            lines.add(blindly.measure("random forest (Smile)", forest::gainsDb));
        }
        lines.add(blindly.measure("ridge alone", e -> eq(model.ridgeMean(e.question()))));
        lines.add(blindly.measure("model, no gate", e -> eq(model.apply(e.question()).mean())));
        Evaluation.Line shipped = blindly.measure("**model, gated**", this::gated);
        lines.add(shipped);
        lines.add(blindly.measure("best possible with these bands", e -> eq(e.labels())));

        Evaluation byGenre = new Evaluation(genre);
        List<Evaluation.Line> genreLines = new ArrayList<>();
        genreLines.add(byGenre.measure("loudness only", e -> new double[EqSolver.BANDS]));
        genreLines.add(byGenre.measure("full match to the genre", Evaluation::fullMatch));
        genreLines.add(
                byGenre.measure(
                        "**model, gated, genre target**",
                        e -> TargetFigures.towardTarget(result, e)));

        Evaluation byMixed = new Evaluation(mixed);
        List<Evaluation.Line> mixedLines = new ArrayList<>();
        mixedLines.add(byMixed.measure("loudness only", e -> new double[EqSolver.BANDS]));
        mixedLines.add(byMixed.measure("full match to the target", Evaluation::fullMatch));
        mixedLines.add(
                byMixed.measure("**model, gated**", e -> TargetFigures.towardTarget(result, e)));

        List<double[]> means = new ArrayList<>();
        List<double[]> sigmas = new ArrayList<>();
        for (Example e : blind) {
            LearnedModel.Answer answer = model.apply(e.question());
            means.add(answer.mean());
            sigmas.add(answer.sigma());
        }
        Map<String, Double> coverage = Evaluation.coverage(blind, means, sigmas);
        double[] determination = Evaluation.determination(blind, means);

        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("loudnessOnlyDb", lines.getFirst().meanDb());
        metrics.put("modelDb", shipped.meanDb());
        metrics.put("heavyThirdLoudnessOnlyDb", lines.getFirst().heavyThirdDb());
        metrics.put("heavyThirdModelDb", shipped.heavyThirdDb());
        metrics.put("harmShare", shipped.harm().value());
        metrics.put("identityDb", shipped.moved().value());
        coverage.forEach((name, share) -> metrics.put("coverage90." + name, share));
        TargetFigures targets = new TargetFigures(result, test);
        String more =
                "\nReferences that share a style with the hidden master (the mix lacks it):\n\n"
                        + targets.styles(metrics)
                        + "\nThe track's genre as target, against the other genres and against"
                        + " none:\n\n"
                        + targets.genres()
                        + "\nHeads beside the settings:\n\n"
                        + targets.heads(metrics);
        return new Written(
                markdown(lines, genreLines, mixedLines, coverage, determination) + more, metrics);
    }

    private double[] gated(Example example) {
        return result.gated(result.model().apply(example.question()));
    }

    private List<Example> draw(List<BaseRow> test, Targets targets) {
        return TrainingRows.draw(test, result.bank(), QUESTIONS, targets, "validate/");
    }

    private List<Example> trainingDraw() {
        List<BaseRow> training = rows.stream().filter(row -> row.split() == Split.TRAIN).toList();
        return TrainingRows.drawAll(training, result.bank(), 6, 1, Targets.NONE, "forest/");
    }

    private static double[] eq(double[] settings) {
        return Arrays.copyOf(settings, EqSolver.BANDS);
    }

    private static String markdown(
            List<Evaluation.Line> blind,
            List<Evaluation.Line> genre,
            List<Evaluation.Line> mixed,
            Map<String, Double> coverage,
            double[] determination) {
        StringBuilder out = new StringBuilder("Without any target:\n\n");
        out.append(Evaluation.table(blind));
        out.append("\nWith the track's genre as target (other packages' tracks):\n\n");
        out.append(Evaluation.table(genre));
        out.append("\nWith a target as in training (none, references or genre; half of them");
        out.append(" with a style of their own that the mix lacks):\n\n");
        out.append(Evaluation.table(mixed));
        out.append("\nShare of true settings inside the 90 % interval, without a target:\n\n");
        out.append("| EQ | compressor slope | width | PLR | all | lowest album |\n");
        out.append("|---|---|---|---|---|---|\n|");
        coverage.values().forEach(share -> out.append(format(" %.2f |", share)));
        out.append("\n\nShare of variance explained, without a target:\n\n| Setting | R² |\n");
        out.append("|---|---|\n");
        for (int k = 0; k < determination.length; k++) {
            out.append("| ").append(Labels.NAMES.get(k));
            out.append(format(" | %.2f |%n", determination[k]).replace("\r", ""));
        }
        return out.toString();
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
