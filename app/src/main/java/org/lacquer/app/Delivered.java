// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Analysis;
import org.lacquer.engine.Delivery;
import org.lacquer.engine.LimiterSettings;
import org.lacquer.engine.PlanYaml;
import org.lacquer.inference.Decision;
import org.lacquer.inference.Mastered;
import org.lacquer.inference.Target;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What {@code master} and {@code render} say at their end, to people and to scripts.
 *
 * @param platform empty when a given plan was rendered
 */
record Delivered(Mastered mastered, String platform) {
    /** As many fit on a screen; all are in the JSON and in the report. */
    private static final int DECISIONS_SHOWN = 14;

    static Delivered of(Mastered mastered, String platform) {
        return new Delivered(mastered, platform);
    }

    String json() {
        Map<String, Object> object = Json.object(mastered.input());
        object.put("outputFile", mastered.output().map(Object::toString));
        object.put("input", Figure.json(mastered.inputFigures()));
        object.put("output", mastered.outputFigures().map(Figure::json));
        object.put("target", mastered.target().map(this::targetJson));
        object.put("plan", planJson());
        object.put(
                "decisions", mastered.decisions().stream().map(Delivered::decisionJson).toList());
        object.put("findings", Findings.json(mastered.findings()));
        object.put("seconds", Figure.rounded(mastered.seconds()));
        return Json.line(object);
    }

