// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Analysis;
import org.lacquer.comparison.Alignment;
import org.lacquer.comparison.Explained;
import org.lacquer.comparison.explain.ExplainedStage;
import org.lacquer.comparison.explain.Explanation;
import org.lacquer.comparison.explain.Leftover;
import org.lacquer.engine.PlanYaml;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code explain} says, to people and to scripts. */
final class ExplanationReport {
    private final Path mix;
    private final Path master;
    private final Explained explained;
    private final Explanation explanation;

    ExplanationReport(Path mix, Path master, Explained explained) {
        this.mix = mix;
        this.master = master;
        this.explained = explained;
        this.explanation = explained.explanation();
    }

    String text(Terminal terminal) {
        List<String> lines = new ArrayList<>();
        lines.add(
                terminal.bold(mix + " → " + master)
                        + terminal.faint(
                                "   "
                                        + Formats.clock(explanation.startSeconds())
                                        + " to "
                                        + Formats.clock(explanation.endSeconds())));
        lines.addAll(Paragraph.lines("  ", alignment()));
        lines.add("");
        lines.add(terminal.faint(format("  %-28s %10s %10s", "", "mix", "master")));
        for (Figure figure : Figure.BEFORE_AFTER) {
            lines.add(
                    format(
                            "  %-28s %10s %10s %s",
                            figure.label(),
                            figure.text(explained.mix()),
                            figure.text(explained.master()),
                            figure.unit()));
        }
        lines.add("");
        if (explanation.stages().isEmpty()) {
            lines.add("  Nothing was done that can be heard.");
        } else {
            lines.add(terminal.faint(format("  %-22s %5s   %s", "What was done", "sure", "")));
            for (int k = 0; k < explanation.stages().size(); k++) {
                lines.addAll(stage(terminal, k));
            }
        }
        lines.add("");
        lines.addAll(left(terminal, explanation.left()));
        lines.addAll(Findings.lines(terminal, explanation.findings()));
        return String.join("\n", lines);
    }

    private List<String> stage(Terminal terminal, int index) {
        ExplainedStage stage = explanation.stages().get(index);
        String head = format("  %-22s %3.0f %%   ", stage.stage(), 100.0 * stage.confidence());
        List<String> settings = StageSummary.of(explanation.plan().stages().get(index));
        List<String> lines = new ArrayList<>();
        for (int k = 0; k < settings.size(); k++) {
            lines.add((k == 0 ? head : " ".repeat(head.length())) + settings.get(k));
        }
        Paragraph.lines(" ".repeat(head.length()), stage.because())
                .forEach(line -> lines.add(terminal.faint(line)));
        return lines;
    }

    private List<String> left(Terminal terminal, Leftover left) {
        List<String> lines = new ArrayList<>();
        lines.add(terminal.faint(format("  %-28s %10s %10s", "Not explained", "before", "after")));
        lines.add(
                format(
                        "  %-28s %10s %10s dB",
                        "Tone",
                        Figure.text(left.toneBeforeDb(), 2),
                        Figure.text(left.toneDb(), 2)));
        lines.add(
                format(
                        "  %-28s %10s %10s dB",
                        "Movement of the gain",
                        Figure.text(left.movementBeforeDb(), 2),
                        Figure.text(left.movementDb(), 2)));
        lines.add(
                format(
                        "  %-28s %10s %10s dB",
                        "Neither filter nor gain",
                        Figure.text(left.residualBeforeDb(), 1),
                        Figure.text(left.residualDb(), 1)));
        return lines;
    }

    private String alignment() {
        Alignment alignment = explained.alignment();
        List<String> words = new ArrayList<>();
        double ms = 1_000.0 * alignment.offsetFrames() / explained.mix().sampleRateHz();
        if (alignment.offsetFrames() != 0.0) {
            words.add(
                    format(
                            "The master begins %.1f ms %s.",
                            Math.abs(ms), ms > 0.0 ? "later" : "earlier"));
        }
        if (alignment.driftPpm() != 0.0) {
            words.add(format("Its clock is off by %.1f ppm.", alignment.driftPpm()));
        }
        if (alignment.inverted()) {
            words.add("Its polarity is inverted.");
        }
        Analysis file = explained.master();
        if (file.sampleRateHz() != explained.mix().sampleRateHz()) {
            words.add("Its rate is " + Formats.kilohertz(file.sampleRateHz()) + ".");
        }
        return words.isEmpty() ? "The master lies on the mix." : String.join(" ", words);
    }

    String json() {
        Map<String, Object> object = Json.object(mix);
        object.put("master", master.toString());
        object.put("input", Figure.json(explained.mix()));
        object.put("output", Figure.json(explained.master()));
        object.put("alignment", ComparisonReport.alignmentJson(explained.alignment()));
        object.putAll(json(explanation));
        return Json.line(object);
    }

    /** What {@code compare} tells of a master, too. */
    static Map<String, Object> json(Explanation explanation) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("startSeconds", Figure.rounded(explanation.startSeconds()));
        object.put("endSeconds", Figure.rounded(explanation.endSeconds()));
        object.put("stages", explanation.stages().stream().map(ExplanationReport::json).toList());
        Map<String, Object> tone = new LinkedHashMap<>();
        tone.put("centresHz", rounded(explanation.toneHz()));
        tone.put("gainsDb", rounded(explanation.toneDb()));
        object.put("tone", tone);
        object.put("compressionDb", Figure.rounded(explanation.compressionDb()));
        object.put("limitingDb", Figure.rounded(explanation.limitingDb()));
        object.put("limitingMaxDb", Figure.rounded(explanation.limitingMaxDb()));
        Leftover left = explanation.left();
        Map<String, Object> rest = new LinkedHashMap<>();
        rest.put("toneBeforeDb", Figure.rounded(left.toneBeforeDb()));
        rest.put("toneDb", Figure.rounded(left.toneDb()));
        rest.put("movementBeforeDb", Figure.rounded(left.movementBeforeDb()));
        rest.put("movementDb", Figure.rounded(left.movementDb()));
        rest.put("levelDb", Figure.rounded(left.levelDb()));
        rest.put("residualBeforeDb", Figure.rounded(left.residualBeforeDb()));
        rest.put("residualDb", Figure.rounded(left.residualDb()));
        object.put("left", rest);
        object.put(
                "plan",
                new Load(LoadSettings.builder().build())
                        .loadFromString(PlanYaml.write(explanation.plan())));
        object.put("findings", Findings.json(explanation.findings()));
        return object;
    }

    private static Map<String, Object> json(ExplainedStage stage) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("stage", stage.stage());
        object.put("confidence", Figure.rounded(stage.confidence()));
        object.put("because", stage.because());
        Map<String, Object> evidence = new LinkedHashMap<>();
        stage.evidence().forEach((name, value) -> evidence.put(name, Figure.rounded(value)));
        object.put("evidence", evidence);
        return object;
    }

    private static List<Double> rounded(List<Double> values) {
        return values.stream().map(Figure::rounded).toList();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
