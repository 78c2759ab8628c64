// SPDX-License-Identifier: Apache-2.0
package org.lacquer.app;

import org.lacquer.analysis.Finding;
import org.lacquer.analysis.Severity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Findings for people and for scripts. */
final class Findings {
    private Findings() {}

    static List<Map<String, Object>> json(List<Finding> findings) {
        return findings.stream().map(Findings::json).toList();
    }

    /** A headline and a line each; nothing when there is nothing to say. */
    static List<String> lines(Terminal terminal, List<Finding> findings) {
        if (findings.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("", terminal.bold("Findings")));
        findings.forEach(finding -> lines.addAll(lines(terminal, finding)));
        return lines;
    }

    /** A file with what it is, and its findings below. */
    static String text(Terminal terminal, Path file, String kind, List<Finding> findings) {
        String head = terminal.bold(file.toString()) + "   " + terminal.faint(kind);
        if (findings.isEmpty()) {
            return head + "\n  nothing to repair";
        }
        List<String> lines = lines(terminal, findings);
        return head + "\n" + String.join("\n", lines.subList(2, lines.size()));
    }

    private static List<String> lines(Terminal terminal, Finding finding) {
        String word = finding.severity().name().toLowerCase(Locale.ROOT);
        String padded = String.format(Locale.ROOT, "%-8s", word);
        List<String> lines = new ArrayList<>(Paragraph.lines("          ", finding.message()));
        String coloured =
                switch (finding.severity()) {
                    case INFO -> terminal.faint(padded);
                    case WARNING -> terminal.yellow(padded);
                    case FAILURE -> terminal.red(padded);
                };
        lines.set(0, "  " + coloured + lines.getFirst().substring(10));
        return lines;
    }

    static boolean failed(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.FAILURE);
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        object.put("code", finding.code());
        object.put("message", finding.message());
        object.put("value", Figure.rounded(finding.value()));
        object.put("unit", finding.unit());
        object.put("atSeconds", Figure.rounded(finding.atSeconds()));
        return object;
    }
}