    String text(Terminal terminal) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(terminal));
        lines.add("");
        lines.addAll(figureLines(terminal));
        mastered.target().ifPresent(target -> lines.addAll(targetLines(terminal, target)));
        lines.addAll(decisionLines(terminal));
        lines.addAll(Findings.lines(terminal, mastered.findings()));
        return String.join("\n", lines);
    }

    /** What was asked for in one sentence. */
    String demand() {
        Delivery delivery = mastered.plan().delivery();
        StringBuilder text = new StringBuilder();
        if (delivery.targetLufs().isPresent()) {
            text.append(Figure.text(delivery.targetLufs().getAsDouble(), 1)).append(" LUFS");
        }
        Optional<LimiterSettings> limiter = mastered.plan().limiter();
        if (limiter.isPresent()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append("at most ")
                    .append(Figure.text(limiter.get().ceilingDbtp(), 1))
                    .append(" dBTP");
        }
        return platform.isEmpty() ? text.toString() : platform + ": " + text;
    }

    private String headline(Terminal terminal) {
        Delivery delivery = mastered.plan().delivery();
        String format =
                delivery.fileFormat().lossy()
                        ? delivery.fileFormat().name()
                        : delivery.fileFormat().name() + " " + delivery.bitDepth().label() + " bit";
        String rate =
                delivery.sampleRateHz().isPresent()
                        ? ", " + Formats.kilohertz(delivery.sampleRateHz().getAsInt())
                        : "";
        return mastered.output()
                .map(
                        file ->
                                terminal.bold(file.toString())
                                        + terminal.faint(
                                                String.format(
                                                        Locale.ROOT,
                                                        "   %s%s, made in %.1f s",
                                                        format,
                                                        rate,
                                                        mastered.seconds())))
                .orElse(
                        terminal.bold(mastered.input().toString())
                                + "   dry run, nothing rendered");
    }

    private List<String> figureLines(Terminal terminal) {
        Optional<Analysis> after = mastered.outputFigures();
        List<String> lines = new ArrayList<>();
        String head = after.isPresent() ? "%-28s %-5s %8s %8s" : "%-28s %-5s %8s";
        lines.add(
                terminal.faint("  " + String.format(Locale.ROOT, head, "", "", "before", "after")));
        for (Figure figure : Figure.BEFORE_AFTER) {
            String line =
                    String.format(
                            Locale.ROOT,
                            "  %-28s %-5s %8s",
                            figure.label(),
                            figure.unit(),
                            figure.text(mastered.inputFigures()));
            lines.add(
                    line
                            + after.map(
                                            figures ->
                                                    String.format(
                                                            Locale.ROOT,
                                                            " %8s",
                                                            figure.text(figures)))
                                    .orElse(""));
        }
        return lines;
    }

    private List<String> targetLines(Terminal terminal, Target target) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(terminal.bold("Target"));
        lines.add("  " + demand());
        lines.addAll(Paragraph.lines("  ", sound(target)));
        return lines;
    }

    /** The sound to aim at, how far it may be trusted, and where it comes from. */
    static String sound(Target target) {
        return target.name() + " (" + target.label() + "): " + target.provenance();
    }

    private List<String> decisionLines(Terminal terminal) {
        // The gain in front of all stages is undone by the drive: nobody hears it.
        List<Decision> audible =
                mastered.decisions().stream()
                        .filter(decision -> !decision.setting().startsWith("gain."))
                        .toList();
        if (audible.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(terminal.bold("What was done, and why"));
        for (Decision decision : audible.subList(0, Math.min(DECISIONS_SHOWN, audible.size()))) {
            String head =
                    String.format(Locale.ROOT, "  %-10s %10s  ", stage(decision), value(decision));
            lines.addAll(Paragraph.lines(head, decision.because()));
            String doubt = doubt(decision);
            if (!doubt.isEmpty()) {
                String indent = " ".repeat(head.length());
                Paragraph.lines(indent, "(" + doubt + ")")
                        .forEach(line -> lines.add(terminal.faint(line)));
            }
        }
        if (audible.size() > DECISIONS_SHOWN) {
            String more = "  and " + (audible.size() - DECISIONS_SHOWN) + " more: see --report";
            lines.add(terminal.faint(more));
        }
        return lines;
    }

    /** The value of a decision with its unit, without idle zeros. */
    static String value(Decision decision) {
        String number = Formats.plain(decision.value());
        return decision.setting().endsWith(".ratio")
                ? number + ":1"
                : (number + " " + decision.unit()).strip();
    }

    /** What a table calls the part of the plan that a decision is about. */
    static String stage(Decision decision) {
        String setting = decision.setting();
        String stage = setting.substring(0, Math.max(0, setting.indexOf('.')));
        return stage.equals("delivery") ? "loudness" : StageNames.shortName(stage);
    }

    private Map<String, Object> targetJson(Target target) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", target.name());
        object.put("label", target.label());
        object.put("provenance", target.provenance());
        object.put("weights", new TreeMap<>(target.weights()));
        object.put("effectiveTracks", Figure.rounded(target.effectiveTracks()));
        object.put("usualLoudnessLufs", Figure.rounded(target.loudnessLufs()));
        object.put("usualPlrDb", Figure.rounded(target.plrDb()));
        object.put("platform", platform);
        Delivery delivery = mastered.plan().delivery();
        object.put("loudnessLufs", delivery.targetLufs().orElse(Double.NaN));
        object.put(
                "ceilingDbtp",
                mastered.plan().limiter().map(LimiterSettings::ceilingDbtp).orElse(Double.NaN));
        return object;
    }

    private static Map<String, Object> decisionJson(Decision decision) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("setting", decision.setting());
        object.put("value", decision.value());
        object.put("unit", decision.unit());
        object.put("because", decision.because());
        Map<String, Object> evidence = new TreeMap<>();
        decision.evidence().forEach((name, value) -> evidence.put(name, Figure.rounded(value)));
        object.put("evidence", evidence);
        object.put("interval", decision.interval().map(Delivered::intervalJson));
        object.put("causes", decision.causes().stream().map(Delivered::causeJson).toList());
        object.put("gate", decision.gate().orElse(Double.NaN));
        object.put("cap", decision.cap());
        return object;
    }

    private static Map<String, Object> intervalJson(Decision.Interval interval) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("low", interval.low());
        object.put("high", interval.high());
        return object;
    }

    private static Map<String, Object> causeJson(Decision.Cause cause) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("cause", cause.name());
        object.put("amount", cause.amount());
        object.put("unit", cause.unit());
        return object;
    }

    /** Interval, causes, gate and bound in one line; empty for what follows a rule. */
    static String doubt(Decision decision) {
        List<String> parts = new ArrayList<>();
        decision.interval()
                .ifPresent(
                        interval ->
                                parts.add(
                                        "90 %: "
                                                + Formats.plain(interval.low())
                                                + " to "
                                                + Formats.plain(interval.high())));
        if (!decision.causes().isEmpty()) {
            parts.add(
                    "from "
                            + decision.causes().stream()
                                    .map(
                                            cause ->
                                                    String.format(
                                                            Locale.ROOT,
                                                            "%s %+.2f",
                                                            cause.name(),
                                                            cause.amount()))
                                    .collect(Collectors.joining(", ")));
        }
        decision.gate()
                .ifPresent(
                        gate ->
                                parts.add(
                                        String.format(
                                                Locale.ROOT, "doubt left %.0f %%", 100.0 * gate)));
        decision.cap().ifPresent(cap -> parts.add("held by: " + cap));
        return String.join("; ", parts);
    }

    /** The plan's own text has the keys that people know, so JSON has them too. */
    private Object planJson() {
        return new Load(LoadSettings.builder().build())
                .loadFromString(PlanYaml.write(mastered.plan()));
    }
}
