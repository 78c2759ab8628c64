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
    private static final String STYLE =
            """
            :root{color-scheme:light dark;--paper:#fff;--text:#1c2733;--muted:#5b6875;\
            --line:#e3e7eb;--soft:#f5f7f9;--accent:#d1491b}
            @media (prefers-color-scheme:dark){:root{--paper:#15191e;--text:#e4e9ee;\
            --muted:#98a5b1;--line:#2a323a;--soft:#1c2228;--accent:#ff8557}}
            body{margin:0;background:var(--paper);color:var(--text);\
            font:16px/1.55 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif}
            main{max-width:60rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
            h1{font-size:1.7rem;line-height:1.25;margin:0 0 .25rem;overflow-wrap:anywhere}
            h2{font-size:1.15rem;margin:2.5rem 0 .75rem}
            p.lead{color:var(--muted);margin:0 0 2rem}
            table{border-collapse:collapse;width:100%}
            th,td{padding:.4rem .75rem .4rem 0;text-align:left;vertical-align:top;\
            border-bottom:1px solid var(--line)}
            th{font-weight:600;color:var(--muted);font-size:.85rem}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            td.after{font-weight:600;color:var(--accent)}
            small,.muted{color:var(--muted)}
            code{font:.86rem/1.5 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
            pre{background:var(--soft);padding:1rem;border-radius:.5rem;overflow-x:auto;margin:0}
            pre code{overflow-wrap:normal}
            .wide{overflow-x:auto}
            svg{width:100%;min-width:36rem;height:auto;display:block}
            .failure{color:#c62828;font-weight:600}.warning{color:#b26a00;font-weight:600}
            """;

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
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
                .append("<title>")
                .append(escape(name))
                .append(" – mastering report</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
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
        return page.append("</main>\n</body>\n</html>\n").toString();
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
                    .append(evidence(decision))
                    .append("</td></tr>\n");
        }
        page.append("</table>\n");
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
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
