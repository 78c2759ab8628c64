// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import static org.lacquer.app.HtmlPage.escape;

import org.lacquer.comparison.Candidate;
import org.lacquer.comparison.Comparison;
import org.lacquer.comparison.Explained;
import org.lacquer.comparison.explain.ExplainedStage;
import org.lacquer.engine.MasteringPlan;
import org.lacquer.engine.PlanTable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Settings side by side, stage by stage: what all have alike is faint, what stands apart is marked.
 * Of finished masters the recovered settings are shown, and how sure they are.
 */
final class SettingsTable {
    private final List<Column> columns = new ArrayList<>();

    private record Column(String name, MasteringPlan plan, Optional<Explained> recovered) {}

    /**
     * @param recovered by the name of the candidate
     */
    SettingsTable(Comparison comparison, Map<String, Explained> recovered) {
        for (Candidate candidate : comparison.candidates()) {
            Optional<Explained> explained = Optional.ofNullable(recovered.get(candidate.name()));
            candidate
                    .plan()
                    .or(() -> explained.map(found -> found.explanation().plan()))
                    .ifPresent(plan -> columns.add(new Column(candidate.name(), plan, explained)));
        }
    }

    /** Nothing when no settings are known. */
    String html() {
        if (columns.isEmpty()) {
            return "";
        }
        StringBuilder page = new StringBuilder("<h2>Settings</h2>\n<p class=\"muted\">");
        page.append("Faint: alike in all. Marked: apart from the others.");
        if (columns.stream().anyMatch(column -> column.recovered().isPresent())) {
            page.append(" Recovered settings were found by comparing the master with the mix; how")
                    .append(" sure each stage is stands beside its name. Others may sound the")
                    .append(" same.");
        }
        page.append("</p>\n<div class=\"wide\">\n<table class=\"settings\">\n<tr><th></th>");
        for (Column column : columns) {
            page.append("<th class=\"n\">").append(escape(column.name()));
            if (column.recovered().isPresent()) {
                page.append(" <small>recovered</small>");
            }
            page.append("</th>");
        }
        page.append("<th></th></tr>\n");
        rows(page);
        page.append("</table>\n</div>\n");
        columns.forEach(column -> reasons(page, column));
        return page.toString();
    }

    private void rows(StringBuilder page) {
        String last = "";
        for (PlanTable.Row row : PlanTable.of(columns.stream().map(Column::plan).toList())) {
            if (!row.place().equals(last)) {
                stage(page, row.place());
                last = row.place();
            }
            page.append(row.differs() ? "<tr>" : "<tr class=\"same\">")
                    .append("<td><code>")
                    .append(escape(row.path()))
                    .append("</code></td>");
            for (String value : row.values()) {
                boolean absent = value.equals(PlanTable.ABSENT);
                page.append(apart(row, value) ? "<td class=\"n odd\">" : "<td class=\"n\">")
                        .append(absent ? "–" : escape(value))
                        .append("</td>");
            }
            page.append("<td class=\"muted\">").append(row.unit()).append("</td></tr>\n");
        }
    }

    private void stage(StringBuilder page, String place) {
        page.append("<tr class=\"stage\"><td>").append(escape(place)).append("</td>");
        for (Column column : columns) {
            page.append("<td class=\"n\">")
                    .append(column.recovered().map(found -> sure(found, place)).orElse(""))
                    .append("</td>");
        }
        page.append("<td></td></tr>\n");
    }

    private static String sure(Explained found, String place) {
        return found.explanation().stages().stream()
                .filter(stage -> stage.stage().equals(place))
                .findFirst()
                .map(stage -> "<small>" + percent(stage) + " sure</small>")
                .orElse("");
    }

    private static String percent(ExplainedStage stage) {
        return String.format(Locale.ROOT, "%.0f %%", 100.0 * stage.confidence());
    }

    /** Whether fewer have this value than another. */
    private static boolean apart(PlanTable.Row row, String value) {
        if (!row.differs() || value.equals(PlanTable.ABSENT)) {
            return false;
        }
        int alike = Collections.frequency(row.values(), value);
        return row.values().stream()
                .anyMatch(other -> Collections.frequency(row.values(), other) > alike);
    }

    private static void reasons(StringBuilder page, Column column) {
        if (column.recovered().isEmpty()) {
            return;
        }
        page.append("<h3>What was done to get ")
                .append(escape(column.name()))
                .append("</h3>\n<dl class=\"reasons\">\n");
        for (ExplainedStage stage : column.recovered().get().explanation().stages()) {
            page.append("<dt>")
                    .append(escape(stage.stage()))
                    .append(" <small>")
                    .append(percent(stage))
                    .append("</small></dt><dd>")
                    .append(escape(stage.because()))
                    .append("</dd>\n");
        }
        var left = column.recovered().get().explanation().left();
        page.append("</dl>\n<p class=\"muted\">Not explained: ")
                .append(Figure.text(left.toneDb(), 1))
                .append(" of ")
                .append(Figure.text(left.toneBeforeDb(), 1))
                .append(" dB of tone, ")
                .append(Figure.text(left.movementDb(), 1))
                .append(" of ")
                .append(Figure.text(left.movementBeforeDb(), 1))
                .append(" dB of the gain's movement.</p>\n");
    }
}
