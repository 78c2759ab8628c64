// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Analysis;
import org.lacquer.analysis.Finding;
import org.lacquer.app.chart.ChartFile;
import org.lacquer.engine.PlanYaml;
import org.lacquer.engine.Provenance;
import org.lacquer.inference.Decision;
import org.lacquer.inference.Mastered;
import org.lacquer.inference.Target;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A mastering as one page that needs nothing else: figures, pictures, reasons, findings, plan,
 * provenance. Follows the reader's choice of light or dark.
 */
final class HtmlReport {
    private final StringBuilder page = new StringBuilder();
    private final Delivered delivered;
    private final Mastered mastered;

    private HtmlReport(Delivered delivered) {
        this.delivered = delivered;
        this.mastered = delivered.mastered();
    }

    static String of(Delivered delivered) {
        return new HtmlReport(delivered).write();
    }

    private String write() {
        String name = Formats.nameOf(mastered.output().orElse(mastered.input()));
        page.append(HtmlPage.begin(name + " – mastering report"))
                .append("<h1>")
                .append(escape(name))
                .append("</h1>\n<p class=\"lead\">Mastered from ")
                .append(escape(Formats.nameOf(mastered.input())))
                .append(" by Lacquer ")
                .append(escape(Version.NUMBER))
                .append(mastered.output().isEmpty() ? "; a dry run, nothing was rendered" : "")
                .append("</p>\n");
        figures();
        mastered.target().ifPresent(this::target);
        page.append("<h2>Sound</h2>\n<div class=\"wide\">\n")
                .append(ChartFile.svg(Charts.of(mastered)))
                .append("</div>\n");
        decisions();
        findings();
        plan();
        provenance();
        return page.append(HtmlPage.end()).toString();
    }

    private void figures() {
        Optional<Analysis> after = mastered.outputFigures();
        page.append("<h2>Figures</h2>\n<table>\n<tr><th></th><th class=\"n\">mix</th>");
        after.ifPresent(figures -> page.append("<th class=\"n\">master</th>"));
        page.append("<th></th></tr>\n");
        for (Figure figure : Figure.values()) {
            page.append("<tr><td>")
                    .append(figure.label())
                    .append("</td><td class=\"n\">")
                    .append(figure.text(mastered.inputFigures()))
                    .append("</td>");
            after.ifPresent(
                    figures ->
                            page.append("<td class=\"n after\">")
                                    .append(figure.text(figures))
                                    .append("</td>"));
            page.append("<td class=\"muted\">").append(figure.unit()).append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private void target(Target target) {
        page.append("<h2>Target</h2>\n<p>")
                .append(escape(delivered.demand()))
                .append("<br>")
                .append(escape(Delivered.sound(target)))
                .append("</p>\n");
    }

    private void decisions() {
        if (mastered.decisions().isEmpty()) {
            return;
        }
        page.append("<h2>What was done, and why</h2>\n<table>\n")
                .append("<tr><th>stage</th><th class=\"n\">value</th><th>because</th></tr>\n");
        for (Decision decision : mastered.decisions()) {
            page.append("<tr><td>")
                    .append(escape(Delivered.stage(decision)))
                    .append("</td><td class=\"n\">")
                    .append(escape(Delivered.value(decision)))
                    .append("</td><td>")
                    .append(escape(decision.because()))
                    .append(doubt(decision))
                    .append(evidence(decision))
                    .append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private static String doubt(Decision decision) {
        String doubt = Delivered.doubt(decision);
        return doubt.isEmpty() ? "" : "<br><span class=\"muted\">" + escape(doubt) + "</span>";
    }

    /** The setting's place in the plan, and the figures behind it. */
    private static String evidence(Decision decision) {
        StringBuilder text = new StringBuilder(decision.setting());
        String separator = ": ";
        for (Map.Entry<String, Double> figure : new TreeMap<>(decision.evidence()).entrySet()) {
            text.append(separator)
                    .append(figure.getKey())
                    .append(' ')
                    .append(Figure.text(figure.getValue(), 2));
            separator = ", ";
        }
        return "<br><small>" + escape(text.toString()) + "</small>";
    }

    private void findings() {
        if (mastered.findings().isEmpty()) {
            return;
        }
        page.append("<h2>Findings</h2>\n<table>\n");
        for (Finding finding : mastered.findings()) {
            String severity = finding.severity().name().toLowerCase(Locale.ROOT);
            page.append("<tr><td class=\"")
                    .append(severity)
                    .append("\">")
                    .append(severity)
                    .append("</td><td>")
                    .append(escape(finding.message()))
                    .append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private void plan() {
        page.append(
                        "<h2>Plan</h2>\n"
                            + "<p class=\"muted\">Save it as a file; with the mix and <code>lacquer"
                            + " render MIX --plan FILE -o OUT</code> it gives this master"
                            + " again.</p>\n"
                            + "<pre><code>")
                .append(escape(PlanYaml.write(mastered.plan())))
                .append("</code></pre>\n");
    }

    private void provenance() {
        Provenance provenance = mastered.plan().provenance();
        page.append("<h2>Provenance</h2>\n<table>\n");
        row("Plan", provenance.origin());
        row("Decoded samples of the mix, SHA-256", provenance.inputSha256());
        row("Model", provenance.model());
        row("Engine", provenance.engineVersion());
        row("Dither seed", String.valueOf(mastered.plan().delivery().ditherSeed()));
        row("Time taken", Figure.text(mastered.seconds(), 1) + " s");
        page.append("</table>\n");
    }

    private void row(String name, String value) {
        page.append("<tr><td>")
                .append(escape(name))
                .append("</td><td><code>")
                .append(escape(value.isEmpty() ? "unknown" : value))
                .append("</code></td></tr>\n");
    }

    private static String escape(String text) {
        return HtmlPage.escape(text);
    }
}
